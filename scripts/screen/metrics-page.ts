/** One value of a metrics page. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g

/** The samples of a page in Prometheus' text format. */
export function parseMetrics(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = LINE.exec(line) ?? []
    if (name === undefined) return []
    const pairs = [...labels.matchAll(LABEL)].map(([, key = '', content = '']) => [key, content])
    return [{ name, labels: Object.fromEntries(pairs), value: Number(value) }]
  })
}

/** The sum over all labels. */
export function total(samples: readonly Sample[], name: string): number {
  return samples.filter((sample) => sample.name === name).reduce((sum, { value }) => sum + value, 0)
}

/** What a histogram grew by between two readings of it. */
export interface Growth {
  readonly count: number
  readonly mean: number
  /** No more than this for 99 of 100: the bound of a bucket. */
  readonly p99: number
}

/** Undefined where nothing came meanwhile. */
export function growthOf(
  name: string,
  before: readonly Sample[],
  now: readonly Sample[],
): Growth | undefined {
  const grown = (what: string) => total(now, `${name}${what}`) - total(before, `${name}${what}`)
  const count = grown('_count')
  if (count <= 0) return undefined
  const buckets = new Map<number, number>()
  for (const [samples, sign] of [
    [before, -1],
    [now, 1],
  ] as const) {
    for (const { labels, value } of samples.filter((sample) => sample.name === `${name}_bucket`)) {
      const bound = labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le)
      buckets.set(bound, (buckets.get(bound) ?? 0) + sign * value)
    }
  }
  const bounds = [...buckets].sort(([a], [b]) => a - b)
  const p99 = bounds.find(([, below]) => below >= 0.99 * count)?.[0] ?? Number.POSITIVE_INFINITY
  return { count, mean: grown('_sum') / count, p99 }
}
