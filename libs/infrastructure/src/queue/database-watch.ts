import { codeOf, toError } from '@hlstats/errors'
import type { ILogger } from '@hlstats/telemetry'
import type { DeliverySource } from './delivery-source.ts'

const AWAY: ReadonlySet<string> = new Set(['DB_CONNECTION', 'DB_READ_ONLY', 'DB_SCHEMA'])
const FIRST_WAIT_MS = 100
const MAX_WAIT_MS = 2_000

/** Whether the error says that no transaction can succeed now, whatever is in it. */
export function isDatabaseAway(error: unknown): boolean {
  return AWAY.has(codeOf(error))
}

export interface DatabaseWatchDeps {
  readonly source: DeliverySource
  readonly logger: ILogger
  /** Ends early when the consumer stops. */
  sleep(ms: number): Promise<void>
  isOver(): boolean
}

/** Outlasts a database that is away: waits in place at first, and gives the partitions back when it takes long. */
export class DatabaseWatch {
  readonly #deps: DatabaseWatchDeps
  readonly #awayMs: number
  #since: number | undefined
  #waitMs = FIRST_WAIT_MS
  #reason: string | undefined

  constructor(deps: DatabaseWatchDeps, awayMs: number) {
    this.#deps = deps
    this.#awayMs = awayMs
  }

  /** Why no transaction can succeed now; undefined when the last one did. */
  get reason(): string | undefined {
    return this.#reason
  }

  answered(): void {
    this.#since = undefined
    this.#reason = undefined
    this.#waitMs = FIRST_WAIT_MS
  }

  /** Returns when it is time to try again. The probe is what failed, in a transaction that is taken back. */
  async outlast(error: unknown, probe: () => Promise<unknown>): Promise<void> {
    this.#since ??= performance.now()
    this.#reason = toError(error).message
    if (performance.now() - this.#since < this.#awayMs) {
      await this.#deps.sleep(this.#waitMs)
      this.#waitMs = Math.min(MAX_WAIT_MS, this.#waitMs * 2)
      return
    }
    await this.#withoutPartitions(probe)
    this.#since = undefined
  }

  // Held for longer, the broker's consumer timeout would count each message as a failed delivery.
  async #withoutPartitions(probe: () => Promise<unknown>): Promise<void> {
    const { source, logger, sleep, isOver } = this.#deps
    logger.error('database is away, the partitions are given back until it answers', { reason: this.#reason })
    for (let k = 0; k < source.partitions; k++) await source.release(k)
    while (!isOver()) {
      try {
        await probe()
        break
      } catch (error) {
        if (!isDatabaseAway(error)) break
        this.#reason = toError(error).message
        await sleep(MAX_WAIT_MS)
      }
    }
    if (isOver()) return
    logger.info('database answers, the partitions are consumed again')
    for (let k = 0; k < source.partitions; k++) source.resume(k)
  }
}
