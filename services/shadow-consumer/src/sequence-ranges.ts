/** Consecutive sequences, and since when they are waited for. */
export interface SequenceRange {
  readonly from: number
  readonly to: number
  readonly since: number
}

/** Sequences that did not come, as few ranges: a thousand events lost together are one of them. */
export class SequenceRanges {
  #ranges: SequenceRange[] = []

  get size(): number {
    return this.#ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0)
  }

  add(range: SequenceRange): void {
    this.#ranges.push(range)
  }

  /** Takes one sequence out; false when it is in none of them. */
  take(sequence: number): boolean {
    const index = this.#ranges.findIndex(({ from, to }) => from <= sequence && sequence <= to)
    const range = this.#ranges[index]
    if (range === undefined) return false
    const { from, to, since } = range
    const left = from < sequence ? [{ from, to: sequence - 1, since }] : []
    const right = sequence < to ? [{ from: sequence + 1, to, since }] : []
    this.#ranges.splice(index, 1, ...left, ...right)
    return true
  }

  /** Takes the ranges out that are waited for since before that time. */
  takeOlderThan(time: number): readonly SequenceRange[] {
    const old = this.#ranges.filter(({ since }) => since <= time)
    this.#ranges = this.#ranges.filter(({ since }) => since > time)
    return old
  }

  overlaps(from: number, to: number): boolean {
    return this.#ranges.some((range) => range.from <= to && from <= range.to)
  }

  /** Forgets the oldest ranges when there are more than this many. */
  keep(count: number): void {
    if (this.#ranges.length > count) this.#ranges = this.#ranges.slice(-count)
  }
}
