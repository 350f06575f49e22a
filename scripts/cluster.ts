import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { hideCredentials } from '@hlstats/config'
import { StatsError } from '@hlstats/errors'
import { cacheRoot, ServiceProcess } from '@hlstats/testkit'
import { type ClusterBackends, findBackends } from './cluster-backends.ts'
import { lockCluster } from './cluster-lock.ts'
import { playDemo } from './demo.ts'
import { gameServerSteps } from './game-server-steps.ts'
import { runHlstats } from './hlstats-command.ts'
import { report } from './report.ts'
import { LiveScreen, wantsScreen } from './screen/live-screen.ts'
import { SupervisedService } from './supervised-service.ts'

const HELP = `npm run cluster -- [options]

Runs ingress, player, weapon and match as processes of this machine, with a MariaDB/MySQL and a RabbitMQ from
DATABASE_URL and AMQP_URL, the default local ports, programs installed here (started privately), or Docker.

  --demo      also play simulated matches over UDP and show the leaderboards
  --ui        a live screen instead of lines: what a terminal gets; --no-ui for plain lines there
  --once      end after the demo; the exit code says whether the totals matched
  --install   install missing server programs without asking (Debian, as root)`

const folder = join(cacheRoot, 'cluster')
/** Read by `npm run hlstats`: its commands find the database of the running cluster there. */
const environmentFile = join(folder, 'cluster.env')

const HTTP_PORTS = { ingress: 8080, player: 8081, weapon: 8082, match: 8083, 'shadow-consumer': 8084 }
const READY_WITHIN_MS = 60_000
const OBSERVE_EVERY_MS = 1_000
// Ingress, then consumers, then the private servers: within 10 s together.
const INGRESS_STOP_MS = 2_500
const CONSUMER_STOP_MS = 2_500

class Cluster {
  readonly #services: readonly SupervisedService[]
  readonly #backends: ClusterBackends

  constructor(backends: ClusterBackends) {
    const logFolder = join(folder, 'logs')
    mkdirSync(logFolder, { recursive: true })
    this.#backends = backends
    this.#services = Object.entries(HTTP_PORTS)
      .filter(([name]) => ServiceProcess.exists(name))
      .map(([name, port]) => {
        const prefix = name.toUpperCase().replace('-', '_')
        const httpPort = Number(process.env[`${prefix}_HTTP_PORT`] ?? port)
        return new SupervisedService({
          name,
          httpPort,
          env: serviceEnvironment(name, prefix, backends),
          logFolder,
        })
      })
  }

  /** What is not ready and why. */
  get problem(): string | undefined {
    const problems = this.#services.flatMap(({ problem }) => (problem === undefined ? [] : [problem]))
    return problems.length === 0 ? undefined : problems.join('; ')
  }

  /** The metrics pages of those that count. */
  get countingPages(): string[] {
    const counting = this.#services.filter(({ name }) => ['player', 'weapon', 'match'].includes(name))
    return counting.map(({ url }) => `${url}/metrics`)
  }

  get ingressUrl(): string {
    return this.#services.find(({ name }) => name === 'ingress')?.url ?? ''
  }

  async start(): Promise<boolean> {
    for (const service of this.#services) service.start()
    const ready = await Promise.all(this.#services.map((service) => service.ready(READY_WITHIN_MS)))
    if (ready.every(Boolean)) return true
    report('cluster', 'not everything is ready, see above; going on')
    return false
  }

  /** Says what changes, until the signal. */
  async observe(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await Promise.all(this.#services.map((service) => service.observe()))
      await delay(OBSERVE_EVERY_MS, undefined, { signal }).catch(() => undefined)
    }
  }

  async stop(): Promise<void> {
    const isIngress = (service: SupervisedService) => service.name === 'ingress'
    await Promise.all(this.#services.filter(isIngress).map((service) => service.stop(INGRESS_STOP_MS)))
    const consumers = this.#services.filter((service) => !isIngress(service))
    await Promise.all(consumers.map((service) => service.stop(CONSUMER_STOP_MS)))
    await this.#backends.stop()
    report('cluster', 'stopped')
  }
}

function serviceEnvironment(name: string, prefix: string, backends: ClusterBackends): Record<string, string> {
  const stopWithin = name === 'ingress' ? INGRESS_STOP_MS : CONSUMER_STOP_MS
  return {
    DATABASE_URL: backends.databaseUrl,
    AMQP_URL: backends.amqpUrl,
    [`${prefix}_STOP_WITHIN_MS`]: String(stopWithin - 500),
    ...(name === 'ingress' ? ingressEnvironment() : {}),
  }
}

// A server that is added shall count at once, and the journal belongs to this cluster's broker.
function ingressEnvironment(): Record<string, string> {
  const { INGRESS_RELOAD_MS = '2000', INGRESS_JOURNAL_DIR = join(folder, 'journal') } = process.env
  return { INGRESS_RELOAD_MS, INGRESS_JOURNAL_DIR, INGRESS_LOG_HTTP_PORT: gameServerPorts().logHttp }
}

function gameServerPorts(): { udp: string; logHttp: string } {
  const { INGRESS_UDP_PORT: udp = '27500', INGRESS_LOG_HTTP_PORT: logHttp = '27500' } = process.env
  return { udp, logHttp }
}

async function prepareBackends(backends: ClusterBackends): Promise<void> {
  const { databaseUrl, amqpUrl } = backends
  const environment = { DATABASE_URL: databaseUrl, AMQP_URL: amqpUrl }
  writeFileSync(
    environmentFile,
    Object.entries(environment)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
    {
      mode: 0o600,
    },
  )
  const [tables, topology] = await Promise.all([
    runHlstats(['migrate'], environment),
    runHlstats(['topology', 'declare'], environment),
  ])
  report('database', tables.replaceAll('\n', '; '))
  report('broker', topology)
}

function explain(cluster: Cluster): void {
  console.log(`
Everything runs. Logs: ${join(folder, 'logs')}
${gameServerSteps(gameServerPorts())}
Watch the leaderboard:    npm run hlstats -- top --watch
Probes and metrics:       ${cluster.ingressUrl}/readyz, /metrics (and the other services as above)
Stop:                     Ctrl-C
`)
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      demo: { type: 'boolean', default: false },
      once: { type: 'boolean', default: false },
      ui: { type: 'boolean' },
      install: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
    allowNegative: true,
  })
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const stopping = new AbortController()
  const onSignal = (signal: NodeJS.Signals) => {
    // A second Ctrl-C means now: what hangs on our leash ends with us. Others come twice by themselves, to the group and
    // from the process that started this one.
    if (signal === 'SIGINT' && stopping.signal.aborted) process.exit(130)
    stopping.abort()
  }
  // The terminal is gone: what is written to it then fails, and the stop has to go on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  const unlock = lockCluster(folder)
  try {
    return await run({ ...values, ui: wantsScreen(values.ui), signal: stopping.signal })
  } finally {
    rmSync(environmentFile, { force: true })
    unlock()
  }
}

async function run(options: {
  demo: boolean
  once: boolean
  install: boolean
  ui: boolean
  signal: AbortSignal
}): Promise<number> {
  const { signal, ui } = options
  const backends = await findBackends(folder, { yes: options.install })
  const cluster = new Cluster(backends)
  const done = new AbortController()
  const udpPort = gameServerPorts().udp
  const screen = ui ? new LiveScreen({ mode: 'cluster', udpPort }) : undefined
  try {
    if (signal.aborted) return 0
    screen?.open()
    await prepareBackends(backends)
    if (signal.aborted) return 0
    const ready = await Promise.race([cluster.start(), aborted(signal)])
    const observing = cluster.observe(AbortSignal.any([signal, done.signal]))
    const { databaseUrl } = backends
    const { ingressUrl, countingPages } = cluster
    screen?.watch({ databaseUrl, ingressUrl, countingPages }, () => cluster.problem)
    const playing = { databaseUrl, ingressUrl, folder, signal, udpPort, isShown: ui }
    const matched = !options.demo || (await playDemo(playing))
    if (!options.once && !signal.aborted) {
      if (!ui) explain(cluster)
      await aborted(signal)
    }
    done.abort()
    await observing
    if (signal.aborted) return 0
    return matched && ready !== false ? 0 : 1
  } finally {
    await screen?.close()
    await cluster.stop()
  }
}

function aborted(signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(true)
    signal.addEventListener('abort', () => resolve(true), { once: true })
  })
}

try {
  process.exitCode = await main()
} catch (error) {
  const text =
    error instanceof StatsError ? error.message : error instanceof Error ? error.stack : String(error)
  console.error(hideCredentials(text ?? ''))
  process.exitCode = 1
}
