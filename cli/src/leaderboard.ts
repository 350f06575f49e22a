import type { Database } from '@hlstats/database'
import { textTable } from './text-table.ts'

export interface LeaderboardRow {
  readonly playerId: number
  readonly game: string
  readonly name: string
  readonly skill: number
  readonly kills: number
  readonly deaths: number
  readonly headshots: number
  readonly suicides: number
  readonly teamkills: number
}

export interface LeaderboardOptions {
  readonly game: string
  readonly limit: number
}

/** The best players of a game by points, as the site ranks them; hidden and banned ones are left out. */
export async function readLeaderboard(
  database: Database,
  { game, limit }: LeaderboardOptions,
): Promise<LeaderboardRow[]> {
  return database.query<LeaderboardRow>(
    `SELECT playerId, game, lastName AS name, skill, kills, deaths, headshots, suicides, teamkills
       FROM hlstats_Players WHERE game = ? AND hideranking = 0
      ORDER BY skill DESC, kills DESC, playerId LIMIT ?`,
    [game, limit],
  )
}

/** The leaderboard as people read it. */
export function formatLeaderboard(rows: readonly LeaderboardRow[]): string {
  const titles = ['#', 'Player', 'Points', 'Kills', 'Deaths', 'K:D', 'HS', 'HS%', 'Suicides', 'TK']
  const columns = titles.map((title, index) => ({ title, right: index !== 1 }))
  return textTable(
    columns,
    rows.map((row, index) => [
      index + 1,
      row.name,
      row.skill,
      row.kills,
      row.deaths,
      (row.kills / Math.max(1, row.deaths)).toFixed(2),
      row.headshots,
      `${Math.round((100 * row.headshots) / Math.max(1, row.kills))}%`,
      row.suicides,
      row.teamkills,
    ]),
  )
}
