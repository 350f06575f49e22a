import type { Database, SqlSession } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'

/** How far the events of a game can say what its counters have to be. */
export interface Evidence {
  /** The day of the oldest event; undefined where there is none. */
  readonly firstDay: string | undefined
  /** Whether nobody was there before the oldest event: then the events are everything that was counted. */
  readonly complete: boolean
  /** From this day on nothing is missing. */
  readonly since: string
  /** Its beginning, in seconds since 1970. */
  readonly sinceSeconds: number
  /** Whether all shots of the game's servers are in summaries: those of single lines leave no event. */
  readonly shotsAreEvents: boolean
}

const EVENTS = [
  ['Frags', 'killerId'],
  ['Teamkills', 'killerId'],
  ['Suicides', 'playerId'],
  ['Statsme', 'playerId'],
] as const

// The first day was cut somewhere, and the old daemon's clock may have been another zone's.
const SURE_AFTER_DAYS = 2
const DAY_MS = 86_400_000
const NEVER = '9999-12-31'

/** What is known about the events of a game, or said by `since`. */
export async function evidenceOf(
  session: SqlSession,
  game: string,
  since: string | undefined,
): Promise<Evidence> {
  const firstDay = await oldestDay(session, game)
  const complete = firstDay !== undefined && !(await hasOlderPlayers(session, game, firstDay))
  const from =
    since ?? (firstDay === undefined ? NEVER : complete ? firstDay : daysLater(firstDay, SURE_AFTER_DAYS))
  return {
    firstDay,
    complete,
    since: from,
    sinceSeconds: secondsOf(from),
    shotsAreEvents: await shotsAreEvents(session, game),
  }
}

/** Throws unless the game is one of the database. */
export async function requireGame(database: Database, game: string): Promise<void> {
  const rows = await database.query<{ code: string }>('SELECT DISTINCT game AS code FROM hlstats_Players')
  const codes = rows.map(({ code }) => code)
  if (codes.includes(game)) return
  const known = codes.length === 0 ? 'nobody has played yet' : `played were ${codes.sort().join(', ')}`
  throw new StatsError('INPUT_INVALID', `no player of a game "${game}": ${known}`)
}

/**
 * The services write what they count in transactions of their own: only where all of them have come to the same record do
 * their tables belong together. Returns who is behind, if anybody.
 */
export async function serviceBehind(session: SqlSession): Promise<string | undefined> {
  const rows = await session.query<{ service: string; stream: string; partition: number; record: number }>(
    'SELECT service, stream, partition_no AS `partition`, record FROM hlstats_Stream_Positions',
    [],
  )
  const services = [...new Set(rows.map(({ service }) => service))]
  for (const [place, positions] of Map.groupBy(rows, (row) => `${row.stream}, partition ${row.partition}`)) {
    const furthest = Math.max(...positions.map(({ record }) => Number(record)))
    for (const service of services) {
      const record = Number(positions.find((position) => position.service === service)?.record ?? 0)
      if (record < furthest) return `${service} is ${furthest - record} records behind in stream ${place}`
    }
  }
  return undefined
}

async function oldestDay(session: SqlSession, game: string): Promise<string | undefined> {
  const days: string[] = []
  for (const [events, player] of EVENTS) {
    const [row] = await session.query<{ day: string | null }>(
      `SELECT CAST(DATE(MIN(e.eventTime)) AS CHAR) AS day
         FROM hlstats_Events_${events} e JOIN hlstats_Players p ON p.playerId = e.${player} WHERE p.game = ?`,
      [game],
    )
    if (row?.day) days.push(row.day)
  }
  return days.sort()[0]
}

async function hasOlderPlayers(session: SqlSession, game: string, day: string): Promise<boolean> {
  const [older] = await session.query(
    'SELECT 1 FROM hlstats_Players WHERE game = ? AND (createdate IS NULL OR createdate < ?) LIMIT 1',
    [game, secondsOf(day)],
  )
  return older !== undefined
}

async function shotsAreEvents(session: SqlSession, game: string): Promise<boolean> {
  const rows = await session.query<{ source: string }>(
    `SELECT DISTINCT s.source AS source FROM hlstats_Shot_Sources s
       JOIN hlstats_Servers v ON v.serverId = s.server_id WHERE v.game = ?`,
    [game],
  )
  return rows.length > 0 && rows.every(({ source }) => source === 'stats')
}

function daysLater(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

function secondsOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000
}
