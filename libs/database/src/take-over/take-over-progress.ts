import type { SqlSession } from '../sql-session.ts'
import type { Totals } from './totals.ts'

/** Its name; it is there only while a take-over has begun and not ended. */
export const PROGRESS = 'hlstats_Take_Over'

const CREATE = `CREATE TABLE IF NOT EXISTS ${PROGRESS} (
  table_name VARCHAR(64) NOT NULL PRIMARY KEY,
  state VARCHAR(8) NOT NULL,
  totals MEDIUMTEXT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`

/** How far one table is. */
export interface TableProgress {
  /** `running`: the totals are those from before the change; `done`: they were compared, and are the same. */
  readonly state: 'running' | 'done'
  readonly totals: Totals
}

export async function createProgress(session: SqlSession): Promise<void> {
  await session.execute(CREATE, [])
}

export async function dropProgress(session: SqlSession): Promise<void> {
  await session.execute(`DROP TABLE IF EXISTS ${PROGRESS}`, [])
}

export async function readProgress(session: SqlSession, table: string): Promise<TableProgress | undefined> {
  const [row] = await session.query<{ state: TableProgress['state']; totals: string }>(
    `SELECT state, totals FROM ${PROGRESS} WHERE table_name = ?`,
    [table],
  )
  return row === undefined ? undefined : { state: row.state, totals: JSON.parse(row.totals) as Totals }
}

export async function saveProgress(
  session: SqlSession,
  table: string,
  { state, totals }: TableProgress,
): Promise<void> {
  await session.execute(`REPLACE INTO ${PROGRESS} (table_name, state, totals) VALUES (?, ?, ?)`, [
    table,
    state,
    JSON.stringify(totals),
  ])
}
