// Two active consumers, or a queue that changes hands, are over in less.
const FIRST_ASK_MS = 1_000
const ASK_EVERY_MS = 5_000

/** What a partition does about records that are missing. */
export type GapStep = 'wait' | 'ask again' | 'go on without'

/** How a partition waits for records that are missing before others that it has. Times as of `performance.now`. */
export class GapWait {
  readonly #forMs: number
  #since: number
  #seenAt: number
  #askAgainAt: number
  #isOver = false

  constructor(forMs: number, now: number) {
    this.#forMs = forMs
    this.#since = now
    this.#seenAt = now
    this.#askAgainAt = now + FIRST_ASK_MS
  }

  /** The partition was elsewhere meanwhile: what is missing now is another matter. */
  isPast(now: number): boolean {
    return now - this.#seenAt > this.#forMs
  }

  /** Whether the time is over: the partition goes on without what is missing. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Some of what was missing came, or was left behind. */
  progressed(now: number): void {
    this.#since = now
    this.#isOver = false
  }

  /** The gap is still there. */
  next(now: number): GapStep {
    this.#seenAt = now
    this.#isOver = now - this.#since >= this.#forMs
    if (this.#isOver) return 'go on without'
    if (now < this.#askAgainAt) return 'wait'
    this.#askAgainAt = now + ASK_EVERY_MS
    return 'ask again'
  }
}
