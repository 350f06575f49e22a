import type { Database } from './database.ts'

/** Kills that another program wrote. */
export interface ForeignKills {
  /** The id of the newest kill that was looked at. */
  readonly newest: number
  readonly kills: number
  /** The servers that they came from. */
  readonly serverIds: readonly number[]
}

/** In hlstats_System: the newest kill of the old daemon when its database was taken over. */
export const LAST_LEGACY_KILL = 'take-over.last-kill'

/**
 * The kills after this id that do not say how points moved. We always write that, and the old daemon, which does not know
 * the column, never: whoever wrote them counts into this database besides us.
 */
export async function foreignKills(database: Database, after: number): Promise<ForeignKills> {
  const rows = await database.query<{ serverId: number; newest: number; kills: number }>(
    `SELECT serverId, MAX(id) AS newest, SUM(CASE WHEN killerSkillChange IS NULL THEN 1 ELSE 0 END) AS kills
       FROM hlstats_Events_Frags WHERE id > ? GROUP BY serverId`,
    [after],
  )
  return {
    newest: Math.max(after, ...rows.map(({ newest }) => Number(newest))),
    kills: rows.reduce((sum, { kills }) => sum + Number(kills), 0),
    serverIds: rows.filter(({ kills }) => Number(kills) > 0).map(({ serverId }) => serverId),
  }
}

const NEWEST_KILLS = 10_000

/** The same among the newest kills, but for those from before a take-over. */
export async function recentForeignKills(database: Database): Promise<ForeignKills> {
  const [[mark], newest] = await Promise.all([
    database.query<{ value: string }>('SELECT value FROM hlstats_System WHERE name = ?', [LAST_LEGACY_KILL]),
    newestKill(database),
  ])
  return foreignKills(database, Math.max(Number(mark?.value ?? 0), newest - NEWEST_KILLS))
}

/** The id of the newest kill; 0 where there is none. */
export async function newestKill(database: Database): Promise<number> {
  const [row] = await database.query<{ newest: number | null }>(
    'SELECT MAX(id) AS newest FROM hlstats_Events_Frags',
  )
  return Number(row?.newest ?? 0)
}
