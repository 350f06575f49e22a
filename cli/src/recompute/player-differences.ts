import { keyOf, type SqlSession } from '@hlstats/database'
import { byName, columnsOf, type Difference, differenceOf } from './differences.ts'
import type { Evidence } from './evidence.ts'
import {
  type Counts,
  countsOf,
  type PlayerRange,
  sumOf,
  type TallyRow,
  talliesByDay,
  talliesByWeapon,
  talliesOfAssists,
} from './tallies.ts'

const COUNTERS = ['kills', 'deaths', 'headshots', 'suicides', 'teamkills', 'shots', 'hits']
const SHOT_COLUMNS = ['shots', 'hits', 'damage']
const WEAPON_COUNTERS = ['kills', 'headshots', 'teamkills', 'deaths', 'shots', 'hits', 'damage']
const FIRST_POINTS = 1_000

interface PlayerRow {
  readonly playerId: number
  readonly name: string
  readonly createdate: number | null
  /** Bots that are ignored have no points. */
  readonly isBot: number
  readonly counts: Counts
}

interface Players {
  readonly session: SqlSession
  readonly evidence: Evidence
  readonly range: PlayerRange
  readonly rows: ReadonlyMap<number, PlayerRow>
}

/** The players of a range, their days, weapons and assists: what differs from their events. */
export async function playerDifferences(
  session: SqlSession,
  evidence: Evidence,
  range: PlayerRange,
): Promise<Difference[]> {
  const players = { session, evidence, range, rows: await playerRows(session, range) }
  const days = Map.groupBy(await talliesByDay(session, range), ({ playerId }) => playerId)
  return [
    ...totalsOf(players, days),
    ...(await daysOf(players, days)),
    ...(await weaponsOf(players)),
    ...(await assistsOf(players)),
  ]
}

type Days = ReadonlyMap<number, readonly TallyRow[]>

function totalsOf({ evidence, rows }: Players, days: Days): Difference[] {
  return [...rows.values()].flatMap((player) => {
    const sums = (days.get(player.playerId) ?? []).reduce((sum: Counts, { counts }) => sumOf(sum, counts), {})
    const isExact = isKnownFromTheStart(evidence, player)
    const points = isExact && arePointsKnown(player, sums) ? { skill: FIRST_POINTS + (sums.points ?? 0) } : {}
    return differenceOf({
      table: 'hlstats_Players',
      key: { playerId: player.playerId },
      initial: {},
      label: labelOf(player),
      stored: player.counts,
      proven: { ...columnsOf(sums, COUNTERS), ...points },
      exact: exactColumns(evidence, isExact),
    })
  })
}

/** Days before the events are complete stay as they are: the old daemon booked the minutes after midnight otherwise. */
async function daysOf({ session, evidence, range, rows }: Players, days: Days): Promise<Difference[]> {
  const stored = await session.query<Record<string, number> & { playerId: number; day: string }>(
    `SELECT playerId, CAST(DATE(eventTime) AS CHAR) AS day, ${COUNTERS.join(', ')}, skill_change
       FROM hlstats_Players_History WHERE game = ? AND playerId BETWEEN ? AND ? AND eventTime IS NOT NULL`,
    [range.game, range.from, range.to],
  )
  const found = new Map<string, { playerId: number; day: string; stored?: Counts; proven?: Counts }>()
  for (const { playerId, day, ...counts } of stored) {
    found.set(`${playerId} ${day}`, { playerId, day, stored: countsOf(counts) })
  }
  for (const { playerId, what: day, counts } of [...days.values()].flat()) {
    if (day === null) continue
    const known = found.get(`${playerId} ${day}`)
    found.set(`${playerId} ${day}`, { playerId, day, ...known, proven: sumOf(known?.proven, counts) })
  }
  return [...found.values()]
    .filter(({ playerId, day }) => rows.has(playerId) && day >= evidence.since)
    .flatMap(({ playerId, day, stored: before, proven }) => {
      const player = rows.get(playerId)
      // A bot that is ignored has no days.
      if (player === undefined || (player.isBot === 1 && before === undefined)) return []
      const points = arePointsKnown(player, proven ?? {}) ? { skill_change: proven?.points ?? 0 } : {}
      return differenceOf({
        table: 'hlstats_Players_History',
        key: { eventTime: day, playerId, game: range.game },
        initial: {},
        label: `${labelOf(player)} on ${day}`,
        stored: before ?? {},
        proven: { ...columnsOf(proven, COUNTERS), ...points },
        exact: exactColumns(evidence, true),
      })
    })
}

async function weaponsOf({ session, evidence, range, rows }: Players): Promise<Difference[]> {
  const stored = await session.query<Record<string, number> & { playerId: number; weapon: string }>(
    `SELECT w.player_id AS playerId, w.weapon AS weapon, ${WEAPON_COUNTERS.map((name) => `w.${name} AS ${name}`).join(', ')}
       FROM hlstats_Player_Weapons w JOIN hlstats_Players p ON p.playerId = w.player_id
      WHERE p.game = ? AND p.playerId BETWEEN ? AND ?`,
    [range.game, range.from, range.to],
  )
  const proven = Map.groupBy(await talliesByWeapon(session, range), ({ playerId }) => playerId)
  const known = Map.groupBy(stored, ({ playerId }) => playerId)
  return [...rows.values()].flatMap((player) => {
    const weapons = byName(proven.get(player.playerId) ?? [])
    const isExact = exactColumns(evidence, isKnownFromTheStart(evidence, player))
    const before = new Map<string, { name: string; counts: Counts }>()
    for (const { playerId: _id, weapon, ...counts } of known.get(player.playerId) ?? []) {
      before.set(keyOf(weapon), { name: weapon, counts: countsOf(counts) })
    }
    return [...new Set([...before.keys(), ...weapons.keys()])].flatMap((key) => {
      const weapon = before.get(key)?.name ?? weapons.get(key)?.name ?? ''
      return differenceOf({
        table: 'hlstats_Player_Weapons',
        key: { player_id: player.playerId, weapon },
        initial: {},
        label: `${labelOf(player)} with ${weapon}`,
        stored: before.get(key)?.counts ?? {},
        proven: columnsOf(weapons.get(key)?.counts, WEAPON_COUNTERS),
        exact: isExact,
      })
    })
  })
}

async function assistsOf({ session, evidence, range, rows }: Players): Promise<Difference[]> {
  const stored = await session.query<Record<string, number> & { playerId: number }>(
    `SELECT t.player_id AS playerId, t.assists AS assists, t.flash_assists AS flash_assists
       FROM hlstats_Player_Totals t JOIN hlstats_Players p ON p.playerId = t.player_id
      WHERE p.game = ? AND p.playerId BETWEEN ? AND ?`,
    [range.game, range.from, range.to],
  )
  const before = new Map(stored.map(({ playerId, ...counts }) => [playerId, countsOf(counts)]))
  const proven = new Map(
    (await talliesOfAssists(session, range)).map(({ playerId, counts }) => [playerId, counts]),
  )
  return [...rows.values()].flatMap((player) =>
    differenceOf({
      table: 'hlstats_Player_Totals',
      key: { player_id: player.playerId },
      initial: {},
      label: labelOf(player),
      stored: before.get(player.playerId) ?? {},
      proven: columnsOf(proven.get(player.playerId), ['assists', 'flash_assists']),
      exact: () => isKnownFromTheStart(evidence, player),
    }),
  )
}

async function playerRows(
  session: SqlSession,
  { game, from, to }: PlayerRange,
): Promise<Map<number, PlayerRow>> {
  const rows = await session.query<Record<string, number> & { playerId: number; name: string }>(
    `SELECT p.playerId AS playerId, p.lastName AS name, p.createdate AS createdate,
            EXISTS (SELECT 1 FROM hlstats_PlayerUniqueIds u
                     WHERE u.playerId = p.playerId AND u.uniqueId LIKE 'BOT:%') AS isBot,
            ${[...COUNTERS, 'skill'].map((name) => `p.${name} AS ${name}`).join(', ')}
       FROM hlstats_Players p WHERE p.game = ? AND p.playerId BETWEEN ? AND ? ORDER BY p.playerId`,
    [game, from, to],
  )
  return new Map(
    rows.map(({ playerId, name, createdate, isBot, ...counts }) => [
      playerId,
      {
        playerId,
        name,
        createdate: createdate ?? null,
        isBot: Number(isBot),
        counts: countsOf(counts),
      },
    ]),
  )
}

function isKnownFromTheStart(evidence: Evidence, { createdate }: PlayerRow): boolean {
  return evidence.complete || (createdate !== null && createdate >= evidence.sinceSeconds)
}

function arePointsKnown({ isBot }: PlayerRow, counts: Counts): boolean {
  return isBot === 0 && (counts.unknown ?? 0) === 0
}

function exactColumns({ shotsAreEvents }: Evidence, isExact: boolean): (column: string) => boolean {
  return (column) => isExact && (shotsAreEvents || !SHOT_COLUMNS.includes(column))
}

function labelOf({ playerId, name }: PlayerRow): string {
  return `${name} (${playerId})`
}
