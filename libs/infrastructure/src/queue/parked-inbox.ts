import type { Database } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import { type ILogger, LogLevel, type Metrics, Occurrences } from '@hlstats/telemetry'
import type { BrokerConnection } from './broker-connection.ts'
import type { Delivery } from './delivery-source.ts'
import { decodeDelivery, type InboundContent, parkedEventId } from './inbound-message.ts'
import { type Park, ParkedEvents } from './parking.ts'
import { PartitionConsumer } from './partition-consumer.ts'
import { StreamPositions } from './positions.ts'
import { PARKED_QUEUE, parseWorkQueue } from './topology.ts'

export interface ParkedInboxDeps {
  readonly connection: BrokerConnection
  readonly database: Database
  readonly logger: ILogger
  readonly metrics: Metrics
}

const PREFETCH = 10
const RETRY_MS = 2_000
// The header of the first dead-lettering: whose queue gave the message up.
const FIRST_QUEUE = 'x-first-death-queue'

/**
 * Takes what the broker gave up (its consumers died with it too often) into the parked events of the service that it
 * was for. Its records count as seen, so that they are no gap, and only those that had not taken effect are parked.
 */
export class ParkedInbox {
  readonly #deps: ParkedInboxDeps
  readonly #parked: ParkedEvents
  readonly #consumer: PartitionConsumer
  readonly #report
  #work: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(deps: ParkedInboxDeps) {
    this.#deps = deps
    this.#parked = new ParkedEvents(deps.database)
    this.#report = new Occurrences(deps).define({
      counter: 'hlstats_dead_letters_total',
      help: 'Messages that the broker gave up, now parked.',
      level: LogLevel.ERROR,
      message: 'dead letter parked',
    })
    this.#consumer = new PartitionConsumer({
      queue: PARKED_QUEUE,
      partition: 0,
      priority: 0,
      prefetch: PREFETCH,
      logger: deps.logger,
      prepare: () => Promise.resolve(),
      onDelivery: (delivery, headers) => {
        this.#work = this.#work.then(() => this.#take(delivery, String(headers[FIRST_QUEUE] ?? '')))
      },
    })
  }

  start(): void {
    this.#deps.connection.onConnect((model) => this.#consumer.connect(model))
    this.#deps.connection.onDisconnect(() => this.#consumer.disconnect())
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#work
    await this.#consumer.release()
  }

  async #take(delivery: Delivery, queue: string): Promise<void> {
    while (delivery.isOpen() && !this.#isStopped) {
      try {
        await this.#park(delivery, queue)
        delivery.ack()
        return
      } catch (err) {
        this.#deps.logger.warn('dead letter cannot be parked now, it is kept', { err })
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref())
      }
    }
  }

  async #park(delivery: Delivery, queue: string): Promise<void> {
    const { service, partition } = parseWorkQueue(queue) ?? { service: 'unknown', partition: 0 }
    const content = decodeDelivery({ body: delivery.body, partition })
    await this.#deps.database.transaction(async () => {
      await this.#parked.park(service, await this.#parksOf(service, partition, content))
    })
    this.#report({}, { queue, code: 'EVENT_DEAD_LETTER' })
  }

  async #parksOf(service: string, partition: number, content: InboundContent): Promise<Park[]> {
    // The row of a replay is parked still, and can be asked for again.
    if (content.kind === 'replay') return []
    if (content.kind === 'undecodable') {
      return [{ ...content, partition, stream: '', record: 0, eventType: '' }]
    }
    const positions = new StreamPositions(this.#deps.database, service)
    const { admitted } = await positions.admit(content.records, () => true)
    return admitted.flatMap(({ entries, stream, record }) =>
      entries.map((entry, index): Park => {
        const place = { partition, stream, record }
        if (!entry.ok) {
          const eventId = parkedEventId(entry.eventId, { ...place, index })
          return { ...place, eventId, eventType: '', payload: entry.raw, error: entry.error }
        }
        const { eventId, eventType } = entry.event
        const error = new StatsError(
          'EVENT_DEAD_LETTER',
          'the broker gave the message up: consumers died with it',
        )
        return { ...place, eventId, eventType, payload: JSON.stringify(entry.event), error }
      }),
    )
  }
}
