import type { Database } from '@hlstats/database'

type Row = Record<string, unknown>

const PLAYER_COLUMNS = new Set(['playerId', 'player_id', 'killerId', 'victimId'])
const CLAN_COLUMNS = new Set(['clan', 'clanId'])
/** Numbers that say in which order rows were made, and nothing else. */
const MADE_UP = new Set(['id', 'rowId', 'weaponId', 'serverConfigId'])

/** What the player service writes. */
export const PLAYER_TABLES = [
  ...['Players', 'PlayerUniqueIds', 'PlayerNames', 'Players_History', 'Player_Totals', 'Player_Sessions'],
  ...['Livestats', 'Clans', 'Roles', 'Actions', 'Shot_Sources'],
  ...['Frags', 'Teamkills', 'Suicides', 'Assists', 'PlayerActions', 'PlayerPlayerActions', 'TeamBonuses'].map(
    (name) => `Events_${name}`,
  ),
  ...['Connects', 'Disconnects', 'Entries', 'ChangeTeam', 'ChangeRole', 'ChangeName', 'Chat'].map(
    (name) => `Events_${name}`,
  ),
].map((name) => `hlstats_${name}`)

/** Of these tables the catalogue stays, only what is counted in it goes. */
export const PLAYER_COUNTERS = {
  hlstats_Actions: ['count'],
  hlstats_Roles: ['picked', 'kills', 'deaths'],
}

/**
 * All rows of these tables as text, in an order that does not depend on how they were made; players by unique id.
 * `without`: columns left out, as `table.column` or, of any table, `column`.
 */
export async function dumpTables(
  database: Database,
  tables: readonly string[],
  without: readonly string[] = [],
): Promise<Record<string, string[]>> {
  const players = await names(
    database,
    'SELECT playerId AS id, uniqueId AS name FROM hlstats_PlayerUniqueIds',
  )
  const clans = await names(database, 'SELECT clanId AS id, tag AS name FROM hlstats_Clans')
  const dump: Record<string, string[]> = {}
  for (const table of tables) {
    const rows = await database.query<Row>(`SELECT * FROM ${table}`)
    const isShown = (column: string) =>
      !without.some((name) => name === column || name === `${table}.${column}`)
    dump[table] = rows.map((row) => textOf(row, isShown, { players, clans })).sort()
  }
  return dump
}

interface Names {
  readonly players: ReadonlyMap<unknown, string>
  readonly clans: ReadonlyMap<unknown, string>
}

function textOf(row: Row, isShown: (column: string) => boolean, { players, clans }: Names): string {
  const values = Object.entries(row).filter(([column]) => !MADE_UP.has(column) && isShown(column))
  return JSON.stringify(
    values.map(([column, value]) => {
      if (PLAYER_COLUMNS.has(column)) return [column, players.get(value) ?? value]
      if (CLAN_COLUMNS.has(column)) return [column, clans.get(value) ?? value]
      return [column, value]
    }),
  )
}

async function names(database: Database, sql: string): Promise<Map<unknown, string>> {
  const rows = await database.query<{ id: number; name: string }>(sql)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Empties these tables, and sets the named counters of catalogues to zero. */
export async function clearTables(
  database: Database,
  tables: readonly string[],
  counters: Readonly<Record<string, readonly string[]>> = {},
): Promise<void> {
  for (const table of tables) {
    const zero = counters[table]?.map((column) => `${column} = 0`).join()
    await database.execute(zero === undefined ? `DELETE FROM ${table}` : `UPDATE ${table} SET ${zero}`)
  }
}
