import type { SimulatedTotals } from './simulation/simulated-totals.ts'

export type SectionRow = Readonly<Record<string, string | number | bigint | null | undefined>>

/**
 * How a value compares. `added`: it is more by so much than before. `raised`: it is a maximum. `said`: the last word.
 */
export interface Column {
  readonly name: string
  readonly kind: 'added' | 'raised' | 'said'
}

interface Query {
  readonly sql: string
  readonly parameters: readonly (string | number)[]
}

/** One kind of totals, and where the database has it. */
export interface Section {
  readonly name: string
  readonly key: readonly string[]
  readonly columns: readonly Column[]
  wanted(totals: SimulatedTotals): readonly SectionRow[]
  /** Several queries give the columns of one row together. */
  queries(totals: SimulatedTotals): readonly Query[]
}

/** Each table of events with a column of the server's totals for its rows. */
const EVENT_TABLES = {
  fragRows: 'hlstats_Events_Frags',
  teamkillRows: 'hlstats_Events_Teamkills',
  suicideRows: 'hlstats_Events_Suicides',
  assistRows: 'hlstats_Events_Assists',
  chatRows: 'hlstats_Events_Chat',
  connectRows: 'hlstats_Events_Connects',
  entryRows: 'hlstats_Events_Entries',
  disconnectRows: 'hlstats_Events_Disconnects',
  nameRows: 'hlstats_Events_ChangeName',
  teamRows: 'hlstats_Events_ChangeTeam',
  roleRows: 'hlstats_Events_ChangeRole',
  actionRows: 'hlstats_Events_PlayerActions',
  pairActionRows: 'hlstats_Events_PlayerPlayerActions',
  teamBonusRows: 'hlstats_Events_TeamBonuses',
} as const

const SERVER_COLUMNS = {
  kills: 'kills',
  headshots: 'headshots',
  suicides: 'suicides',
  rounds: 'rounds',
  bombsPlanted: 'bombs_planted',
  bombsDefused: 'bombs_defused',
  ctWins: 'ct_wins',
  tsWins: 'ts_wins',
  mapChanges: 'map_changes',
} as const

const PLAYERS: Section = {
  name: 'player',
  key: ['uniqueId'],
  columns: [
    ...added('kills', 'deaths', 'headshots', 'suicides', 'teamkills', 'assists', 'chat'),
    { name: 'killStreak', kind: 'raised' },
    { name: 'deathStreak', kind: 'raised' },
    { name: 'name', kind: 'said' },
  ],
  wanted: ({ players }) => players.map((row) => ({ ...row })),
  queries: (totals) => [
    inCast(
      totals,
      `SELECT u.uniqueId, p.lastName AS name, p.kills, p.deaths, p.headshots, p.suicides, p.teamkills,
              p.kill_streak AS killStreak, p.death_streak AS deathStreak, COALESCE(t.assists, 0) AS assists
         FROM hlstats_PlayerUniqueIds u JOIN hlstats_Players p ON p.playerId = u.playerId
         LEFT JOIN hlstats_Player_Totals t ON t.player_id = p.playerId`,
    ),
    inCast(
      totals,
      `SELECT u.uniqueId, COUNT(*) AS chat
         FROM hlstats_PlayerUniqueIds u JOIN hlstats_Events_Chat e ON e.playerId = u.playerId`,
      'GROUP BY u.uniqueId',
    ),
  ],
}

const PLAYER_WEAPONS: Section = {
  name: 'weapon of player',
  key: ['uniqueId', 'weapon'],
  columns: added('kills', 'headshots', 'teamkills', 'deaths', 'hits', 'damage'),
  wanted: ({ playerWeapons }) => playerWeapons.map((row) => ({ ...row })),
  queries: (totals) => [
    inCast(
      totals,
      `SELECT u.uniqueId, w.weapon, w.kills, w.headshots, w.teamkills, w.deaths, w.hits, w.damage
         FROM hlstats_PlayerUniqueIds u JOIN hlstats_Player_Weapons w ON w.player_id = u.playerId`,
    ),
  ],
}

const WEAPONS: Section = {
  name: 'weapon',
  key: ['weapon'],
  columns: added('kills', 'headshots'),
  wanted: ({ weapons }) => weapons.map((row) => ({ ...row })),
  queries: ({ game }) => [
    {
      sql: 'SELECT code AS weapon, kills, headshots FROM hlstats_Weapons WHERE game = ?',
      parameters: [game],
    },
  ],
}

const MAPS: Section = {
  name: 'map',
  key: ['map'],
  columns: added('kills', 'headshots'),
  wanted: ({ maps }) => maps.map((row) => ({ ...row })),
  queries: ({ game }) => [
    { sql: 'SELECT map, kills, headshots FROM hlstats_Maps_Counts WHERE game = ?', parameters: [game] },
  ],
}

const ACTIONS: Section = {
  name: 'action',
  key: ['action'],
  columns: added('count'),
  wanted: ({ actions }) => actions.map((row) => ({ ...row })),
  queries: ({ game }) => [
    {
      sql: 'SELECT code AS action, SUM(count) AS count FROM hlstats_Actions WHERE game = ? GROUP BY code',
      parameters: [game],
    },
  ],
}

const SERVERS: Section = {
  name: 'server',
  key: ['address'],
  columns: [
    ...added(...Object.keys(SERVER_COLUMNS), ...Object.keys(EVENT_TABLES)),
    { name: 'map', kind: 'said' },
  ],
  wanted: ({ servers }) => servers.map((row) => ({ ...row })),
  queries: ({ game }) => [
    {
      sql: `SELECT CONCAT(s.address, ':', s.port) AS address, s.act_map AS map,
              ${Object.entries(SERVER_COLUMNS)
                .map(([name, column]) => `s.${column} AS ${name}`)
                .join(', ')}
              FROM hlstats_Servers s WHERE s.game = ?`,
      parameters: [game],
    },
    ...Object.entries(EVENT_TABLES).map(([name, table]) => ({
      sql: `SELECT CONCAT(s.address, ':', s.port) AS address, COUNT(*) AS ${name}
              FROM hlstats_Servers s JOIN ${table} e ON e.serverId = s.serverId
             WHERE s.game = ? GROUP BY s.serverId, s.address, s.port`,
      parameters: [game],
    })),
  ],
}

/** Everything that is compared, what many services change first. */
export const SECTIONS: readonly Section[] = [PLAYERS, WEAPONS, PLAYER_WEAPONS, MAPS, ACTIONS, SERVERS]

function added(...names: readonly string[]): Column[] {
  return names.map((name) => ({ name, kind: 'added' }))
}

/** The same for everybody of the simulation: their ids are texts of one length, so a range finds them. */
function inCast({ game, accounts }: SimulatedTotals, select: string, rest = ''): Query {
  const { first, last } = accounts
  return {
    sql: `${select} WHERE u.game = ? AND (u.uniqueId BETWEEN ? AND ? OR u.uniqueId BETWEEN ? AND ?) ${rest}`,
    parameters: [game, `0:${first}`, `0:${last}`, `1:${first}`, `1:${last}`],
  }
}
