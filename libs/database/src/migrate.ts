import { StatsError } from '@hlstats/errors'
import { tableNames } from './catalogue.ts'
import type { Database } from './database.ts'
import { migrationFiles } from './migration-files.ts'
import { compareMigrations, type MigrationState, notBegun, pendingOf } from './migration-state.ts'
import { recordedMigrations } from './migration-table.ts'
import { applyMysqlMigrations } from './mysql-migrate.ts'
import { withNamedLock } from './named-lock.ts'
import { seed } from './seed.ts'
import { requireServerVersion } from './server-version.ts'
import type { SqlSession } from './sql-session.ts'
import { applySqliteMigrations } from './sqlite-migrate.ts'
import { isLegacyDatabase, type OnTable, type TakeOverReport } from './take-over/take-over.ts'
import { planTakeOver, type TakeOverPlan } from './take-over/take-over-plan.ts'

export interface MigrationReport {
  /** What this run applied, in order. */
  readonly applied: readonly string[]
  /** True when HLstatsX:CE made this database, and it was taken over in this run or before. */
  readonly legacy: boolean
  /** What became of the tables of HLstatsX:CE, in the run that took them over. */
  readonly takeOver?: TakeOverReport
  /** Rows of seed data that were new. */
  readonly seeded: number
}

/** What `migrate` would do. */
export interface MigrationPlan {
  readonly pending: readonly string[]
  readonly takeOver?: TakeOverPlan
}

interface MigrateOptions {
  readonly seed?: boolean
  /** Told of each table of HLstatsX:CE that is taken over. */
  readonly onTable?: OnTable
}

/** Brings the tables to this build's state, and the seed data with them. Two at once: one works, the other waits. */
export async function migrate(database: Database, options: MigrateOptions = {}): Promise<MigrationReport> {
  if (database.dialect.provider === 'sqlite') {
    const applied = await applySqliteMigrations(database)
    const seeded = options.seed === true ? await seed(database, { onlyEmptyTables: false }) : 0
    return { applied, legacy: false, seeded }
  }
  return database.onOneConnection(async (session) => {
    await requireServer(session)
    return withNamedLock(session, 'migrate', async () => {
      const done = await applyMysqlMigrations(session, options.onTable)
      const seeded = options.seed === true ? await seed(database, { onlyEmptyTables: done.legacy }) : 0
      return { ...done, seeded }
    })
  })
}

/** What `migrate` would do; nothing is changed. */
export async function planMigration(database: Database): Promise<MigrationPlan> {
  const { provider } = database.dialect
  return database.onOneConnection(async (session) => {
    const files = await migrationFiles(provider)
    const recorded = await recordedMigrations(session)
    const pending = pendingOf(files, recorded)
    const names = pending.map(({ name }) => name)
    const [baseline] = files
    if (provider === 'sqlite' || baseline === undefined || pending[0] !== baseline) return { pending: names }
    await requireServer(session)
    if (!(await isLegacyDatabase(session))) return { pending: names }
    return { pending: names, takeOver: await planTakeOver(session, baseline, notBegun(pending, recorded)) }
  })
}

/** Where each migration stands. */
export async function migrationStatus(database: Database): Promise<MigrationState[]> {
  const recorded = await database.onOneConnection(recordedMigrations)
  return compareMigrations(await migrationFiles(database.dialect.provider), recorded)
}

/** Throws DB_SCHEMA while a migration is missing or a table is not InnoDB: without transactions nothing counts once. */
export async function assertSchema(database: Database): Promise<void> {
  const states = await migrationStatus(database)
  const missing = states
    .filter(({ state }) => state === 'pending' || state === 'failed')
    .map(({ name }) => name)
  if (missing.length > 0) throw schemaError(`the database lacks ${missing.join(', ')}`)
  if (database.dialect.provider === 'sqlite') return
  const others = await database.query<{ name: string; engine: string }>(
    `SELECT table_name AS name, engine AS engine FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND engine <> 'InnoDB'`,
  )
  // Plugins and forks have tables of their own, which nobody here writes.
  const ours = new Set(tableNames())
  const tables = others.filter(({ name }) => ours.has(name))
  if (tables.length > 0) {
    throw schemaError(`not InnoDB: ${tables.map(({ name, engine }) => `${name} (${engine})`).join(', ')}`)
  }
}

async function requireServer(session: SqlSession): Promise<void> {
  const [server] = await session.query<{ version: string }>('SELECT VERSION() AS version', [])
  requireServerVersion(server?.version ?? '')
}

function schemaError(problem: string): StatsError {
  return new StatsError('DB_SCHEMA', `${problem}: run \`hlstats migrate\``)
}
