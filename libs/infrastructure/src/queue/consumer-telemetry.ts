import { STATEMENTS } from '@hlstats/database'
import { codeOf } from '@hlstats/errors'
import { CATEGORY_OF } from '@hlstats/events'
import { type ILogger, LogLevel, type Metrics, Occurrences } from '@hlstats/telemetry'
import type { BatchOutcome } from './batch-unit.ts'
import type { Gap } from './positions.ts'

const AGE_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3600]
const SECONDS_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const EVENTS_BUCKETS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000]

/** What the consumer counts and logs. */
export function consumerTelemetry({ logger, metrics }: { logger: ILogger; metrics: Metrics }) {
  const age = metrics.histogram({
    name: 'hlstats_event_age_seconds',
    help: 'From the line received to its effects committed.',
    buckets: AGE_BUCKETS,
  })
  const seconds = metrics.histogram({
    name: 'hlstats_consumer_batch_seconds',
    help: 'Length of a batch, from its first statement to COMMIT.',
    buckets: SECONDS_BUCKETS,
  })
  const size = metrics.histogram({
    name: 'hlstats_consumer_batch_events',
    help: 'Events per committed batch.',
    buckets: EVENTS_BUCKETS,
  })
  const handled = metrics.counter({
    name: 'hlstats_events_handled_total',
    help: 'Events whose batch was committed, by type and by what became of them.',
    labels: ['event_type', 'outcome'],
  })
  const statements = metrics.counter(STATEMENTS)
  metrics.gauge({
    name: 'hlstats_statements_per_event',
    help: 'SQL statements for each event handled since the start: small where events come in batches.',
    collect: async (gauge) => {
      const events = sumOf(await handled.get())
      gauge.set(events === 0 ? 0 : sumOf(await statements.get()) / events)
    },
  })
  const skipped = metrics.counter({
    name: 'hlstats_records_skipped_total',
    help: 'Records that came again after they had taken effect.',
  })
  const filled = metrics.counter({
    name: 'hlstats_records_filled_total',
    help: 'Records that came late into a gap.',
  })
  const { parked, gap, retried, stopped, ...others } = problems(new Occurrences({ logger, metrics }))
  return {
    ...others,
    committed(outcome: BatchOutcome, startedAt: number): void {
      const now = Date.now()
      const committed = new Map<string, number>()
      for (const { eventType, receivedAt } of outcome.events) {
        age.observe(Math.max(0, now - Date.parse(receivedAt)) / 1000)
        committed.set(eventType, (committed.get(eventType) ?? 0) + 1)
      }
      for (const [event_type, count] of committed) handled.inc({ event_type, outcome: 'committed' }, count)
      seconds.observe((performance.now() - startedAt) / 1000)
      size.observe(outcome.events.length)
      skipped.inc(outcome.admission.skipped)
      filled.inc(outcome.admission.filled)
      for (const { error, eventId, partition, eventType } of outcome.parks) {
        handled.inc({ event_type: knownType(eventType), outcome: 'parked' })
        parked({ code: codeOf(error) }, { event_id: eventId, partition, event_type: eventType, err: error })
      }
      for (const found of outcome.admission.opened) gap({}, { ...found })
    },
    retried: (err: unknown, partitions: readonly number[]) =>
      retried({ code: codeOf(err) }, { err, partitions }),
    stopped: (err: Error, partition: number) => stopped({}, { err, partition }),
  }
}

function sumOf({ values }: { readonly values: readonly { readonly value: number }[] }): number {
  return values.reduce((sum, { value }) => sum + value, 0)
}

function problems(occurrences: Occurrences) {
  const lostRecords = occurrences.define({
    counter: 'hlstats_stream_gaps_lost_total',
    help: 'Gaps whose records did not come in time.',
    level: LogLevel.ERROR,
    message: 'records of a stream are lost',
  })
  const missingRecords = occurrences.define({
    counter: 'hlstats_missing_records_waits_total',
    help: 'Times that a partition waited for records of a stream that another replica may still hold.',
    level: LogLevel.INFO,
    message: 'records of a stream are missing, the partition waits for them',
  })
  return {
    parked: occurrences.define({
      counter: 'hlstats_events_parked_total',
      help: 'Events parked because they can never take effect as they are, by error code.',
      labels: ['code'],
      level: LogLevel.ERROR,
      message: 'event parked',
    }),
    missing: (found: Gap) => missingRecords({}, { ...found }),
    gap: occurrences.define({
      counter: 'hlstats_stream_gaps_total',
      help: 'Gaps left in the record numbers of a stream.',
      level: LogLevel.WARN,
      message: 'records of a stream are missing, the partition goes on without them',
    }),
    lost: (found: Gap) => lostRecords({}, { ...found }),
    retried: occurrences.define({
      counter: 'hlstats_consumer_retries_total',
      help: 'Batches thrown away to be tried again, by error code.',
      labels: ['code'],
      level: LogLevel.WARN,
      message: 'batch failed, it is tried again',
    }),
    stopped: occurrences.define({
      counter: 'hlstats_consumer_stops_total',
      help: 'Partitions stopped because too many events in a row could not be taken.',
      level: LogLevel.ERROR,
      message: 'partition stopped',
    }),
  }
}

// What bytes call themselves must not become a label.
function knownType(eventType: string): string {
  return eventType in CATEGORY_OF ? eventType : 'unknown'
}
