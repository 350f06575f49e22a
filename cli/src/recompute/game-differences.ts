import { keyOf, type SqlSession } from '@hlstats/database'
import { byName, columnsOf, type Difference, differenceOf } from './differences.ts'
import type { Evidence } from './evidence.ts'
import { type Counts, talliesOfMaps, talliesOfWeapons } from './tallies.ts'

const COUNTERS = ['kills', 'headshots']

interface StoredRow {
  readonly name: string
  readonly kills: number
  readonly headshots: number
}

/** The weapons and maps of a game: what differs from the events. */
export async function gameDifferences(
  session: SqlSession,
  evidence: Evidence,
  game: string,
): Promise<Difference[]> {
  const weapons = await session.query<StoredRow>(
    'SELECT code AS name, kills, headshots FROM hlstats_Weapons WHERE game = ?',
    [game],
  )
  const maps = await session.query<StoredRow>(
    'SELECT map AS name, kills, headshots FROM hlstats_Maps_Counts WHERE game = ?',
    [game],
  )
  const ofWeapons = byName(await talliesOfWeapons(session, game))
  const ofMaps = byName(await talliesOfMaps(session, game))
  return [
    ...compared(weapons, ofWeapons).flatMap(({ name, stored, counts }) =>
      differenceOf({
        table: 'hlstats_Weapons',
        key: { game, code: name },
        initial: { name },
        label: name,
        stored,
        proven: withTeamkillHeadshots(counts, stored),
        exact: () => evidence.complete,
      }),
    ),
    ...compared(maps, ofMaps).flatMap(({ name, stored, counts }) =>
      differenceOf({
        table: 'hlstats_Maps_Counts',
        key: { game, map: name },
        initial: {},
        label: name,
        stored,
        proven: columnsOf(counts, COUNTERS),
        exact: () => evidence.complete,
      }),
    ),
  ]
}

/** A team kill's row does not say whether it was a headshot, which counts for the weapon: any number of them may be. */
function withTeamkillHeadshots(counts: Counts | undefined, stored: Counts): Counts {
  const { kills = 0, headshots = 0 } = columnsOf(counts, COUNTERS)
  const most = headshots + (counts?.teamkills ?? 0)
  return { kills, headshots: Math.min(Math.max(stored.headshots ?? 0, headshots), most) }
}

interface Compared {
  readonly name: string
  readonly stored: Counts
  readonly counts: Counts | undefined
}

function compared(
  rows: readonly StoredRow[],
  found: ReadonlyMap<string, { name: string; counts: Counts }>,
): Compared[] {
  const stored = new Map(rows.map((row) => [keyOf(row.name), row]))
  return [...new Set([...stored.keys(), ...found.keys()])].map((key) => {
    const row = stored.get(key)
    return {
      name: row?.name ?? found.get(key)?.name ?? '',
      stored: row === undefined ? {} : { kills: Number(row.kills), headshots: Number(row.headshots) },
      counts: found.get(key)?.counts,
    }
  })
}
