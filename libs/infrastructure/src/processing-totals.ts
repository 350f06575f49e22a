/** What handling came to, for one event type, one module or all; times in milliseconds. */
export interface ProcessingSummary {
  readonly count: number
  readonly averageMs: number
  readonly minMs: number
  readonly maxMs: number
  readonly errorCount: number
  /** Errors per attempt, 0 to 1. */
  readonly errorRate: number
}

/** Running totals of one event type in one module: no samples are kept. */
export class ProcessingTotals {
  readonly eventType: string
  readonly module: string
  #count = 0
  #sumMs = 0
  #minMs = Number.POSITIVE_INFINITY
  #maxMs = 0
  #errorCount = 0

  constructor(eventType: string, module: string) {
    this.eventType = eventType
    this.module = module
  }

  handled(milliseconds: number): void {
    this.#count += 1
    this.#sumMs += milliseconds
    this.#minMs = Math.min(this.#minMs, milliseconds)
    this.#maxMs = Math.max(this.#maxMs, milliseconds)
  }

  failed(): void {
    this.#errorCount += 1
  }

  /** One summary over several event types or modules. */
  static summarise(group: readonly ProcessingTotals[]): ProcessingSummary {
    const sum = (of: (totals: ProcessingTotals) => number) => group.reduce((all, one) => all + of(one), 0)
    const count = sum((one) => one.#count)
    const errorCount = sum((one) => one.#errorCount)
    return {
      count,
      averageMs: count === 0 ? 0 : sum((one) => one.#sumMs) / count,
      minMs: count === 0 ? 0 : Math.min(...group.map((one) => one.#minMs)),
      maxMs: Math.max(0, ...group.map((one) => one.#maxMs)),
      errorCount,
      errorRate: errorCount === 0 ? 0 : errorCount / (count + errorCount),
    }
  }

  /** One summary for each value of a key. */
  static summariseBy(
    all: readonly ProcessingTotals[],
    key: 'eventType' | 'module',
  ): Record<string, ProcessingSummary> {
    const groups = Map.groupBy(all, (one) => one[key])
    return Object.fromEntries([...groups].map(([name, group]) => [name, ProcessingTotals.summarise(group)]))
  }
}
