import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface MetricOptions<L extends string> {
  /** `hlstats_<noun>_<unit>_total` or `…_seconds`. */
  readonly name: string
  readonly help: string
  /** Bounded sets only: event type, module, outcome, reason, code. */
  readonly labels?: readonly L[]
}

export interface HistogramOptions<L extends string> extends MetricOptions<L> {
  readonly buckets?: readonly number[]
}

export interface GaugeOptions<L extends string> extends MetricOptions<L> {
  /** Sets the value when the metrics are read. */
  readonly collect?: (gauge: Gauge<L>) => void | Promise<void>
}

type Instrument = Counter<string> | Gauge<string> | Histogram<string>
type Kind = 'counter' | 'gauge' | 'histogram'

interface Registered {
  readonly kind: Kind
  readonly help: string
  readonly labels: readonly string[]
  readonly instrument: Instrument
}

/** The metrics of one process. Asking twice for one name gives the same instrument. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #registered = new Map<string, Registered>()

  /** The content type that `text()` is served with. */
  get contentType(): string {
    return this.#registry.contentType
  }

  counter<L extends string = never>(options: MetricOptions<L>): Counter<L> {
    return this.#once('counter', options, (base) => new Counter<L>(base)) as Counter<L>
  }

  gauge<L extends string = never>(options: GaugeOptions<L>): Gauge<L> {
    const { collect } = options
    return this.#once('gauge', options, (base) => {
      if (collect === undefined) return new Gauge<L>(base)
      return new Gauge<L>({
        ...base,
        collect() {
          return collect(this)
        },
      })
    }) as Gauge<L>
  }

  histogram<L extends string = never>(options: HistogramOptions<L>): Histogram<L> {
    const buckets = options.buckets === undefined ? {} : { buckets: [...options.buckets] }
    return this.#once(
      'histogram',
      options,
      (base) => new Histogram<L>({ ...base, ...buckets }),
    ) as Histogram<L>
  }

  /** Node's own metrics: event loop lag, heap, garbage collection, file handles. */
  collectProcessMetrics(): void {
    collectDefaultMetrics({ register: this.#registry })
  }

  /** The Prometheus exposition. */
  text(): Promise<string> {
    return this.#registry.metrics()
  }

  /** What is registered by this project's code, by name: `docs/telemetry.md` is compared with it. */
  list(): Array<{ name: string; kind: Kind; help: string; labels: readonly string[] }> {
    return [...this.#registered]
      .map(([name, { kind, help, labels }]) => ({ name, kind, help, labels }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** The current value of a counter or gauge, the count of a histogram; 0 where these labels were never used. */
  async value(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
    const found = this.#registered.get(name)
    if (found === undefined) throw new Error(`metric ${name} is not registered`)
    const { values } = await found.instrument.get()
    const wanted = found.kind === 'histogram' ? `${name}_count` : name
    return values
      .filter((sample) => !('metricName' in sample) || sample.metricName === wanted)
      .filter((sample) => Object.entries(labels).every(([key, value]) => sample.labels[key] === value))
      .reduce((sum, sample) => sum + sample.value, 0)
  }

  #once<L extends string>(
    kind: Kind,
    { name, help, labels = [] }: MetricOptions<L>,
    create: (base: { name: string; help: string; labelNames: L[]; registers: Registry[] }) => Instrument,
  ): Instrument {
    const found = this.#registered.get(name)
    if (found !== undefined) {
      if (found.kind !== kind || found.labels.join() !== labels.join()) {
        throw new Error(
          `metric ${name} is registered already, as a ${found.kind} with labels [${found.labels}]`,
        )
      }
      return found.instrument
    }
    if (!/^hlstats_[a-z0-9_]+$/.test(name)) throw new Error(`metric ${name} must be named hlstats_…`)
    const instrument = create({ name, help, labelNames: [...labels], registers: [this.#registry] })
    this.#registered.set(name, { kind, help, labels, instrument })
    return instrument
  }
}

/** The metrics of a process, Node's own included. */
export function createMetrics(): Metrics {
  const metrics = new Metrics()
  metrics.collectProcessMetrics()
  return metrics
}
