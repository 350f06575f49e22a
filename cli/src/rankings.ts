import type { Database } from '@hlstats/database'
import { formatLeaderboard, type LeaderboardOptions, readLeaderboard } from './leaderboard.ts'
import { textTable } from './text-table.ts'

/** What is ranked. */
export const RANKED = ['players', 'weapons', 'maps', 'servers'] as const
export type Ranked = (typeof RANKED)[number]

/** The best of one game: for programs, and as people read it. */
export interface Ranking {
  readonly rows: readonly object[]
  readonly table: string
}

interface Killing {
  readonly kills: number
  readonly headshots: number
}

interface WeaponRow extends Killing {
  readonly game: string
  readonly code: string
  readonly name: string
  readonly modifier: number
}

interface MapRow extends Killing {
  readonly game: string
  readonly map: string
}

interface ServerRow extends Killing {
  readonly serverId: number
  readonly game: string
  readonly name: string
  readonly address: string
  readonly port: number
  readonly suicides: number
  readonly rounds: number
  readonly map: string
  readonly players: number
}

// Weapons of every game are there from the beginning, servers from when they are registered: killed with or not.
const GAMES: Readonly<Record<Ranked, string>> = {
  players: 'SELECT DISTINCT game FROM hlstats_Players ORDER BY game',
  weapons: 'SELECT DISTINCT game FROM hlstats_Weapons WHERE kills > 0 ORDER BY game',
  maps: 'SELECT DISTINCT game FROM hlstats_Maps_Counts ORDER BY game',
  servers: 'SELECT DISTINCT game FROM hlstats_Servers ORDER BY game',
}

const READ: Readonly<Record<Ranked, (database: Database, options: LeaderboardOptions) => Promise<Ranking>>> =
  { players, weapons, maps, servers }

/** Games that have something to rank. */
export async function rankedGames(database: Database, ranked: Ranked): Promise<string[]> {
  const rows = await database.query<{ game: string }>(GAMES[ranked])
  return rows.map(({ game }) => game)
}

/** The best of a game: players by points, everything else by kills. */
export function readRanking(
  database: Database,
  ranked: Ranked,
  options: LeaderboardOptions,
): Promise<Ranking> {
  return READ[ranked](database, options)
}

async function players(database: Database, options: LeaderboardOptions): Promise<Ranking> {
  const rows = await readLeaderboard(database, options)
  return { rows, table: formatLeaderboard(rows) }
}

async function weapons(database: Database, { game, limit }: LeaderboardOptions): Promise<Ranking> {
  const rows = await database.query<WeaponRow>(
    `SELECT game, code, name, modifier, kills, headshots FROM hlstats_Weapons
      WHERE game = ? AND kills > 0 ORDER BY kills DESC, headshots DESC, weaponId LIMIT ?`,
    [game, limit],
  )
  const titles = ['Weapon', 'Code', 'Kills', 'HS', 'HS%', 'Modifier']
  const cells = rows.map((row) => [row.name, row.code, ...killing(row), row.modifier.toFixed(2)])
  return { rows, table: rankedTable(titles, 2, cells) }
}

async function maps(database: Database, { game, limit }: LeaderboardOptions): Promise<Ranking> {
  const rows = await database.query<MapRow>(
    `SELECT game, map, kills, headshots FROM hlstats_Maps_Counts
      WHERE game = ? ORDER BY kills DESC, headshots DESC, map LIMIT ?`,
    [game, limit],
  )
  const cells = rows.map((row) => [row.map === '' ? '(not known)' : row.map, ...killing(row)])
  return { rows, table: rankedTable(['Map', 'Kills', 'HS', 'HS%'], 1, cells) }
}

async function servers(database: Database, { game, limit }: LeaderboardOptions): Promise<Ranking> {
  const rows = await database.query<ServerRow>(
    `SELECT serverId, game, name, address, port, kills, headshots, suicides, rounds, act_map AS map,
            act_players AS players
       FROM hlstats_Servers WHERE game = ? ORDER BY kills DESC, headshots DESC, serverId LIMIT ?`,
    [game, limit],
  )
  const titles = ['Server', 'Address', 'Map', 'Kills', 'HS', 'HS%', 'Suicides', 'Rounds', 'Players']
  const cells = rows.map((row) => [
    row.name,
    `${row.address}:${row.port}`,
    row.map,
    ...killing(row),
    row.suicides,
    row.rounds,
    row.players,
  ])
  return { rows, table: rankedTable(titles, 3, cells) }
}

function killing({ kills, headshots }: Killing): (string | number)[] {
  return [kills, headshots, `${Math.round((100 * headshots) / Math.max(1, kills))}%`]
}

// Texts come first, numbers follow.
function rankedTable(
  titles: readonly string[],
  texts: number,
  rows: readonly (readonly (string | number)[])[],
): string {
  const columns = titles.map((title, index) => ({ title, right: index >= texts }))
  return textTable(
    [{ title: '#', right: true }, ...columns],
    rows.map((row, index) => [index + 1, ...row]),
  )
}
