import type { Database, SqlValue } from '@hlstats/database'

/** What can be exported. */
export const EXPORTED = ['players', 'weapons', 'maps', 'frags'] as const
export type Exported = (typeof EXPORTED)[number]

export type ExportedRow = Readonly<Record<string, SqlValue>>

interface ExportedTable {
  readonly table: string
  /** A number that grows with every row: pages follow it. */
  readonly key: string
  /** The game of a row, for --game. */
  readonly game: string
  /** Name in the export → where it comes from; `t` is the table. */
  readonly columns: Readonly<Record<string, string>>
  readonly joins?: string
}

const same = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, `t.${name}`]))

// No addresses, mail addresses and other things that are nobody's business.
const TABLES: Readonly<Record<Exported, ExportedTable>> = {
  players: {
    table: 'hlstats_Players',
    key: 'playerId',
    game: 't.game',
    columns: {
      ...same('playerId', 'game'),
      uniqueId: '(SELECT MIN(u.uniqueId) FROM hlstats_PlayerUniqueIds u WHERE u.playerId = t.playerId)',
      name: 't.lastName',
      clan: 'c.name',
      ...same('country', 'skill', 'kills', 'deaths', 'headshots', 'suicides', 'teamkills', 'shots', 'hits'),
      connectionSeconds: 't.connection_time',
      lastEvent: 't.last_event',
      hideRanking: 't.hideranking',
    },
    joins: 'LEFT JOIN hlstats_Clans c ON c.clanId = t.clan',
  },
  weapons: {
    table: 'hlstats_Weapons',
    key: 'weaponId',
    game: 't.game',
    columns: same('weaponId', 'game', 'code', 'name', 'modifier', 'kills', 'headshots'),
  },
  maps: {
    table: 'hlstats_Maps_Counts',
    key: 'rowId',
    game: 't.game',
    columns: same('game', 'map', 'kills', 'headshots'),
  },
  frags: {
    table: 'hlstats_Events_Frags',
    key: 'id',
    game: 's.game',
    columns: {
      ...same('id', 'eventTime'),
      game: 's.game',
      ...same('serverId', 'map', 'killerId'),
      killer: 'k.lastName',
      killerRole: 't.killerRole',
      victimId: 't.victimId',
      victim: 'v.lastName',
      ...same('victimRole', 'weapon', 'headshot', 'killerSkillChange', 'victimSkillChange'),
      ...same('pos_x', 'pos_y', 'pos_z', 'pos_victim_x', 'pos_victim_y', 'pos_victim_z'),
      ...same('penetrated', 'throughSmoke', 'noScope', 'attackerBlind'),
    },
    joins: `LEFT JOIN hlstats_Servers s ON s.serverId = t.serverId
            LEFT JOIN hlstats_Players k ON k.playerId = t.killerId
            LEFT JOIN hlstats_Players v ON v.playerId = t.victimId`,
  },
}

const PAGE_ROWS = 1_000

export function exportedColumns(exported: Exported): string[] {
  return Object.keys(TABLES[exported].columns)
}

/** Pages of rows by key, up to the newest one at the beginning: never more than one page is in memory. */
export async function* exportedPages(
  database: Database,
  exported: Exported,
  game: string | undefined,
): AsyncGenerator<readonly ExportedRow[]> {
  const { table, key, game: gameColumn, columns, joins = '' } = TABLES[exported]
  const selection = Object.entries(columns).map(([name, source]) => `${source} AS ${name}`)
  const ofGame = game === undefined ? '' : ` AND ${gameColumn} = ?`
  const lastKey = async (sql: string, params: readonly SqlValue[]) =>
    (await database.query<{ last: number | null }>(sql, params))[0]?.last ?? 0
  const newest = await lastKey(`SELECT MAX(${key}) AS last FROM ${table}`, [])
  // The bounds come first: whatever is asked for, the database reads one stretch of the primary key.
  const bound = `SELECT MAX(${key}) AS last FROM (SELECT ${key} FROM ${table} WHERE ${key} > ? AND ${key} <= ? ORDER BY ${key} LIMIT ?) page`
  for (let after = 0; after < newest; ) {
    const last = await lastKey(bound, [after, newest, PAGE_ROWS])
    if (last === 0) return
    yield await database.query<ExportedRow>(
      `SELECT ${selection.join(', ')} FROM ${table} t ${joins}
        WHERE t.${key} > ? AND t.${key} <= ?${ofGame} ORDER BY t.${key}`,
      [after, last, ...(game === undefined ? [] : [game])],
    )
    after = last
  }
}
