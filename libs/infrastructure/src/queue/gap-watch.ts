import type { DeliverySource } from './delivery-source.ts'
import { GapWait } from './gap-wait.ts'
import { type BatchPart, type PartitionBacklog, partsBefore } from './partition-backlog.ts'
import type { Gap, MissingRecords } from './positions.ts'

const RETRY_MS = 100

export interface GapWatchDeps {
  readonly source: DeliverySource
  /** Milliseconds; after that a partition goes on without what is missing. */
  readonly forMs: number
  /** Told when a partition begins to wait. */
  report(gap: Gap): void
  process(parts: readonly BatchPart[]): Promise<void>
}

/**
 * Keeps the order where the broker doesn't: one that takes messages from a dead or slow replica one by one brings them
 * again behind younger ones (RabbitMQ 4.3 does when they were not acked in time). The younger ones wait for them.
 */
export class GapWatch {
  readonly #deps: GapWatchDeps

  constructor(deps: GapWatchDeps) {
    this.#deps = deps
  }

  /** What came before the gap is committed, and the rest has its turn later. */
  async outlast(
    backlog: PartitionBacklog,
    parts: readonly BatchPart[],
    { gap, next }: MissingRecords,
  ): Promise<void> {
    const now = performance.now()
    const wait = this.#waitOf(backlog, gap, now)
    const part = parts.find(({ records }) => records.some((record) => record === next))
    const before = part === undefined ? [] : partsBefore(parts, { part, record: next.record })
    if (before.length > 0) await this.#deps.process(before)
    const step = wait.next(now, before.length > 0)
    backlog.isolated = true
    backlog.gapWait = wait
    backlog.mayLeaveGap = step === 'go on without'
    if (backlog.mayLeaveGap) return
    backlog.notBefore = Math.max(backlog.notBefore, now + RETRY_MS)
    if (step === 'ask again') await this.#askAgain(backlog, true)
  }

  /** Partitions whose records came are back to as many messages as usual. */
  async narrow(backlogs: readonly PartitionBacklog[]): Promise<void> {
    for (const backlog of backlogs)
      if (backlog.isWide && backlog.gapWait === undefined) await this.#askAgain(backlog, false)
  }

  #waitOf({ gapWait }: PartitionBacklog, gap: Gap, now: number): GapWait {
    if (gapWait !== undefined && !gapWait.isPast(now)) return gapWait
    this.#deps.report(gap)
    return new GapWait(this.#deps.forMs, now)
  }

  /** Everything goes back to the queue in order, and comes again, here or at another replica. */
  async #askAgain(backlog: PartitionBacklog, wide: boolean): Promise<void> {
    const { source } = this.#deps
    backlog.isWide = wide
    await source.release(backlog.partition)
    backlog.dropClosed()
    source.resume(backlog.partition, { wide })
  }
}
