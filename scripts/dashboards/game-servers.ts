import type { DashboardSpec } from './panels.ts'

/** What comes in from the game servers. Single servers are not labels here: `hlstats servers` shows them. */
export const gameServers: DashboardSpec = {
  uid: 'hlstats-game-servers',
  title: 'HLStats game servers',
  description: 'What comes in from the game servers. The command `hlstats servers list` shows single ones.',
  variables: [],
  rows: [
    {
      title: 'Now',
      numbers: [
        {
          title: 'Servers talking',
          description: 'Game servers that have sent a line in the last minutes.',
          unit: 'none',
          queries: { servers: 'sum(hlstats_ingress_servers{state="talking"})' },
        },
        {
          title: 'Players',
          description: 'People on these servers, no bots.',
          unit: 'none',
          queries: { players: 'sum(hlstats_ingress_players)' },
        },
        {
          title: 'Lines per second',
          description: 'Log lines read.',
          unit: 'ops',
          queries: { lines: 'sum(rate(hlstats_ingress_lines_total[$__rate_interval]))' },
        },
        {
          title: 'Datagrams lost in the kernel',
          description: 'The receive buffer was full, in the time shown. docs/runbooks/datagrams-lost.md',
          unit: 'short',
          failAt: 1,
          queries: { lost: 'sum(increase(hlstats_ingress_kernel_dropped_datagrams[$__range])) or vector(0)' },
        },
      ],
    },
    {
      title: 'Arrival',
      graphs: [
        {
          title: 'Datagrams received',
          description:
            'By ingress process. One that gets nothing while others do is a question for the load balancer.',
          unit: 'pps',
          queries: { '{{instance}}': 'rate(hlstats_ingress_datagrams_received_total[$__rate_interval])' },
        },
        {
          title: 'Servers and players',
          description: 'A server that falls silent without being stopped has lost its log address.',
          unit: 'none',
          queries: {
            '{{state}} servers': 'sum by (state) (hlstats_ingress_servers)',
            players: 'sum(hlstats_ingress_players)',
          },
        },
        {
          title: 'Refused and dropped',
          description:
            "Unknown servers are to be registered, or somebody else's: hlstats servers unknown lists them.",
          unit: 'short',
          queries: {
            '{{reason}}': 'sum by (reason) (increase(hlstats_ingress_dropped_total[$__rate_interval]))',
          },
        },
        {
          title: 'Event loop lag of ingress, p99',
          description: 'While ingress does not look at its socket, the kernel buffers, and then drops.',
          unit: 's',
          queries: { '{{instance}}': 'nodejs_eventloop_lag_p99_seconds{service="ingress"}' },
        },
      ],
    },
    {
      title: 'Lines and events',
      graphs: [
        {
          title: 'Lines by kind',
          description: 'What the parser made of the lines.',
          unit: 'ops',
          stacked: true,
          queries: { '{{kind}}': 'sum by (kind) (rate(hlstats_ingress_lines_total[$__rate_interval]))' },
        },
        {
          title: 'Lines that are not recognised',
          description:
            'Why the parser does not know them. Many of them: a plugin or a game that it should learn.',
          unit: 'short',
          queries: {
            '{{reason}}': 'sum by (reason) (increase(hlstats_ingress_unrecognised_total[$__rate_interval]))',
          },
        },
        {
          title: 'Events by type',
          description: 'What ingress made of the lines.',
          unit: 'ops',
          stacked: true,
          queries: { '{{type}}': 'sum by (type) (rate(hlstats_ingress_events_total[$__rate_interval]))' },
        },
        {
          title: 'Events that do not score',
          description:
            'Too few players, warmup, bonus round, bots: they are followed, but nobody gets points for them.',
          unit: 'ops',
          queries: {
            '{{counted}}':
              'sum by (counted) (rate(hlstats_ingress_events_total{counted!="true"}[$__rate_interval]))',
          },
        },
      ],
    },
  ],
}
