import { encodeMessage } from '@hlstats/events'
import { type ILogger, LogLevel, type Metrics, Occurrences } from '@hlstats/telemetry'
import type { Journal } from './journal.ts'
import { PartitionRounds } from './partition-rounds.ts'

export interface JournalFeedDeps {
  readonly journal: Journal
  readonly partitions: number
  /** Resolves when every service has committed the message. */
  readonly deliver: (partition: number, body: Buffer) => Promise<void>
  readonly logger: ILogger
  readonly metrics: Metrics
}

// About 500 events: one transaction's worth.
const MESSAGE_BYTES = 256 * 1024
const RETRY_MS = 1_000

/** Follows the journal's tail into the consumers of this process: one message per partition, confirmed after its COMMIT. */
export class JournalFeed {
  readonly #deps: JournalFeedDeps
  readonly #rounds = new PartitionRounds(
    (partition) => this.#deliverAll(partition),
    (partition, err) => this.#failed(partition, err),
  )

  readonly #unreadable
  #stopped = false

  constructor(deps: JournalFeedDeps) {
    this.#deps = deps
    this.#unreadable = new Occurrences(deps).define({
      counter: 'hlstats_journal_feed_failures_total',
      help: 'Attempts to hand the next records of the journal over that failed; they are tried again.',
      level: LogLevel.ERROR,
      message: 'journal records cannot be handed over',
    })
  }

  start(): void {
    const { journal, partitions } = this.#deps
    journal.onAppend((partition) => this.#rounds.ask(partition))
    for (let partition = 0; partition < partitions; partition++) this.#rounds.ask(partition)
  }

  /** Hands nothing new over. What is not confirmed stays in the journal for the next life. */
  stop(): void {
    this.#stopped = true
  }

  async #deliverAll(partition: number): Promise<void> {
    while (await this.#next(partition));
  }

  /** False when nothing is left. */
  async #next(partition: number): Promise<boolean> {
    if (this.#stopped) return false
    const { journal, deliver } = this.#deps
    const batch = await journal.peek(partition, MESSAGE_BYTES)
    if (batch === undefined || this.#stopped) return false
    await deliver(partition, Buffer.from(encodeMessage(batch.stream, batch.partition, batch.records)))
    await journal.confirm(batch)
    return true
  }

  #failed(partition: number, err: unknown): void {
    if (this.#stopped) return
    this.#unreadable({}, { partition, err })
    setTimeout(() => this.#rounds.ask(partition), RETRY_MS).unref()
  }
}
