/** How many lines a second each game server may send: one that floods must not take the room of the others. */
export class LineLimit {
  readonly #perSecond: number
  readonly #most: number
  readonly #left = new Map<number, { lines: number; atMs: number }>()

  /** A burst of two seconds' lines passes. */
  constructor(perSecond: number) {
    this.#perSecond = perSecond
    this.#most = 2 * perSecond
  }

  /** Whether the server may send these lines now; they are counted only then. */
  admits(serverId: number, lines: number, nowMs = performance.now()): boolean {
    const before = this.#left.get(serverId) ?? { lines: this.#most, atMs: nowMs }
    const regained = ((nowMs - before.atMs) * this.#perSecond) / 1_000
    const left = Math.min(this.#most, before.lines + regained)
    const isAdmitted = lines <= left
    this.#left.set(serverId, { lines: isAdmitted ? left - lines : left, atMs: nowMs })
    return isAdmitted
  }
}
