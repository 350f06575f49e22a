import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { hideCredentials } from '@hlstats/config'
import { StatsError } from '@hlstats/errors'
import { cacheRoot } from '@hlstats/testkit'
import { lockCluster } from './cluster-lock.ts'
import { playDemo } from './demo.ts'
import { gameServerSteps } from './game-server-steps.ts'
import { LiveScreen, wantsScreen } from './screen/live-screen.ts'
import { SupervisedService } from './supervised-service.ts'

const HELP = `npm start -- [options]

Runs everything in one process on a database file: nothing else is needed. With DATABASE_URL or AMQP_URL set, or as
npm run cluster, it runs the cluster instead.

  --demo      also play simulated matches over UDP and show the leaderboards
  --ui        a live screen instead of lines: what a terminal gets; --no-ui for plain lines there
  --once      end after the demo; the exit code says whether the totals matched

STANDALONE_DATA_DIR       where the database and the journal are kept (./data)
STANDALONE_UDP_PORT       where game servers send their logs (27500)
STANDALONE_LOG_HTTP_PORT  where CS2 posts its log (27500, TCP)
STANDALONE_HTTP_PORT      probes and metrics (8080)`

const READY_WITHIN_MS = 60_000
const OBSERVE_EVERY_MS = 1_000
const STOP_MS = 8_000

interface Options {
  readonly demo: boolean
  readonly once: boolean
  readonly ui: boolean
  readonly signal: AbortSignal
}

async function run({ demo, once, ui, signal }: Options): Promise<number> {
  const { STANDALONE_DATA_DIR = './data', STANDALONE_HTTP_PORT = '8080' } = process.env
  const folder = resolve(STANDALONE_DATA_DIR)
  const logFolder = join(cacheRoot, 'standalone')
  for (const path of [folder, logFolder]) mkdirSync(path, { recursive: true })
  const unlock = lockCluster(folder)
  const service = new SupervisedService({
    name: 'standalone',
    httpPort: Number(STANDALONE_HTTP_PORT),
    env: {
      STANDALONE_DATA_DIR: folder,
      STANDALONE_LOG_HTTP_PORT: ports().logHttp,
      STANDALONE_STOP_WITHIN_MS: String(STOP_MS - 500),
    },
    logFolder,
  })
  const done = new AbortController()
  const screen = ui ? new LiveScreen({ mode: 'standalone', udpPort: ports().udp }) : undefined
  try {
    screen?.open()
    service.start()
    const ready = await Promise.race([service.ready(READY_WITHIN_MS), aborted(signal)])
    if (signal.aborted) return 0
    const observing = observe(service, AbortSignal.any([signal, done.signal]))
    const databaseUrl = `sqlite:${join(folder, 'hlstats.db')}`
    const countingPages = ['player', 'weapon', 'match'].map((part) => `${service.url}/metrics/${part}`)
    screen?.watch({ databaseUrl, ingressUrl: service.url, countingPages }, () => service.problem)
    const matched = demo ? await play(databaseUrl, service.url, { folder, signal, isShown: ui }) : true
    if (!once && !signal.aborted) {
      if (!ui) explain(service.url, { folder, logFolder })
      await aborted(signal)
    }
    done.abort()
    await observing
    if (signal.aborted) return 0
    return matched && ready ? 0 : 1
  } finally {
    await screen?.close()
    await service.stop(STOP_MS)
    unlock()
  }
}

async function play(
  databaseUrl: string,
  ingressUrl: string,
  shown: { folder: string; signal: AbortSignal; isShown: boolean },
): Promise<boolean> {
  return playDemo({ ...shown, databaseUrl, ingressUrl, udpPort: ports().udp })
}

function ports(): { udp: string; logHttp: string } {
  const { STANDALONE_UDP_PORT: udp = '27500', STANDALONE_LOG_HTTP_PORT: logHttp = '27500' } = process.env
  return { udp, logHttp }
}

async function observe(service: SupervisedService, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await service.observe()
    await delay(OBSERVE_EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}

function explain(url: string, { folder, logFolder }: { folder: string; logFolder: string }): void {
  console.log(`
Everything runs in one process. Database and journal: ${folder}   Log: ${join(logFolder, 'standalone.log')}
${gameServerSteps(ports())}
Watch the leaderboard:    npm run hlstats -- top --watch
Probes and metrics:       ${url}/readyz, /metrics, /metrics/player, /weapon, /match, /database
Stop:                     Ctrl-C
`)
}

function aborted(signal: AbortSignal): Promise<boolean> {
  return new Promise((done) => {
    if (signal.aborted) done(true)
    signal.addEventListener('abort', () => done(true), { once: true })
  })
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      demo: { type: 'boolean', default: false },
      once: { type: 'boolean', default: false },
      ui: { type: 'boolean' },
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
  return run({ ...values, ui: wantsScreen(values.ui), signal: stopping.signal })
}

try {
  process.exitCode = await main()
} catch (error) {
  const text =
    error instanceof StatsError ? error.message : error instanceof Error ? error.stack : String(error)
  console.error(hideCredentials(text ?? ''))
  process.exitCode = 1
}
