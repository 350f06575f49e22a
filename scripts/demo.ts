import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Database, openDatabase } from '@hlstats/database'
import { createMetrics, silentLogger } from '@hlstats/telemetry'
import { formatLeaderboard, readLeaderboard } from '../cli/src/leaderboard.ts'
import { runHlstats } from './hlstats-command.ts'
import { report } from './report.ts'

const GAMES: Readonly<Record<string, string>> = {
  cstrike: 'Counter-Strike',
  cs2: 'Counter-Strike 2',
  tf: 'Team Fortress 2',
}
const LINES = 1_500
const LINES_PER_SECOND = 100
const SHOWN_PLAYERS = 5
// The first leaderboard is what one waits for.
const FIRST_LOOK_MS = 250
const LOOK_EVERY_MS = 3_000

export interface DemoOptions {
  readonly databaseUrl: string
  readonly ingressUrl: string
  readonly folder: string
  readonly signal: AbortSignal
  readonly udpPort: string
  /** Whether somebody else shows the leaderboard already. */
  readonly isShown: boolean
}

/** Plays on three servers over UDP, shows the leaderboards as they change, and says whether they match what was sent. */
export async function playDemo(options: DemoOptions): Promise<boolean> {
  const { databaseUrl, ingressUrl, folder, signal, udpPort } = options
  const totals = join(folder, 'demo-totals.json')
  // Other matches each time, so that their players are new and their totals comparable.
  const seed = String(Math.floor(Date.now() / 1_000) % 100_000)
  const matches = ['--game', Object.keys(GAMES).join(), '--seed', seed, '--lines', String(LINES)]
  const pace = [
    '--rate',
    String(LINES_PER_SECOND),
    '--to',
    `127.0.0.1:${udpPort}`,
    '--ingress-url',
    ingressUrl,
  ]
  const command = ['simulate', ...matches, ...pace, '--register', '--totals', totals, '--check']
  report('demo', `hlstats ${command.join(' ')}`)
  const played = runHlstats(command, { DATABASE_URL: databaseUrl }, signal).then(
    (text) => ({ matched: true, text }),
    (error: Error) => ({ matched: false, text: error.message }),
  )
  const finished = new AbortController()
  const watching = options.isShown
    ? Promise.resolve()
    : withDatabase(databaseUrl, (database) =>
        watchLeaderboards(database, AbortSignal.any([signal, finished.signal])),
      )
  const { matched, text } = await played
  finished.abort()
  await watching
  if (!signal.aborted) report('demo', text.replaceAll('\n', '\n                           '))
  return matched
}

async function watchLeaderboards(database: Database, signal: AbortSignal): Promise<void> {
  let shown = ''
  for (;;) {
    const last = signal.aborted
    const text = await leaderboards(database)
    if (text !== shown) console.log(text)
    shown = text
    if (last) return
    await delay(shown === '' ? FIRST_LOOK_MS : LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}

/** Of each game in which somebody has won or lost something. */
async function leaderboards(database: Database): Promise<string> {
  const tables: string[] = []
  for (const [game, title] of Object.entries(GAMES)) {
    const rows = await readLeaderboard(database, { game, limit: SHOWN_PLAYERS })
    if (rows.some(({ kills }) => kills > 0)) tables.push(`\n${title}\n${formatLeaderboard(rows)}\n`)
  }
  return tables.join('')
}

async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url, logger: silentLogger(), metrics: createMetrics() })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
