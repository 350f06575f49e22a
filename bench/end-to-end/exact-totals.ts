import type { Database } from '@hlstats/database'
import type { SimulatedTotals } from '../../cli/src/simulation/simulated-totals.ts'
import type { ServerTotals } from './kill-traffic.ts'

type Counts = Readonly<Record<string, string | number>>

/** What a database that held no kills before shows otherwise than it must. */
export async function differences(
  database: Database,
  { players, weapons, kills }: SimulatedTotals,
  servers: readonly ServerTotals[],
): Promise<string[]> {
  const found = await Promise.all([
    rows(
      database,
      `SELECT u.uniqueId AS name, p.kills, p.headshots, p.deaths, p.teamkills
         FROM hlstats_PlayerUniqueIds u JOIN hlstats_Players p USING (playerId) ORDER BY name`,
    ),
    rows(
      database,
      'SELECT code AS name, kills, headshots FROM hlstats_Weapons WHERE kills > 0 ORDER BY name',
    ),
    rows(database, 'SELECT serverId AS name, kills, headshots FROM hlstats_Servers ORDER BY serverId'),
    rows(database, "SELECT 'frags' AS name, COUNT(*) AS count FROM hlstats_Events_Frags"),
    rows(database, 'SELECT event_id AS name, code, message FROM hlstats_Parked'),
    rows(database, 'SELECT id AS name, service, stream, from_record FROM hlstats_Stream_Holes'),
  ])
  const wanted = [
    players.map((row) => text(row.uniqueId, [row.kills, row.headshots, row.deaths, row.teamkills])).sort(),
    weapons.map((row) => text(row.weapon, [row.kills, row.headshots])).sort(),
    servers.map((row, index) => text(index + 1, [row.kills, row.headshots])),
    [text('frags', [kills])],
    [],
    [],
  ]
  return found.flatMap((actual, index) => compare(actual, wanted[index] ?? []))
}

async function rows(database: Database, sql: string): Promise<string[]> {
  const found = await database.query<Counts & { name: string }>(sql)
  return found.map(({ name, ...counts }) => text(name, Object.values(counts)))
}

function text(name: string | number, counts: readonly (string | number)[]): string {
  return [name, ...counts.map(String)].join(' ')
}

function compare(actual: readonly string[], wanted: readonly string[]): string[] {
  const surplus = actual.filter((row) => !wanted.includes(row)).map((row) => `found ${row}`)
  const missing = wanted.filter((row) => !actual.includes(row)).map((row) => `missing ${row}`)
  return [...surplus, ...missing]
}
