import type { DashboardSpec } from './panels.ts'

/** Is everything well, and where not? The first page to open. */
export const overview: DashboardSpec = {
  uid: 'hlstats-overview',
  title: 'HLStats overview',
  description:
    "From the game servers' lines to the rows in the database: is everything well, and if not, where?",
  variables: [],
  rows: [
    {
      title: 'Now',
      numbers: [
        {
          title: 'Verdict',
          description:
            'What the shadow consumer says: did the queue deliver what ingress saw, and did the services commit it?',
          unit: 'none',
          queries: { '{{verdict}}': 'max by (verdict) (hlstats_shadow_verdict == 1)' },
        },
        {
          title: 'Processes down',
          description: 'Processes that Prometheus cannot read.',
          unit: 'none',
          failAt: 1,
          queries: { down: 'count(up{job="hlstats"}) - sum(up{job="hlstats"})' },
        },
        {
          title: 'Event age, p99',
          description: 'From the arrival of the line to the COMMIT, the slowest service.',
          unit: 's',
          warnAt: 5,
          failAt: 30,
          queries: {
            p99: 'max(histogram_quantile(0.99, sum by (service, le) (rate(hlstats_event_age_seconds_bucket[$__rate_interval]))))',
          },
        },
        {
          title: 'Events published per second',
          description: 'What ingress made of the lines and the broker confirmed.',
          unit: 'ops',
          queries: { events: 'sum(rate(hlstats_events_published_total[$__rate_interval]))' },
        },
        {
          title: 'Dropped',
          description: 'Given up for ever in the time shown, whatever the reason.',
          unit: 'short',
          failAt: 1,
          queries: {
            dropped:
              'sum(increase(hlstats_ingress_dropped_total{reason=~"journal.*|overload|oversize|rateLimit"}[$__range])) or vector(0)',
          },
        },
        {
          title: 'Parked',
          description:
            'Set aside in the time shown because a service could not count them; they wait in hlstats_Parked.',
          unit: 'short',
          warnAt: 1,
          queries: { parked: 'sum(increase(hlstats_events_parked_total[$__range])) or vector(0)' },
        },
      ],
    },
    {
      title: 'From the line to the row',
      graphs: [
        {
          title: 'Lines by kind',
          description: 'What the parser made of the lines that came.',
          unit: 'ops',
          stacked: true,
          queries: { '{{kind}}': 'sum by (kind) (rate(hlstats_ingress_lines_total[$__rate_interval]))' },
        },
        {
          title: 'Events published and handled',
          description: 'Every service handles every event: in health all lines lie on the one of ingress.',
          unit: 'ops',
          queries: {
            published: 'sum(rate(hlstats_events_published_total[$__rate_interval]))',
            '{{service}}': 'sum by (service) (rate(hlstats_events_handled_total[$__rate_interval]))',
          },
        },
        {
          title: 'Event age',
          description: 'From the arrival of the line to the COMMIT.',
          unit: 's',
          queries: {
            '{{service}} p50':
              'histogram_quantile(0.5, sum by (service, le) (rate(hlstats_event_age_seconds_bucket[$__rate_interval])))',
            '{{service}} p99':
              'histogram_quantile(0.99, sum by (service, le) (rate(hlstats_event_age_seconds_bucket[$__rate_interval])))',
          },
        },
        {
          title: 'Lag by committed positions',
          description:
            'Age of the oldest record that the shadow saw and a service has not committed: rises also when a service does nothing at all.',
          unit: 's',
          queries: { '{{consumer}}': 'max by (consumer) (hlstats_shadow_service_lag_seconds)' },
        },
        {
          title: 'Messages waiting in queues',
          description: 'By service, all partitions together; a message carries many events under load.',
          unit: 'short',
          queries: {
            '{{service}}':
              'sum by (service) (label_replace(rabbitmq_detailed_queue_messages{queue=~"hlstats[.].+"}, "service", "$1", "queue", "hlstats[.]([a-z-]+).*"))',
          },
        },
        {
          title: 'Journal',
          description:
            'Bytes on the disk of ingress, and how many it may use. It empties while the broker takes what it holds.',
          unit: 'bytes',
          queries: {
            '{{instance}}': 'hlstats_journal_bytes',
            '{{instance}} limit': 'hlstats_journal_limit_bytes',
          },
        },
      ],
    },
    {
      title: 'Trouble',
      graphs: [
        {
          title: 'Dropped by reason',
          description:
            'Lines and events that were not taken. Unknown servers are refused on purpose; a full journal means that the broker was away for too long.',
          unit: 'short',
          queries: {
            '{{reason}}': 'sum by (reason) (increase(hlstats_ingress_dropped_total[$__rate_interval]))',
          },
        },
        {
          title: 'Parked by code',
          description: 'Events that a service could not count. docs/runbooks/events-parked.md',
          unit: 'short',
          queries: {
            '{{service}} {{code}}':
              'sum by (service, code) (increase(hlstats_events_parked_total[$__rate_interval]))',
          },
        },
        {
          title: 'Findings of the shadow consumer',
          description:
            'Missing, duplicate, reordered, mismatched and invalid events. GET /report has the details.',
          unit: 'short',
          queries: {
            '{{kind}}': 'sum by (kind) (increase(hlstats_shadow_findings_total[$__rate_interval]))',
          },
        },
        {
          title: 'Messages given back by the broker',
          description: 'No queue was bound for them; the journal sends them again.',
          unit: 'short',
          queries: { '{{instance}}': 'increase(hlstats_queue_messages_returned_total[$__rate_interval])' },
        },
      ],
    },
    {
      title: 'Processes',
      graphs: [
        {
          title: 'CPU',
          description: 'Cores in use by each process.',
          unit: 'none',
          queries: {
            '{{service}} {{instance}}': 'rate(process_cpu_seconds_total{job="hlstats"}[$__rate_interval])',
          },
        },
        {
          title: 'Memory',
          description: 'Resident memory of each process.',
          unit: 'bytes',
          queries: { '{{service}} {{instance}}': 'process_resident_memory_bytes{job="hlstats"}' },
        },
        {
          title: 'Event loop lag, p99',
          description: 'How long a process did not look at its sockets. At ingress a long lag costs packets.',
          unit: 's',
          queries: { '{{service}} {{instance}}': 'nodejs_eventloop_lag_p99_seconds{job="hlstats"}' },
        },
        {
          title: 'Connection to the broker',
          description: '1 while a process has its connections.',
          unit: 'none',
          queries: { '{{service}} {{instance}}': 'min by (service, instance) (hlstats_queue_connected)' },
        },
      ],
    },
  ],
}
