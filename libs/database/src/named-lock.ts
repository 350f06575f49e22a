import { createHash } from 'node:crypto'
import { StatsError } from '@hlstats/errors'
import type { Database } from './database.ts'
import type { SqlSession } from './sql-session.ts'

const WAIT_SECONDS = 600

/** Runs `work` while nobody else does the same on this database; the file of SQLite has a lock of its own. */
export function exclusively<T>(database: Database, purpose: string, work: () => Promise<T>): Promise<T> {
  if (database.dialect.provider === 'sqlite') return work()
  return database.onOneConnection((session) => withNamedLock(session, purpose, work))
}

/** The same for work on this connection: the lock lasts as long as the last statement sent over it. */
export async function withNamedLock<T>(
  session: SqlSession,
  purpose: string,
  work: () => Promise<T>,
): Promise<T> {
  const lock = await lockName(session, purpose)
  const [row] = await session.query<{ taken: number | null }>('SELECT GET_LOCK(?, ?) AS taken', [
    lock,
    WAIT_SECONDS,
  ])
  if (row?.taken !== 1) {
    throw new StatsError(
      'DB_LOCK_TIMEOUT',
      `another \`hlstats ${purpose}\` has been running for ${WAIT_SECONDS} s: wait for it to end`,
    )
  }
  try {
    return await work()
  } finally {
    await session.query('SELECT RELEASE_LOCK(?)', [lock])
  }
}

// Locks belong to the whole server and their names are short: the database's name goes in as a digest.
async function lockName(session: SqlSession, purpose: string): Promise<string> {
  const [row] = await session.query<{ name: string }>('SELECT DATABASE() AS name', [])
  const digest = createHash('sha256').update(row?.name ?? '')
  return `hlstats.${purpose}.${digest.digest('hex').slice(0, 32)}`
}
