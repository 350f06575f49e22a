import { randomUUID } from 'node:crypto'
import type { MigrationFile } from './migration-files.ts'
import type { SqlSession } from './sql-session.ts'

/** A row of Prisma's own table, as both tools write it. */
export interface RecordedMigration {
  readonly migration_name: string
  readonly checksum: string
  readonly finished_at: Date | null
  /** 1, or 0 for a migration that was only declared to be applied; until it is finished, the statements done. */
  readonly applied_steps_count: number
  /** Why it failed, if it did. */
  readonly logs: string | null
}

const CREATE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at DATETIME(3),
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at DATETIME(3),
  started_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  applied_steps_count INTEGER UNSIGNED NOT NULL DEFAULT 0
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`

/** What the database says was applied; rows that were rolled back do not count. */
export async function recordedMigrations(session: SqlSession): Promise<RecordedMigration[]> {
  const tables = await session.query(
    session.dialect.provider === 'sqlite'
      ? "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
      : 'SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?',
    ['_prisma_migrations'],
  )
  if (tables.length === 0) return []
  return session.query<RecordedMigration>(
    'SELECT migration_name, checksum, finished_at, applied_steps_count, logs FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at',
    [],
  )
}

export async function createMigrationTable(session: SqlSession): Promise<void> {
  await session.execute(CREATE, [])
}

/** Writes down that a migration begins, at this statement; returns the id of its row. */
export async function recordStart(session: SqlSession, file: MigrationFile, done: number): Promise<string> {
  const id = randomUUID()
  await session.execute(
    'UPDATE _prisma_migrations SET rolled_back_at = NOW(3) WHERE migration_name = ? AND finished_at IS NULL AND rolled_back_at IS NULL',
    [file.name],
  )
  await session.execute(
    'INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count) VALUES (?, ?, ?, NOW(3), ?)',
    [id, file.checksum, file.name, done],
  )
  return id
}

export async function recordProgress(session: SqlSession, id: string, done: number): Promise<void> {
  await session.execute('UPDATE _prisma_migrations SET applied_steps_count = ? WHERE id = ?', [done, id])
}

export async function recordFinish(session: SqlSession, id: string, steps: 0 | 1): Promise<void> {
  await session.execute(
    'UPDATE _prisma_migrations SET finished_at = NOW(3), applied_steps_count = ? WHERE id = ?',
    [steps, id],
  )
}

export async function recordFailure(session: SqlSession, id: string, message: string): Promise<void> {
  await session.execute('UPDATE _prisma_migrations SET logs = ? WHERE id = ?', [message.slice(0, 16_000), id])
}
