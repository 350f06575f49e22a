import type { ServiceProcess } from '@hlstats/testkit'

/** The numbers of a /metrics page at one moment. */
export class MetricsPage {
  readonly #rows: readonly string[]

  private constructor(text: string) {
    this.#rows = text.split('\n')
  }

  static async of(service: ServiceProcess): Promise<MetricsPage> {
    const response = await fetch(`${service.url}/metrics`)
    return new MetricsPage(await response.text())
  }

  /** The sum over all labels that hold `label`. */
  sum(name: string, label = ''): number {
    return this.#values(name, label).reduce((total, [, value]) => total + value, 0)
  }

  /** Upper bound of each bucket and how many values were at or below it, smallest bound first. */
  buckets(name: string): (readonly [bound: number, count: number])[] {
    return this.#values(`${name}_bucket`, 'le="')
      .map(([labels, count]) => [Number(/le="([^"]+)"/.exec(labels)?.[1]?.replace('+', '')), count] as const)
      .map(([bound, count]) => [Number.isNaN(bound) ? Number.POSITIVE_INFINITY : bound, count] as const)
      .sort(([a], [b]) => a - b)
  }

  #values(name: string, label: string): (readonly [labels: string, value: number])[] {
    return this.#rows
      .filter((row) => (row.startsWith(`${name} `) || row.startsWith(`${name}{`)) && row.includes(label))
      .map((row) => [row.slice(name.length, row.lastIndexOf(' ')), Number(row.slice(row.lastIndexOf(' ')))])
  }
}

/** The quantile of what a histogram took between two pages, linear within a bucket, as PromQL's histogram_quantile. */
export function quantile(
  q: number,
  before: readonly (readonly [number, number])[],
  after: readonly (readonly [number, number])[],
): number {
  const counts = after.map(([bound, count], index) => [bound, count - (before[index]?.[1] ?? 0)] as const)
  const wanted = q * (counts.at(-1)?.[1] ?? 0)
  let low = 0
  let below = 0
  for (const [bound, count] of counts) {
    if (count >= wanted) {
      return bound === Number.POSITIVE_INFINITY || count === below
        ? low
        : low + ((bound - low) * (wanted - below)) / (count - below)
    }
    low = bound
    below = count
  }
  return Number.NaN
}
