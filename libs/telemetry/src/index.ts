export type { Counter, Gauge, Histogram } from 'prom-client'
export {
  createLogger,
  type ILogger,
  type LogFields,
  type LoggerOptions,
  LogLevel,
  silentLogger,
} from './logger.ts'
export {
  createMetrics,
  type GaugeOptions,
  type HistogramOptions,
  type MetricOptions,
  Metrics,
} from './metrics.ts'
export {
  type Occurrence,
  type OccurrenceDefinition,
  type OccurrenceOptions,
  Occurrences,
} from './occurrences.ts'
export { optionReport } from './option-report.ts'
