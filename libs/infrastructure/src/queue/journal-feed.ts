import { encodeMessage } from '@hlstats/events'
import { type ILogger, LogLevel, type Metrics, Occurrences } from '@hlstats/telemetry'
import type { Journal } from './journal.ts'

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
  readonly #busy = new Set<number>()
  readonly #again = new Set<number>()
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
    journal.onAppend((partition) => void this.#pump(partition))
    for (let partition = 0; partition < partitions; partition++) void this.#pump(partition)
  }

  /** Hands nothing new over. What is not confirmed stays in the journal for the next life. */
  stop(): void {
    this.#stopped = true
  }

  async #pump(partition: number): Promise<void> {
    if (this.#busy.has(partition)) {
      this.#again.add(partition)
      return
    }
    this.#busy.add(partition)
    try {
      do {
        this.#again.delete(partition)
        while (await this.#next(partition));
      } while (this.#again.has(partition))
    } catch (err) {
      if (!this.#stopped) this.#failed(partition, err)
    } finally {
      this.#busy.delete(partition)
    }
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
    this.#unreadable({}, { partition, err })
    setTimeout(() => void this.#pump(partition), RETRY_MS).unref()
  }
}
