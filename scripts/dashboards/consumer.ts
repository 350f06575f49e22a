import { type DashboardSpec, labelVariable } from './panels.ts'

const SERVICE = 'service="$service"'

/** One consumer service, whichever: what it does with the events, and how its replicas share the partitions. */
export const consumer: DashboardSpec = {
  uid: 'hlstats-consumer',
  title: 'HLStats consumer',
  description:
    'One consumer service: what it does with the events, how fast, and how its replicas share the partitions.',
  variables: [labelVariable('service', 'Service', 'label_values(hlstats_events_handled_total, service)')],
  rows: [
    {
      title: 'Now',
      numbers: [
        {
          title: 'Replicas',
          description: 'Processes of this service that answer.',
          unit: 'none',
          queries: { replicas: `sum(up{job="hlstats", ${SERVICE}})` },
        },
        {
          title: 'Event age, p99',
          description: 'From the arrival of the line to the COMMIT.',
          unit: 's',
          warnAt: 5,
          failAt: 30,
          queries: {
            p99: `histogram_quantile(0.99, sum by (le) (rate(hlstats_event_age_seconds_bucket{${SERVICE}}[$__rate_interval])))`,
          },
        },
        {
          title: 'Statements per event',
          description: 'SQL statements for one event. Bulk writes keep it far below 1 under load.',
          unit: 'short',
          queries: {
            statements: `sum(rate(hlstats_database_statements_total{${SERVICE}}[$__rate_interval])) / sum(rate(hlstats_events_handled_total{${SERVICE}}[$__rate_interval]))`,
          },
        },
        {
          title: 'Messages waiting',
          description: 'In all queues of this service.',
          unit: 'short',
          warnAt: 1000,
          queries: {
            messages: 'sum(rabbitmq_detailed_queue_messages{queue=~"hlstats[.]$service[.]p[0-9]+"})',
          },
        },
      ],
    },
    {
      title: 'Events',
      graphs: [
        {
          title: 'Handled by type',
          description: 'Events of committed batches.',
          unit: 'ops',
          stacked: true,
          queries: {
            '{{event_type}}': `sum by (event_type) (rate(hlstats_events_handled_total{${SERVICE}}[$__rate_interval]))`,
          },
        },
        {
          title: 'Trouble',
          description:
            'Batches tried again, records that came again after they had taken effect, waits for missing records, gaps left.',
          unit: 'short',
          queries: {
            'retried {{code}}': `sum by (code) (increase(hlstats_consumer_retries_total{${SERVICE}}[$__rate_interval]))`,
            'skipped records': `sum(increase(hlstats_records_skipped_total{${SERVICE}}[$__rate_interval]))`,
            'waits for records': `sum(increase(hlstats_missing_records_waits_total{${SERVICE}}[$__rate_interval]))`,
            gaps: `sum(increase(hlstats_stream_gaps_total{${SERVICE}}[$__rate_interval]))`,
          },
        },
        {
          title: 'Event age',
          description: 'From the arrival of the line to the COMMIT.',
          unit: 's',
          queries: Object.fromEntries(
            [0.5, 0.9, 0.99].map((quantile) => [
              `p${quantile * 100}`,
              `histogram_quantile(${quantile}, sum by (le) (rate(hlstats_event_age_seconds_bucket{${SERVICE}}[$__rate_interval])))`,
            ]),
          ),
        },
        {
          title: 'Parked by code',
          description: 'Events that this service could not count. docs/runbooks/events-parked.md',
          unit: 'short',
          queries: {
            '{{code}}': `sum by (code) (increase(hlstats_events_parked_total{${SERVICE}}[$__rate_interval]))`,
          },
        },
      ],
    },
    {
      title: 'Batches and statements',
      graphs: [
        {
          title: 'Events per batch',
          description: 'One batch is one transaction; it grows by itself under load.',
          unit: 'short',
          queries: {
            mean: `sum(rate(hlstats_consumer_batch_events_sum{${SERVICE}}[$__rate_interval])) / sum(rate(hlstats_consumer_batch_events_count{${SERVICE}}[$__rate_interval]))`,
            p99: `histogram_quantile(0.99, sum by (le) (rate(hlstats_consumer_batch_events_bucket{${SERVICE}}[$__rate_interval])))`,
          },
        },
        {
          title: 'Time of a batch',
          description: 'From its first statement to COMMIT.',
          unit: 's',
          queries: Object.fromEntries(
            [0.5, 0.99].map((quantile) => [
              `p${quantile * 100}`,
              `histogram_quantile(${quantile}, sum by (le) (rate(hlstats_consumer_batch_seconds_bucket{${SERVICE}}[$__rate_interval])))`,
            ]),
          ),
        },
        {
          title: 'Time of handlers',
          description: 'Mean time that modules spend on one event, by its type; the writes come after them.',
          unit: 's',
          queries: {
            '{{event_type}}': `sum by (event_type) (rate(hlstats_event_handling_seconds_sum{${SERVICE}}[$__rate_interval])) / sum by (event_type) (rate(hlstats_event_handling_seconds_count{${SERVICE}}[$__rate_interval]))`,
          },
        },
        {
          title: 'Transactions and statements',
          description: 'Transactions are batches; statements are what they sent to the database.',
          unit: 'ops',
          queries: {
            transactions: `sum(rate(hlstats_consumer_batch_events_count{${SERVICE}}[$__rate_interval]))`,
            statements: `sum(rate(hlstats_database_statements_total{${SERVICE}}[$__rate_interval]))`,
          },
        },
      ],
    },
    {
      title: 'Partitions and replicas',
      graphs: [
        {
          title: 'Active partitions by replica',
          description:
            'The broker gives each partition to one replica: all together must be the number of partitions.',
          unit: 'none',
          stacked: true,
          queries: { '{{instance}}': `sum by (instance) (hlstats_partition_active{${SERVICE}})` },
        },
        {
          title: 'Messages waiting by partition',
          description: 'A queue that grows alone belongs to one very busy or one stuck partition.',
          unit: 'short',
          queries: {
            '{{queue}}':
              'sum by (queue) (rabbitmq_detailed_queue_messages{queue=~"hlstats[.]$service[.]p[0-9]+"})',
          },
        },
        {
          title: 'CPU',
          description: 'Cores in use by each replica.',
          unit: 'none',
          queries: {
            '{{instance}}': `rate(process_cpu_seconds_total{job="hlstats", ${SERVICE}}[$__rate_interval])`,
          },
        },
        {
          title: 'Memory',
          description: 'Resident memory of each replica.',
          unit: 'bytes',
          queries: { '{{instance}}': `process_resident_memory_bytes{job="hlstats", ${SERVICE}}` },
        },
      ],
    },
  ],
}
