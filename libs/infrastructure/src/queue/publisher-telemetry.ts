import { type ILogger, LogLevel, type Metrics, Occurrences } from '@hlstats/telemetry'
import type { JournalBatch } from './journal-partition.ts'
import type { HoldReason } from './publisher.ts'

interface PublisherState {
  readonly hold: HoldReason | undefined
  /** Infinity when nothing is in flight. */
  readonly oldestAppendedAt: number
}

/** What the publisher counts and logs. */
export function publisherTelemetry(
  { logger, metrics }: { logger: ILogger; metrics: Metrics },
  state: () => PublisherState,
) {
  const published = metrics.counter({
    name: 'hlstats_publisher_messages_total',
    help: 'Messages sent to the broker, resends included.',
  })
  const bytes = metrics.counter({
    name: 'hlstats_publisher_bytes_total',
    help: 'Bytes of message bodies sent to the broker.',
  })
  const records = metrics.counter({
    name: 'hlstats_publisher_confirmed_records_total',
    help: 'Journal records that the broker confirmed.',
  })
  const events = metrics.counter({
    name: 'hlstats_events_published_total',
    help: 'Events that the broker confirmed.',
  })
  measure(metrics, state)
  return {
    published(size: number): void {
      published.inc()
      bytes.inc(size)
    },
    confirmed(batch: JournalBatch): void {
      records.inc(batch.records.length)
      events.inc(batch.events)
    },
    released: (reason: HoldReason) => logger.info('publisher sends again', { reason }),
    ...problems(new Occurrences({ logger, metrics })),
  }
}

function measure(metrics: Metrics, state: () => PublisherState): void {
  metrics.gauge({
    name: 'hlstats_publisher_sending',
    help: '1 while the publisher may send: connected, not blocked, every required queue there.',
    collect: (gauge) => gauge.set(state().hold === undefined ? 1 : 0),
  })
  metrics.gauge({
    name: 'hlstats_publisher_unconfirmed_age_seconds',
    help: 'Age of the oldest record that was sent and is not confirmed.',
    collect: (gauge) => {
      const { oldestAppendedAt } = state()
      gauge.set(Number.isFinite(oldestAppendedAt) ? Math.max(0, Date.now() - oldestAppendedAt) / 1000 : 0)
    },
  })
}

function problems(occurrences: Occurrences) {
  const returned = occurrences.define({
    counter: 'hlstats_queue_messages_returned_total',
    help: 'Messages that the broker returned because no queue wanted them.',
    level: LogLevel.ERROR,
    message: 'message returned as unroutable, the publisher waits for its queues',
  })
  const refused = occurrences.define({
    counter: 'hlstats_publisher_refused_total',
    help: 'Messages that the broker refused to take; they are sent again.',
    level: LogLevel.ERROR,
    message: 'broker refused a message, it is sent again',
  })
  const held = occurrences.define({
    counter: 'hlstats_publisher_holds_total',
    help: 'Times the publisher stopped sending, by reason; the journal keeps everything meanwhile.',
    labels: ['reason'],
    level: LogLevel.WARN,
    message: 'publisher holds the journal',
  })
  const unreadable = occurrences.define({
    counter: 'hlstats_journal_read_errors_total',
    help: 'Failures to read or delete journal segments.',
    level: LogLevel.ERROR,
    message: 'journal cannot be read',
  })
  return {
    returned: () => returned({}),
    refused: (partition: number, err: Error) => refused({}, { partition, err }),
    held: (reason: HoldReason, detail: string) => held({ reason }, { detail }),
    unreadable: (partition: number, err: Error) => unreadable({}, { partition, err }),
  }
}
