import type { Reading } from './measured-system.ts'

/** What one process took for the load between two readings. */
export interface ProcessFigures {
  /** User and system time for 1,000 events, in milliseconds. */
  readonly cpuMsPerThousand: number
  readonly peakMegabytes: number
  readonly statementsPerEvent: number
  readonly eventsPerBatch: number
}

/** The difference of two readings, per event sent between them. */
export function compareReadings(
  before: Reading,
  after: Reading,
  events: number,
): Record<string, ProcessFigures> {
  return Object.fromEntries(
    [...after.usage].map(([name, { cpuMs, peakMegabytes }]) => {
      const delta = (metric: string) =>
        (after.pages.get(name)?.sum(metric) ?? 0) - (before.pages.get(name)?.sum(metric) ?? 0)
      const batches = delta('hlstats_consumer_batch_events_count')
      const figures = {
        cpuMsPerThousand: ((cpuMs - (before.usage.get(name)?.cpuMs ?? 0)) / events) * 1_000,
        peakMegabytes,
        statementsPerEvent: delta('hlstats_database_statements_total') / events,
        eventsPerBatch: batches === 0 ? 0 : delta('hlstats_consumer_batch_events_sum') / batches,
      }
      return [name, figures]
    }),
  )
}
