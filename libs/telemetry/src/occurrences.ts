import { codeOf } from '@hlstats/errors'
import { type ILogger, type LogFields, LogLevel } from './logger.ts'
import type { Metrics } from './metrics.ts'

/** Something that happens and is both counted and logged; the sentence never changes, the data goes in labels and fields. */
export interface OccurrenceDefinition<L extends string> {
  readonly counter: string
  readonly help: string
  readonly labels?: readonly L[]
  readonly level: LogLevel
  readonly message: string
}

/** Reports one occurrence. The labels are counted and logged, the fields are logged only. */
export type Occurrence<L extends string> = (labels: Readonly<Record<L, string>>, fields?: LogFields) => void

export interface OccurrenceOptions {
  readonly logger: ILogger
  readonly metrics: Metrics
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number
}

const REPEAT_AFTER_MS = 10_000

/**
 * Makes occurrences over one logger and one set of metrics: a call counts and logs. Warnings and errors that repeat with
 * the same labels and error code are logged once in 10 s; the next line says how many were `suppressed`. Each is counted.
 */
export class Occurrences {
  readonly #options: OccurrenceOptions
  readonly #now: () => number

  constructor(options: OccurrenceOptions) {
    this.#options = options
    this.#now = options.now ?? (() => performance.now())
  }

  define<L extends string = never>(definition: OccurrenceDefinition<L>): Occurrence<L> {
    const { logger, metrics } = this.#options
    const { counter: name, help, labels = [], level, message } = definition
    const counter = metrics.counter<L>({ name, help, labels })
    const limited = level === LogLevel.WARN || level === LogLevel.ERROR
    const repeats = new Map<string, { since: number; suppressed: number }>()
    return (values, fields = {}) => {
      counter.inc({ ...values })
      const suppressed = limited ? this.#suppressed(repeats, keyOf(values, fields)) : 0
      if (suppressed === undefined) return
      logger[level](message, { ...values, ...fields, ...(suppressed > 0 ? { suppressed } : {}) })
    }
  }

  /** How many were held back before this one, or undefined when this one is held back too. */
  #suppressed(repeats: Map<string, { since: number; suppressed: number }>, key: string): number | undefined {
    const now = this.#now()
    const last = repeats.get(key)
    if (last !== undefined && now - last.since < REPEAT_AFTER_MS) {
      last.suppressed += 1
      return undefined
    }
    repeats.set(key, { since: now, suppressed: 0 })
    return last?.suppressed ?? 0
  }
}

// Labels and codes are bounded sets, so the map of repeats is bounded too.
function keyOf(labels: Readonly<Record<string, string>>, fields: LogFields): string {
  return [...Object.values(labels), 'err' in fields ? codeOf(fields.err) : ''].join('\n')
}
