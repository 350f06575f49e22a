import type { Metrics } from '@hlstats/telemetry'
import type { ServerRuntime } from './server-runtimes.ts'

interface Servers {
  all(): Iterable<ServerRuntime>
}

/** How many game servers have sent something, how many of them talk now, and who is on them. Single ones are no labels. */
export function measureServers(metrics: Metrics, servers: Servers): void {
  const talking = () => [...servers.all()].filter(({ tickAt }) => tickAt > 0)
  metrics.gauge({
    name: 'hlstats_ingress_servers',
    help: 'Game servers that have sent something since this process started, by whether they talk or have fallen silent.',
    labels: ['state'],
    collect: (gauge) => {
      const [all, now] = [[...servers.all()].length, talking().length]
      gauge.set({ state: 'talking' }, now)
      gauge.set({ state: 'silent' }, all - now)
    },
  })
  metrics.gauge({
    name: 'hlstats_ingress_players',
    help: 'Players, bots included, on the game servers that talk.',
    collect: (gauge) => gauge.set(talking().reduce((sum, { state }) => sum + state.roster.size, 0)),
  })
}
