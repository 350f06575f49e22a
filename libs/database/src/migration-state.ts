import type { MigrationFile } from './migration-files.ts'
import type { RecordedMigration } from './migration-table.ts'

/** A migration of this build or of the database, and where it stands. */
export interface MigrationState {
  readonly name: string
  /** `changed`: applied from a file with other bytes; `unknown`: a newer build applied it. */
  readonly state: 'applied' | 'pending' | 'failed' | 'changed' | 'unknown'
}

/** Where each migration stands, by the files of this build and the rows of the database. */
export function compareMigrations(
  files: readonly MigrationFile[],
  recorded: readonly RecordedMigration[],
): MigrationState[] {
  const rows = new Map(recorded.map((row) => [row.migration_name, row]))
  const known = files.map(({ name, checksum }): MigrationState => {
    const row = rows.get(name)
    if (row === undefined) return { name, state: 'pending' }
    if (row.finished_at === null) return { name, state: 'failed' }
    return { name, state: row.checksum === checksum ? 'applied' : 'changed' }
  })
  const names = new Set(files.map(({ name }) => name))
  const newer = recorded.filter((row) => !names.has(row.migration_name))
  return [...known, ...newer.map((row): MigrationState => ({ name: row.migration_name, state: 'unknown' }))]
}

/** Migrations of this build that the database lacks, in order. */
export function pendingOf(
  files: readonly MigrationFile[],
  recorded: readonly RecordedMigration[],
): MigrationFile[] {
  const done = new Set(
    recorded.filter(({ finished_at }) => finished_at !== null).map((row) => row.migration_name),
  )
  return files.filter(({ name }) => !done.has(name))
}

/** Migrations after the first one whose tables cannot be there yet. */
export function notBegun(
  pending: readonly MigrationFile[],
  recorded: readonly RecordedMigration[],
): MigrationFile[] {
  const begun = new Set(recorded.map(({ migration_name }) => migration_name))
  return pending.slice(1).filter(({ name }) => !begun.has(name))
}
