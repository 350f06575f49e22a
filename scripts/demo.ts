import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { addServer, type Database, openDatabase } from '@hlstats/database'
import { createMetrics, silentLogger } from '@hlstats/telemetry'
import { formatLeaderboard, readLeaderboard } from '../cli/src/leaderboard.ts'
import { runHlstats } from './hlstats-command.ts'
import { report } from './report.ts'

const GAME = 'cstrike'
const ADDRESS = { ip: '127.0.0.1', port: 27015 }
const LINES = 600
const LINES_PER_SECOND = 60
const SHOWN_PLAYERS = 10

export interface DemoOptions {
  readonly server: string
  readonly databaseUrl: string
  readonly ingressUrl: string
  readonly folder: string
  readonly signal: AbortSignal
  readonly udpPort: string
}

/** Registers the server that the demo speaks for, unless an earlier demo did; returns its address. */
export async function registerDemoServer(databaseUrl: string): Promise<string> {
  const { ip, port } = ADDRESS
  await withDatabase(databaseUrl, async (database) => {
    const known = await database.query(
      'SELECT serverId FROM hlstats_Servers WHERE address = ? AND port = ?',
      [ip, port],
    )
    if (known.length > 0) return
    await addServer(database, { address: ADDRESS, game: GAME, name: 'Demo server', mod: '', settings: {} })
    report('demo', `registered a server: ${ip}:${port}, ${GAME}`)
  })
  return `${ip}:${port}`
}

/** Plays a match over UDP, shows the leaderboard as it changes, and says whether it matches what was sent. */
export async function playDemo(options: DemoOptions): Promise<boolean> {
  const { server, databaseUrl, ingressUrl, folder, signal, udpPort } = options
  const totals = join(folder, 'demo-totals.json')
  const to = `127.0.0.1:${udpPort}`
  // Another match each time, so that its players are new and their totals comparable.
  const seed = String(Math.floor(Date.now() / 1_000) % 400_000)
  const match = ['--game', GAME, '--seed', seed, '--lines', String(LINES), '--rate', String(LINES_PER_SECOND)]
  const where = ['--server', server, '--to', to, '--ingress-url', ingressUrl, '--totals', totals, '--check']
  report('demo', `hlstats simulate ${[...match, ...where].join(' ')}`)
  const played = runHlstats(['simulate', ...match, ...where], { DATABASE_URL: databaseUrl }, signal).then(
    (text) => ({ matched: true, text }),
    (error: Error) => ({ matched: false, text: error.message }),
  )
  const finished = new AbortController()
  const watching = withDatabase(databaseUrl, (database) =>
    watchLeaderboard(database, AbortSignal.any([signal, finished.signal])),
  )
  const { matched, text } = await played
  finished.abort()
  await watching
  if (!signal.aborted) report('demo', text.replaceAll('\n', '\n                           '))
  return matched
}

async function watchLeaderboard(database: Database, signal: AbortSignal): Promise<void> {
  let shown = ''
  for (;;) {
    const last = signal.aborted
    const rows = await readLeaderboard(database, { game: GAME, limit: SHOWN_PLAYERS })
    const text = formatLeaderboard(rows)
    if (text !== shown && rows.length > 0) console.log(`\n${text}\n`)
    shown = text
    if (last) return
    await delay(2_000, undefined, { signal }).catch(() => undefined)
  }
}

async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url, logger: silentLogger(), metrics: createMetrics() })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
