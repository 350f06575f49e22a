import { randomUUID } from 'node:crypto'
import { dispositionOf, StatsError, toError } from '@hlstats/errors'
import type { Database } from './database.ts'
import { type MigrationFile, migrationFiles, statementsOf } from './migration-files.ts'

// As Prisma makes it in SQLite.
const CREATE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id TEXT PRIMARY KEY NOT NULL,
  checksum TEXT NOT NULL,
  finished_at DATETIME,
  migration_name TEXT NOT NULL,
  logs TEXT,
  rolled_back_at DATETIME,
  started_at DATETIME NOT NULL DEFAULT current_timestamp,
  applied_steps_count INTEGER UNSIGNED NOT NULL DEFAULT 0
)`

/** Applies what is missing, and returns the names. Tables are made inside transactions here: a migration is done, with its row, or it is not. */
export async function applySqliteMigrations(database: Database): Promise<string[]> {
  await database.execute(CREATE)
  const applied: string[] = []
  for (const file of await migrationFiles('sqlite')) {
    if (await apply(database, file)) applied.push(file.name)
  }
  return applied
}

async function apply(database: Database, file: MigrationFile): Promise<boolean> {
  try {
    return await database.transaction(() => applyOnce(database, file))
  } catch (error) {
    // What may pass is no fault of the migration.
    if (dispositionOf(error) === 'retry') throw error
    throw new StatsError('DB_SCHEMA', `migration ${file.name} failed: ${toError(error).message}`, {
      cause: error,
    })
  }
}

async function applyOnce(database: Database, file: MigrationFile): Promise<boolean> {
  const [row] = await database.query<{ checksum: string }>(
    'SELECT checksum FROM _prisma_migrations WHERE migration_name = ? AND rolled_back_at IS NULL',
    [file.name],
  )
  if (row?.checksum === file.checksum) return false
  if (row !== undefined) {
    throw new StatsError(
      'DB_QUERY',
      'it was applied before, and its file was changed afterwards: add a new one instead',
    )
  }
  for (const statement of statementsOf(file.sql)) await database.execute(statement)
  await database.execute(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, started_at, applied_steps_count)
     VALUES (?, ?, ?, CURRENT_TIMESTAMP(3), CURRENT_TIMESTAMP(3), 1)`,
    [randomUUID(), file.checksum, file.name],
  )
  return true
}
