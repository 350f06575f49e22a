import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { StatsError, toError } from '@hlstats/errors'
import { encodeMessage, routingKey } from '@hlstats/events'
import type { ILogger, Metrics } from '@hlstats/telemetry'
import type { ChannelModel, ConfirmChannel } from 'amqplib'
import { closeChannel } from './amqp-close.ts'
import type { BrokerConnection } from './broker-connection.ts'
import type { Journal } from './journal.ts'
import type { JournalBatch } from './journal-partition.ts'
import { PartitionRounds } from './partition-rounds.ts'
import { publisherTelemetry } from './publisher-telemetry.ts'
import { declareWherePermitted, EVENTS_EXCHANGE, missingQueue, requiredQueues } from './topology.ts'

export interface PublisherOptions {
  readonly partitions: number
  /** The services whose queues must all exist before anything is sent. */
  readonly services: readonly string[]
  readonly checkEveryMs?: number
  /** A connection whose confirms do not come within this time is given up for another one. */
  readonly confirmWithinMs?: number
  /** Declares the topology on each new connection, where the broker permits it. */
  readonly declare?: boolean
}

export interface PublisherDeps {
  readonly journal: Journal
  readonly connection: BrokerConnection
  readonly logger: ILogger
  readonly metrics: Metrics
}

/** Why nothing is sent now; undefined while messages flow. */
export type HoldReason = 'disconnected' | 'blocked' | 'missing_queue' | 'returned' | 'stopped'

/** Set on a message that may have been sent before: its records can come twice, and that is no fault. */
export const RESENT_HEADER = 'x-resent'

/** What a message carries at most, or one record where that is larger. */
export const MESSAGE_BYTES = 64 * 1024
const CHECK_EVERY_MS = 10_000
// An election of a queue's leader takes seconds. Heartbeats don't tell: a node that is cut off from its cluster answers them.
const CONFIRM_WITHIN_MS = 30_000
const CHECK_HELD_EVERY_MS = 1_000
const RETRY_MS = 1_000

/**
 * Follows the journal's tail: at most one unconfirmed message per partition, so that order is strict and messages grow
 * by themselves under load. Held while a required queue is missing, because a message that one service never gets
 * cannot be sent to it alone later.
 */
export class JournalPublisher {
  readonly #deps: PublisherDeps
  readonly #required: readonly string[]
  readonly #telemetry: ReturnType<typeof publisherTelemetry>
  readonly #inFlight = new Map<number, { readonly batch: JournalBatch; sentAt: number }>()
  readonly #confirmed = new Map<number, JournalBatch>()
  readonly #rounds = new PartitionRounds(
    (partition) => this.#sendNext(partition),
    (partition, cause) => this.#telemetry.unreadable(partition, toError(cause)),
  )

  readonly #returned = new Set<string>()
  /** The last record that was sent, confirmed or not, by partition. */
  readonly #sent = new Map<number, number>()
  readonly #options: PublisherOptions
  readonly #timer: NodeJS.Timeout
  #channel: ConfirmChannel | undefined
  #hold: HoldReason | undefined = 'disconnected'
  #holdDetail = 'not connected yet'
  #stopped = false
  #checkedAt = Number.NEGATIVE_INFINITY

  constructor(options: PublisherOptions, deps: PublisherDeps) {
    this.#deps = deps
    this.#options = options
    this.#required = requiredQueues(options)
    this.#telemetry = publisherTelemetry(deps, () => ({
      hold: this.held?.reason,
      oldestAppendedAt: Math.min(...[...this.#inFlight.values()].map(({ batch }) => batch.appendedAt)),
    }))
    deps.connection.onConnect((model) => void this.#connected(model))
    deps.connection.onDisconnect(() => this.#disconnected())
    deps.connection.onUnblocked(() => this.#unblocked())
    deps.journal.onAppend((partition) => this.#rounds.ask(partition))
    const everyMs = Math.min(CHECK_HELD_EVERY_MS, options.checkEveryMs ?? CHECK_EVERY_MS)
    this.#timer = setInterval(() => void this.#checkWhenDue(), everyMs)
  }

  /** Why nothing is sent, and what an operator should look at; undefined while messages flow. */
  get held(): { readonly reason: HoldReason; readonly detail: string } | undefined {
    const blocked = this.#deps.connection.blockedReason
    if (this.#hold !== undefined) return { reason: this.#hold, detail: this.#holdDetail }
    return blocked === undefined ? undefined : { reason: 'blocked', detail: blocked }
  }

  /** Resolves when the broker has confirmed everything that the journal holds, or throws QUEUE_TIMEOUT. */
  async drain(withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs
    while (this.#deps.journal.waitingRecords > 0) {
      if (performance.now() >= deadline) {
        const why = this.held === undefined ? '' : ` (${this.held.reason}: ${this.held.detail})`
        throw new StatsError(
          'QUEUE_TIMEOUT',
          `${this.#deps.journal.waitingRecords} journal records are not confirmed after ${withinMs} ms${why}`,
        )
      }
      await pause(20)
    }
  }

  /** Sends what is left as far as the time allows, then stops. */
  async finish(withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs
    const isWorking = () => this.held === undefined && this.#deps.journal.waitingRecords > 0
    while (isWorking() && performance.now() < deadline) await pause(20)
    await this.stop(Math.max(0, deadline - performance.now()))
  }

  /** Sends nothing new, waits a moment for the confirms under way, closes the channel. The journal keeps the rest. */
  async stop(waitMs = 2_000): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    const deadline = performance.now() + waitMs
    while (this.#inFlight.size > 0 && performance.now() < deadline) await pause(10)
    const channel = this.#channel
    this.#holdFor('stopped', 'the publisher is stopped')
    this.#channel = undefined
    if (channel !== undefined) await closeChannel(channel)
  }

  async #connected(model: ChannelModel): Promise<void> {
    try {
      await this.#declare(model)
      const channel = await model.createConfirmChannel()
      // Without a listener an error of this channel would take the connection with it; `close` follows each error.
      channel.on('error', (err) => this.#deps.logger.error('publisher channel failed', { err }))
      channel.on('close', () => this.#channelClosed(channel, model))
      channel.on('return', (message) => this.#onReturn(String(message.properties.messageId)))
      this.#channel = channel
      this.#inFlight.clear()
      this.#returned.clear()
      await this.#check()
    } catch (err) {
      this.#deps.logger.warn('publisher channel cannot be opened', { err })
    }
  }

  async #declare(model: ChannelModel): Promise<void> {
    if (this.#options.declare === true) await declareWherePermitted(model, this.#options, this.#deps.logger)
  }

  #disconnected(): void {
    this.#channel = undefined
    this.#inFlight.clear()
    if (!this.#stopped) this.#holdFor('disconnected', 'the broker cannot be reached')
  }

  #unblocked(): void {
    for (const sent of this.#inFlight.values()) sent.sentAt = performance.now()
    this.#askAll()
  }

  #channelClosed(channel: ConfirmChannel, model: ChannelModel): void {
    if (this.#channel !== channel) return
    this.#disconnected()
    // A refused publish (no permission, exchange missing) closes the channel only; the pause keeps it from spinning.
    const again = () => {
      if (this.#deps.connection.model === model && !this.#stopped) void this.#connected(model)
    }
    setTimeout(again, RETRY_MS).unref()
  }

  #onReturn(messageId: string): void {
    this.#returned.add(messageId)
    this.#telemetry.returned()
    this.#holdFor('returned', `no queue is bound for partition messages of ${EVENTS_EXCHANGE}`)
  }

  // Sooner while held: an operator who declared the queue should not wait.
  async #checkWhenDue(): Promise<void> {
    this.#giveUpSilent()
    const isWaiting = this.#hold === 'missing_queue' || this.#hold === 'returned'
    const everyMs = isWaiting ? 0 : (this.#options.checkEveryMs ?? CHECK_EVERY_MS)
    if (performance.now() - this.#checkedAt >= everyMs) await this.#check()
  }

  #giveUpSilent(): void {
    const { confirmWithinMs = CONFIRM_WITHIN_MS } = this.#options
    const sentBefore = performance.now() - confirmWithinMs
    const isSilent = [...this.#inFlight.values()].some(({ sentAt }) => sentAt < sentBefore)
    if (isSilent && this.held === undefined) {
      this.#deps.connection.giveUp(`no confirm within ${confirmWithinMs} ms`)
    }
  }

  async #check(): Promise<void> {
    this.#checkedAt = performance.now()
    const { model } = this.#deps.connection
    if (model === undefined || this.#channel === undefined || this.#stopped) return
    try {
      const missing = await missingQueue(model, this.#required)
      // Somebody made the queue just now: bound or not, the broker does not tell.
      if (missing === undefined && this.#hold === 'missing_queue') await this.#declare(model)
      if (this.#channel === undefined) return
      if (missing === undefined) this.#release()
      else this.#holdFor('missing_queue', `queue ${missing} does not exist: run \`hlstats topology declare\``)
    } catch (err) {
      this.#deps.logger.warn('required queues cannot be checked', { err })
    }
  }

  #holdFor(reason: HoldReason, detail: string): void {
    if (this.#hold !== reason) this.#telemetry.held(reason, detail)
    this.#hold = reason
    this.#holdDetail = detail
  }

  #release(): void {
    if (this.#hold !== undefined) this.#telemetry.released(this.#hold)
    this.#hold = undefined
    this.#askAll()
  }

  #askAll(): void {
    for (let partition = 0; partition < this.#options.partitions; partition++) this.#rounds.ask(partition)
  }

  async #sendNext(partition: number): Promise<void> {
    const confirmed = this.#confirmed.get(partition)
    if (confirmed !== undefined) {
      this.#confirmed.delete(partition)
      await this.#deps.journal.confirm(confirmed)
    }
    if (this.held !== undefined || this.#inFlight.has(partition)) return
    const batch = await this.#deps.journal.peek(partition, MESSAGE_BYTES)
    const channel = this.#channel
    if (batch !== undefined && channel !== undefined && this.held === undefined) this.#send(channel, batch)
  }

  #send(channel: ConfirmChannel, batch: JournalBatch): void {
    const body = encodeMessage(batch.stream, batch.partition, batch.records)
    const messageId = randomUUID()
    const options = {
      mandatory: true,
      persistent: true,
      messageId,
      contentType: 'application/json',
      appId: 'hlstats',
      headers: { [RESENT_HEADER]: this.#isResent(batch) },
    }
    this.#inFlight.set(batch.partition, { batch, sentAt: performance.now() })
    const settled = (error: Error | null) => this.#settled(channel, batch, { messageId, error })
    try {
      channel.publish(EVENTS_EXCHANGE, routingKey(batch.partition, batch.categories), body, options, settled)
      this.#telemetry.published(body.length)
    } catch {
      // The channel closed between the check and here; the batch is sent again on the next one.
      this.#inFlight.delete(batch.partition)
    }
  }

  // What an older life left in the journal may have been sent by it.
  #isResent({ partition, stream, firstRecord, lastRecord }: JournalBatch): boolean {
    if (stream !== this.#deps.journal.stream) return true
    const sent = this.#sent.get(partition) ?? 0
    this.#sent.set(partition, Math.max(sent, lastRecord))
    return firstRecord <= sent
  }

  #settled(
    channel: ConfirmChannel,
    batch: JournalBatch,
    outcome: { messageId: string; error: Error | null },
  ): void {
    // An answer of a channel that is gone: the batch is sent again on the present one, or was already.
    if (this.#channel !== channel || this.#inFlight.get(batch.partition)?.batch !== batch) return
    // amqplib also calls back with an error when the channel closes; its `close` listener deals with that.
    if (outcome.error !== null && outcome.error.message !== 'message nacked') return
    this.#inFlight.delete(batch.partition)
    const returned = this.#returned.delete(outcome.messageId)
    if (outcome.error !== null) this.#telemetry.refused(batch.partition, outcome.error)
    if (outcome.error !== null || returned) {
      // Kept in place, so that nothing passes it. A returned message waits for the next check of the queues.
      setTimeout(() => this.#rounds.ask(batch.partition), RETRY_MS).unref()
      return
    }
    this.#telemetry.confirmed(batch)
    this.#confirmed.set(batch.partition, batch)
    this.#rounds.ask(batch.partition)
  }
}
