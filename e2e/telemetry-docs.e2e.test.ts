import { type ConfigDefinition, type ConfigOf, type Field, loadConfig } from '@hlstats/config'
import { consumerService, type ServiceOptions, startService } from '@hlstats/service'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import {
  type TestBroker,
  type TestDatabase,
  temporaryFolder,
  testBroker,
  testDatabase,
} from '@hlstats/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ingressConfig } from '../services/ingress/src/config.ts'
import { buildIngress } from '../services/ingress/src/service.ts'
import { UnknownSenders } from '../services/ingress/src/unknown-senders.ts'
import { MATCH_CONFIG } from '../services/match/src/config.ts'
import { matchModules } from '../services/match/src/service.ts'
import { PLAYER_CONFIG } from '../services/player/src/config.ts'
import { ForeignKillsWatch } from '../services/player/src/foreign-kills.watch.ts'
import { playerModules } from '../services/player/src/service.ts'
import { SHADOW_CONSUMER_CONFIG } from '../services/shadow-consumer/src/config.ts'
import { shadowService } from '../services/shadow-consumer/src/service.ts'
import { WEAPON_CONFIG } from '../services/weapon/src/config.ts'
import { weaponModules } from '../services/weapon/src/service.ts'

const HEAD = `# Metrics

Every process shows its metrics at \`/metrics\` of its HTTP port: those of this page, and Node's own (\`process_…\`,
\`nodejs_…\`: CPU, memory, event loop lag, garbage collection, file handles).

Labels have few values: types of events, outcomes, reasons, codes, partitions. Players, game servers and addresses are never
labels. Prometheus adds \`service\` and \`instance\`, by \`deploy/prometheus\` and by the PodMonitor alike. The number that
users feel is \`hlstats_event_age_seconds\`.

This page is made from what the services register when they start: \`npm run generate-docs\` writes it, a test compares it.

`

let broker: TestBroker
let db: TestDatabase

beforeAll(async () => {
  ;[broker, db] = await Promise.all([testBroker(), testDatabase()])
})

afterAll(async () => {
  await Promise.all([broker.drop(), db.drop()])
})

const logger = silentLogger()

function configured<F extends Record<string, Field<unknown>>>(definition: ConfigDefinition<F>): ConfigOf<F> {
  const config = loadConfig(definition, { DATABASE_URL: db.url, AMQP_URL: broker.url })
  return { ...config, httpPort: 0, udpPort: 0, journalDir: temporaryFolder('journal') }
}

/** Every service as its process builds it, on free ports. */
const SERVICES: Readonly<Record<string, (metrics: Metrics) => ServiceOptions>> = {
  ingress: (metrics) => {
    const config = configured(ingressConfig)
    const parts = { config, logger, metrics, strangers: new UnknownSenders() }
    const build: ServiceOptions['build'] = async (context) => void (await buildIngress(parts, context))
    return { name: 'ingress', config, logger, metrics, build }
  },
  player: (metrics) =>
    consumerService(
      {
        name: 'player',
        config: configured(PLAYER_CONFIG),
        modules: playerModules,
        watch: (parts) => new ForeignKillsWatch(parts),
      },
      { logger, metrics },
    ),
  weapon: (metrics) =>
    consumerService(
      { name: 'weapon', config: configured(WEAPON_CONFIG), modules: weaponModules },
      { logger, metrics },
    ),
  match: (metrics) =>
    consumerService(
      { name: 'match', config: configured(MATCH_CONFIG), modules: matchModules },
      { logger, metrics },
    ),
  'shadow-consumer': (metrics) =>
    shadowService({ config: configured(SHADOW_CONSUMER_CONFIG), logger, metrics }),
}

type Registered = ReturnType<Metrics['list']>[number]

async function registeredBy(options: ServiceOptions): Promise<readonly Registered[]> {
  const service = await startService(options)
  await service.stop()
  return options.metrics.list()
}

it('docs/telemetry.md lists exactly the metrics of every service', async () => {
  const found = new Map<string, Registered & { services: string[] }>()
  for (const [name, build] of Object.entries(SERVICES)) {
    for (const metric of await registeredBy(build(new Metrics()))) {
      const known = found.get(metric.name) ?? { ...metric, services: [] }
      expect(metric, `${metric.name} of ${name} differs from that of ${known.services}`).toMatchObject({
        kind: known.kind,
        help: known.help,
        labels: known.labels,
      })
      known.services.push(name)
      found.set(metric.name, known)
    }
  }
  const rows = [...found.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(
      ({ name, kind, labels, services, help }) =>
        `| \`${name}\` | ${kind} | ${labels.join(', ')} | ${servicesText(services)} | ${help} |\n`,
    )
  const page = `${HEAD}| Name | Type | Labels | Processes | Meaning |\n|---|---|---|---|---|\n${rows.join('')}`
  await expect(page).toMatchFileSnapshot('../docs/telemetry.md')
})

function servicesText(services: readonly string[]): string {
  return services.length === Object.keys(SERVICES).length ? 'all' : services.join(', ')
}
