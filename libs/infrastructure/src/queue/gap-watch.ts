import type { BatchOutcome } from './batch-unit.ts'
import type { DeliverySource } from './delivery-source.ts'
import { GapWait } from './gap-wait.ts'
import { type BatchPart, type PartitionBacklog, partsBefore } from './partition-backlog.ts'
import type { Gap, MissingRecords } from './positions.ts'

const RETRY_MS = 100
const WIDE_FOR_MS = 60_000

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
    const part = parts.find(({ records }) => records.some((record) => record === next))
    const before = part === undefined ? [] : partsBefore(parts, { part, record: next.record })
    // What is parked because nobody can read it is what is missing.
    const isParked = before.at(-1)?.message.content.kind === 'undecodable'
    const wait = this.#waitOf(backlog, gap, { now, forMs: isParked ? 0 : this.#deps.forMs })
    if (before.length > 0) await this.#deps.process(before)
    backlog.isolated = true
    if (backlog.stoppedBy !== undefined) return
    backlog.gapWait = wait
    const step = wait.next(now)
    if (step === 'go on without') return
    backlog.notBefore = Math.max(backlog.notBefore, now + RETRY_MS)
    if (step === 'ask again') await this.#askAgain(backlog, true)
  }

  /** Some of a partition took effect. */
  committed(backlog: PartitionBacklog, { admission }: BatchOutcome): void {
    const { gapWait, isEmpty } = backlog
    const now = performance.now()
    if (isEmpty || gapWait?.isPast(now)) backlog.gapWait = undefined
    // What came again changes nothing.
    else if (
      gapWait !== undefined &&
      admission.admitted.some(({ partition }) => partition === backlog.partition)
    )
      gapWait.progressed(now)
  }

  /** Partitions whose records came are back to as many messages as usual, at a moment when they have none, or else later. */
  async narrow(backlogs: readonly PartitionBacklog[]): Promise<void> {
    const now = performance.now()
    for (const backlog of backlogs) {
      const { wideSince, isEmpty } = backlog
      if (isEmpty && backlog.gapWait?.isPast(now)) backlog.gapWait = undefined
      const { gapWait } = backlog
      if (wideSince === undefined || gapWait !== undefined) continue
      if (isEmpty || now - wideSince > WIDE_FOR_MS) await this.#askAgain(backlog, false)
    }
  }

  #waitOf({ gapWait }: PartitionBacklog, gap: Gap, { now, forMs }: { now: number; forMs: number }): GapWait {
    if (gapWait !== undefined && !gapWait.isPast(now)) return gapWait
    if (forMs > 0) this.#deps.report(gap)
    return new GapWait(forMs, now)
  }

  /** Everything goes back to the queue in order, and comes again, here or at another replica. */
  async #askAgain(backlog: PartitionBacklog, wide: boolean): Promise<void> {
    const { source } = this.#deps
    backlog.wideSince = wide ? performance.now() : undefined
    await source.release(backlog.partition)
    backlog.dropClosed()
    source.resume(backlog.partition, { wide })
  }
}
