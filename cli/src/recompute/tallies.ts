import type { SqlSession } from '@hlstats/database'

/** Numbers by column. */
export type Counts = Readonly<Record<string, number>>

/** What a table of events says about the players in one of its columns. */
interface Tally {
  readonly events: string
  readonly player: string
  readonly sums: Readonly<Record<string, string>>
}

/** Players of one game, by their numbers. */
export interface PlayerRange {
  readonly game: string
  readonly from: number
  readonly to: number
}

const BELOW_ZERO = (value: string) => `SUM(CASE WHEN ${value} < 0 THEN 1 ELSE 0 END)`
const UNKNOWN = (value: string) => `SUM(CASE WHEN ${value} IS NULL THEN 1 ELSE 0 END)`

// `unknown` counts events whose points are not recorded: kills of the old daemon, penalties, and what may have been
// stopped at zero.
const BY_DAY: readonly Tally[] = [
  {
    events: 'Frags',
    player: 'killerId',
    sums: {
      kills: 'COUNT(*)',
      headshots: 'SUM(e.headshot)',
      points: 'SUM(e.killerSkillChange)',
      unknown: UNKNOWN('e.killerSkillChange'),
    },
  },
  {
    events: 'Frags',
    player: 'victimId',
    sums: {
      deaths: 'COUNT(*)',
      points: 'SUM(e.victimSkillChange)',
      unknown: UNKNOWN('e.victimSkillChange'),
    },
  },
  { events: 'Teamkills', player: 'killerId', sums: { teamkills: 'COUNT(*)', unknown: 'COUNT(*)' } },
  { events: 'Suicides', player: 'playerId', sums: { suicides: 'COUNT(*)', unknown: 'COUNT(*)' } },
  { events: 'Statsme', player: 'playerId', sums: { shots: 'SUM(e.shots)', hits: 'SUM(e.hits)' } },
  ...['PlayerActions', 'PlayerPlayerActions', 'TeamBonuses'].map((events) => ({
    events,
    player: 'playerId',
    sums: { points: 'SUM(e.bonus)', unknown: BELOW_ZERO('e.bonus') },
  })),
  {
    events: 'PlayerPlayerActions',
    player: 'victimId',
    sums: { points: '-SUM(e.bonus)', unknown: BELOW_ZERO('-e.bonus') },
  },
]

// A team kill counts for the weapon and its owner, never for the victim.
const BY_WEAPON: readonly Tally[] = [
  { events: 'Frags', player: 'killerId', sums: { kills: 'COUNT(*)', headshots: 'SUM(e.headshot)' } },
  { events: 'Frags', player: 'victimId', sums: { deaths: 'COUNT(*)' } },
  { events: 'Teamkills', player: 'killerId', sums: { teamkills: 'COUNT(*)' } },
  {
    events: 'Statsme',
    player: 'playerId',
    sums: { shots: 'SUM(e.shots)', hits: 'SUM(e.hits)', damage: 'SUM(e.damage)' },
  },
]

const ASSISTS: readonly Tally[] = [
  { events: 'Assists', player: 'playerId', sums: { assists: 'COUNT(*)', flash_assists: 'SUM(e.flash)' } },
]

const BY_GAME_WEAPON: readonly Tally[] = [
  { events: 'Frags', player: 'killerId', sums: { kills: 'COUNT(*)', headshots: 'SUM(e.headshot)' } },
  { events: 'Teamkills', player: 'killerId', sums: { kills: 'COUNT(*)', teamkills: 'COUNT(*)' } },
]

const BY_GAME_MAP: readonly Tally[] = [
  { events: 'Frags', player: 'killerId', sums: { kills: 'COUNT(*)', headshots: 'SUM(e.headshot)' } },
]

/** One line of an answer: whose it is, of which day, weapon or map, and the sums. */
export interface TallyRow {
  readonly playerId: number
  readonly what: string | null
  readonly counts: Counts
}

const DAY = 'CAST(DATE(e.eventTime) AS CHAR)'

/** What players did, by day; the day is null where the old daemon wrote none. */
export function talliesByDay(session: SqlSession, range: PlayerRange): Promise<TallyRow[]> {
  return ofPlayers(session, BY_DAY, DAY, range)
}

/** What players did, by weapon. */
export function talliesByWeapon(session: SqlSession, range: PlayerRange): Promise<TallyRow[]> {
  return ofPlayers(session, BY_WEAPON, 'e.weapon', range)
}

/** Whom players helped. */
export function talliesOfAssists(session: SqlSession, range: PlayerRange): Promise<TallyRow[]> {
  return ofPlayers(session, ASSISTS, "''", range)
}

/** What was done with the weapons of a game. */
export function talliesOfWeapons(session: SqlSession, game: string): Promise<TallyRow[]> {
  return ofGame(session, BY_GAME_WEAPON, 'e.weapon', game)
}

/** What was done on the maps of a game. */
export function talliesOfMaps(session: SqlSession, game: string): Promise<TallyRow[]> {
  return ofGame(session, BY_GAME_MAP, 'e.map', game)
}

async function ofPlayers(
  session: SqlSession,
  tallies: readonly Tally[],
  what: string,
  { game, from, to }: PlayerRange,
): Promise<TallyRow[]> {
  const rows: TallyRow[] = []
  for (const { events, player, sums } of tallies) {
    const found = await session.query<RawRow>(
      `SELECT e.${player} AS playerId, ${what} AS what, ${selection(sums)}
         FROM hlstats_Events_${events} e JOIN hlstats_Players p ON p.playerId = e.${player}
        WHERE p.game = ? AND p.playerId BETWEEN ? AND ? GROUP BY e.${player}, ${what}`,
      [game, from, to],
    )
    rows.push(...found.map(tallyRow))
  }
  return rows
}

async function ofGame(
  session: SqlSession,
  tallies: readonly Tally[],
  what: string,
  game: string,
): Promise<TallyRow[]> {
  const rows: TallyRow[] = []
  for (const { events, player, sums } of tallies) {
    const found = await session.query<RawRow>(
      `SELECT 0 AS playerId, ${what} AS what, ${selection(sums)}
         FROM hlstats_Events_${events} e JOIN hlstats_Players p ON p.playerId = e.${player}
        WHERE p.game = ? GROUP BY ${what}`,
      [game],
    )
    rows.push(...found.map(tallyRow))
  }
  return rows
}

type RawRow = Record<string, number | string | null> & {
  readonly playerId: number
  readonly what: string | null
}

function selection(sums: Readonly<Record<string, string>>): string {
  return Object.entries(sums)
    .map(([name, sum]) => `${sum} AS ${name}`)
    .join(', ')
}

function tallyRow({ playerId, what, ...sums }: RawRow): TallyRow {
  return { playerId, what, counts: countsOf(sums) }
}

/** A row's numbers, as numbers. */
export function countsOf(row: Readonly<Record<string, unknown>>): Counts {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value ?? 0)]))
}

/** Both added up, column by column. */
export function sumOf(one: Counts | undefined, other: Counts): Counts {
  if (one === undefined) return other
  const sum = { ...one }
  for (const [name, value] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + value
  return sum
}
