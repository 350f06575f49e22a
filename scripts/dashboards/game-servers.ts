import type { DashboardSpec } from './panels.ts'

/** What comes in from the game servers. Single servers are not labels here: `hlstats servers` shows them. */
export const gameServers: DashboardSpec = {
  uid: 'hlstats-game-servers',
  title: 'HLStats game servers',
  description:
    'What comes in from the game servers. Single servers are shown by the command `hlstats servers`.',
  variables: [],
  rows: [
    {
      title: 'Arrival',
      graphs: [
        {
          title: 'Datagrams received',
          description: 'By ingress process.',
          unit: 'pps',
          queries: { '{{instance}}': 'rate(hlstats_ingress_datagrams_received_total[$__rate_interval])' },
        },
        {
          title: 'Lines by kind',
          description: 'What the parser made of the lines.',
          unit: 'ops',
          stacked: true,
          queries: { '{{kind}}': 'sum by (kind) (rate(hlstats_ingress_lines_total[$__rate_interval]))' },
        },
      ],
    },
  ],
}
