import { codeOf } from '@hlstats/errors'
import {
  type Counter,
  type Histogram,
  type ILogger,
  LogLevel,
  Metrics,
  type Occurrence,
  Occurrences,
  optionReport,
} from '@hlstats/telemetry'
import { type ProcessingSummary, ProcessingTotals } from './processing-totals.ts'

export interface EventMetricsSummary {
  readonly total: ProcessingSummary
  readonly byEventType: Readonly<Record<string, ProcessingSummary>>
  readonly byModule: Readonly<Record<string, ProcessingSummary>>
  readonly errorsByCode: Readonly<Record<string, number>>
}

interface Series {
  readonly totals: ProcessingTotals
  readonly seconds: { observe(value: number): void }
}

// A handler inside a unit of work only collects writes: microseconds. One that reads takes milliseconds.
const BUCKETS = [0.00001, 0.0001, 0.001, 0.01, 0.1, 1, 10]

/** Time and errors of event handling, as Prometheus instruments and as a summary for people; no samples are kept. */
export class EventMetrics {
  readonly #logger: ILogger
  readonly #metrics: Metrics
  readonly #published: Counter<'event_type'>
  readonly #seconds: Histogram<'event_type' | 'module'>
  readonly #failed: Occurrence<'event_type' | 'module' | 'code'>
  readonly #retried: Occurrence<'event_type' | 'code'>
  readonly #series = new Map<string, Map<string, Series>>()
  readonly #errorsByCode = new Map<string, number>()

  constructor(logger: ILogger, metrics: Metrics = new Metrics()) {
    this.#logger = logger
    this.#metrics = metrics
    const occurrences = new Occurrences({ logger, metrics })
    this.#published = metrics.counter({
      name: 'hlstats_bus_published_total',
      help: 'Events published to the local event bus, by event type.',
      labels: ['event_type'],
    })
    this.#seconds = metrics.histogram({
      name: 'hlstats_event_handling_seconds',
      help: 'Time a module took to handle one event.',
      labels: ['event_type', 'module'],
      buckets: BUCKETS,
    })
    this.#failed = occurrences.define({
      counter: 'hlstats_event_handler_errors_total',
      help: 'Events that a module failed to handle, by error code.',
      labels: ['event_type', 'module', 'code'],
      level: LogLevel.WARN,
      message: 'a module failed to handle an event',
    })
    this.#retried = occurrences.define({
      counter: 'hlstats_event_handler_retries_total',
      help: 'Handlers of the local event bus that were tried again, by the error code that made them.',
      labels: ['event_type', 'code'],
      level: LogLevel.WARN,
      message: 'a handler is tried again',
    })
  }

  /** What a module says when it has read the options of its database. */
  optionReport(module: string): (problems: readonly string[]) => void {
    return optionReport(this.#logger, this.#metrics, module)
  }

  recordPublished(eventType: string): void {
    this.#published.inc({ event_type: eventType })
  }

  /** One event handled well, in milliseconds. */
  recordProcessingTime(eventType: string, milliseconds: number, module: string): void {
    const series = this.#seriesOf(eventType, module)
    series.totals.handled(milliseconds)
    series.seconds.observe(milliseconds / 1000)
  }

  /** One event that a module could not handle. */
  recordError(eventType: string, error: unknown, module: string, eventId?: string): void {
    const code = codeOf(error)
    this.#seriesOf(eventType, module).totals.failed()
    this.#errorsByCode.set(code, (this.#errorsByCode.get(code) ?? 0) + 1)
    const fields = eventId === undefined ? { err: error } : { err: error, event_id: eventId }
    this.#failed({ event_type: eventType, module, code }, fields)
  }

  recordRetry(eventType: string, error: unknown, attempt: number): void {
    this.#retried({ event_type: eventType, code: codeOf(error) }, { err: error, attempt })
  }

  /** What was recorded since the start. */
  getMetrics(): EventMetricsSummary {
    const all = [...this.#series.values()].flatMap((modules) =>
      [...modules.values()].map(({ totals }) => totals),
    )
    return {
      total: ProcessingTotals.summarise(all),
      byEventType: ProcessingTotals.summariseBy(all, 'eventType'),
      byModule: ProcessingTotals.summariseBy(all, 'module'),
      errorsByCode: Object.fromEntries(this.#errorsByCode),
    }
  }

  // Two maps and not one with a joined key: this runs once per event and module.
  #seriesOf(eventType: string, module: string): Series {
    let modules = this.#series.get(eventType)
    if (modules === undefined) {
      modules = new Map()
      this.#series.set(eventType, modules)
    }
    let series = modules.get(module)
    if (series === undefined) {
      const seconds = this.#seconds.labels({ event_type: eventType, module })
      series = { totals: new ProcessingTotals(eventType, module), seconds }
      modules.set(module, series)
    }
    return series
  }
}
