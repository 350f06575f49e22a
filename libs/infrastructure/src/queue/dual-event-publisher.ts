import { StatsError, toError } from '@hlstats/errors'
import { type GameEvent, partitionOf } from '@hlstats/events'
import { type ILogger, LogLevel, type Metrics, Occurrences } from '@hlstats/telemetry'
import type { IEventBus } from '../event-bus/event-bus.ts'
import type { Journal } from './journal.ts'
import type { JournalPublisher } from './publisher.ts'

export interface DualPublisherOptions {
  /** Events go to the journal and from there to the broker. */
  readonly enableQueue?: boolean
  /** Events go to the local bus of this process. */
  readonly enableEventBus?: boolean
  /** The journal takes events while the broker is away; without it, publishing throws QUEUE_UNAVAILABLE then. */
  readonly gracefulFallback?: boolean
  readonly queueTimeoutMs?: number
  readonly eventBusTimeoutMs?: number
}

export interface DualPublisherDeps {
  readonly eventBus: IEventBus
  readonly queue:
    | { readonly journal: Journal; readonly publisher: Pick<JournalPublisher, 'held'> }
    | undefined
  readonly partitions: number
  readonly logger: ILogger
  readonly metrics: Metrics
}

/** Thrown when events did not reach the queue: their number, and the reason as the code. */
export class PublishError extends StatsError {
  readonly notQueued: number

  constructor(cause: StatsError, notQueued: number) {
    super(cause.code, cause.message, { cause })
    this.notQueued = notQueued
  }
}

// One record is one step of a consumer's position: not so large that a repeat costs much.
const RECORD_EVENTS = 100
const DEFAULTS = {
  enableQueue: true,
  enableEventBus: true,
  gracefulFallback: true,
  queueTimeoutMs: 5_000,
  eventBusTimeoutMs: 5_000,
} as const

/**
 * Gives each event to the queue path and to the local bus. Both sides are tried whatever becomes of the other; what
 * failed is thrown. It resolves when the events are in the journal: they outlive this process from then on.
 */
export class DualEventPublisher {
  readonly #deps: DualPublisherDeps
  readonly #options: Required<DualPublisherOptions>
  readonly #published
  readonly #failed

  constructor(deps: DualPublisherDeps, options: DualPublisherOptions = {}) {
    this.#deps = deps
    this.#options = { ...DEFAULTS, ...options }
    this.#published = deps.metrics.counter({
      name: 'hlstats_dual_published_total',
      help: 'Events given to a side of the dual publisher.',
      labels: ['side'],
    })
    this.#failed = new Occurrences(deps).define({
      counter: 'hlstats_publish_failures_total',
      help: 'Publishes that failed, by side.',
      labels: ['side'],
      level: LogLevel.ERROR,
      message: 'publish failed',
    })
  }

  publish(event: GameEvent): Promise<void> {
    return this.publishBatch([event])
  }

  /**
   * The events of one server stay in their order; those of a server in `whole` make one record, the first ones of their
   * partition: all of them are in the journal, or none. Throws a PublishError when some did not reach the journal.
   */
  async publishBatch(events: readonly GameEvent[], whole: ReadonlySet<number> = new Set()): Promise<void> {
    const { enableQueue, enableEventBus } = this.#options
    const queueError = enableQueue ? await this.#toQueue(events, whole) : undefined
    const busError = enableEventBus ? await this.#toBus(events) : undefined
    if (queueError !== undefined) throw queueError
    if (busError !== undefined) throw busError
  }

  async #toQueue(
    events: readonly GameEvent[],
    whole: ReadonlySet<number>,
  ): Promise<PublishError | undefined> {
    const { queue } = this.#deps
    if (queue === undefined) throw new Error('the queue module is not initialized')
    const { held } = queue.publisher
    if (!this.#options.gracefulFallback && held !== undefined) {
      const away = new StatsError('QUEUE_UNAVAILABLE', `nothing is published now: ${held.detail}`)
      return this.#notQueued(away, events.length)
    }
    const records = recordsOf(events, this.#deps.partitions, whole)
    const timeout = new StatsError(
      'QUEUE_TIMEOUT',
      'the journal did not answer in time: is the disk stalled?',
    )
    const outcomes = await Promise.allSettled(
      records.map(({ partition, events: part }) =>
        within(queue.journal.append(partition, part), this.#options.queueTimeoutMs, timeout),
      ),
    )
    const failed = outcomes.flatMap((outcome, index) =>
      outcome.status === 'rejected'
        ? [{ error: outcome.reason, events: records[index]?.events.length ?? 0 }]
        : [],
    )
    const notQueued = failed.reduce((sum, { events: count }) => sum + count, 0)
    this.#published.inc({ side: 'queue' }, events.length - notQueued)
    return failed[0] === undefined ? undefined : this.#notQueued(failed[0].error, notQueued)
  }

  #notQueued(thrown: unknown, count: number): PublishError {
    const error = toError(thrown)
    this.#failed({ side: 'queue' }, { err: error, events: count })
    const cause =
      error instanceof StatsError ? error : new StatsError('JOURNAL_WRITE', error.message, { cause: error })
    return new PublishError(cause, count)
  }

  async #toBus(events: readonly GameEvent[]): Promise<Error | undefined> {
    const errors: Error[] = []
    const timeout = new StatsError('BUS_TIMEOUT', 'the local bus did not finish in time')
    for (const event of events) {
      try {
        await within(this.#deps.eventBus.publish(event), this.#options.eventBusTimeoutMs, timeout)
      } catch (error) {
        errors.push(toError(error))
      }
    }
    this.#published.inc({ side: 'bus' }, events.length - errors.length)
    if (errors[0] === undefined) return undefined
    this.#failed({ side: 'bus' }, { err: errors[0], events: errors.length })
    return errors.length === 1
      ? errors[0]
      : new StatsError('BUS_HANDLER', errors[0].message, {
          cause: new AggregateError(errors, `${errors.length} events failed on the local bus`),
        })
  }
}

function recordsOf(events: readonly GameEvent[], partitions: number, whole: ReadonlySet<number>) {
  const byServer = Map.groupBy(events, ({ serverId }) => (whole.has(serverId) ? serverId : undefined))
  const first = [...whole].flatMap((serverId) => {
    const own = byServer.get(serverId)
    return own === undefined ? [] : [{ partition: partitionOf(serverId, partitions), events: own }]
  })
  const byPartition = Map.groupBy(byServer.get(undefined) ?? [], ({ serverId }) =>
    partitionOf(serverId, partitions),
  )
  const others = [...byPartition].flatMap(([partition, own]) =>
    Array.from({ length: Math.ceil(own.length / RECORD_EVENTS) }, (_, index) => ({
      partition,
      events: own.slice(index * RECORD_EVENTS, (index + 1) * RECORD_EVENTS),
    })),
  )
  return [...first, ...others]
}

async function within<T>(work: Promise<T>, ms: number, error: StatsError): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(error), ms)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}
