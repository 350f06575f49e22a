import { randomUUID } from 'node:crypto'
import type { MigrationFile } from './migration-files.ts'
import type { SqlSession } from './sql-session.ts'

/** A row of Prisma's own table, as both tools write it. */
export interface RecordedMigration {
  readonly migration_name: string
  readonly checksum: string
  readonly finished_at: Date | null
  readonly rolled_back_at: Date | null
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
    'SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?',
    ['_prisma_migrations'],
  )
  if (tables.length === 0) return []
  return session.query<RecordedMigration>(
    'SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at',
    [],
  )
}

export async function createMigrationTable(session: SqlSession): Promise<void> {
  await session.execute(CREATE, [])
}

/** Writes down that a migration begins; returns the id of its row. */
export async function recordStart(session: SqlSession, { name, checksum }: MigrationFile): Promise<string> {
  const id = randomUUID()
  await session.execute(
    'UPDATE _prisma_migrations SET rolled_back_at = NOW(3) WHERE migration_name = ? AND finished_at IS NULL AND rolled_back_at IS NULL',
    [name],
  )
  await session.execute(
    'INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES (?, ?, ?, NOW(3))',
    [id, checksum, name],
  )
  return id
}

export async function recordFinish(session: SqlSession, id: string): Promise<void> {
  await session.execute(
    'UPDATE _prisma_migrations SET finished_at = NOW(3), applied_steps_count = 1 WHERE id = ?',
    [id],
  )
}

export async function recordFailure(session: SqlSession, id: string, message: string): Promise<void> {
  await session.execute('UPDATE _prisma_migrations SET logs = ? WHERE id = ?', [message.slice(0, 16_000), id])
}
