import { StatsError, toError } from '@hlstats/errors'
import { tableNames } from './catalogue.ts'
import type { Database } from './database.ts'
import { LAST_LEGACY_KILL } from './foreign-kills.ts'
import { type MigrationFile, migrationFiles, statementsOf } from './migration-files.ts'
import {
  createMigrationTable,
  type RecordedMigration,
  recordedMigrations,
  recordFailure,
  recordFinish,
  recordProgress,
  recordStart,
} from './migration-table.ts'
import { withNamedLock } from './named-lock.ts'
import { seed } from './seed.ts'
import { requireServerVersion } from './server-version.ts'
import type { SqlSession } from './sql-session.ts'
import { applySqliteMigrations } from './sqlite-migrate.ts'
import { isLegacyDatabase, type OnTable, type TakeOverReport, takeOver } from './take-over/take-over.ts'
import { planTakeOver, type TakeOverPlan } from './take-over/take-over-plan.ts'

/** A migration of this build or of the database, and where it stands. */
export interface MigrationState {
  readonly name: string
  /** `changed`: applied from a file with other bytes; `unknown`: a newer build applied it. */
  readonly state: 'applied' | 'pending' | 'failed' | 'changed' | 'unknown'
}

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
      const done = await applyPending(session, options.onTable)
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
  return compare(await migrationFiles(database.dialect.provider), recorded)
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

function pendingOf(files: readonly MigrationFile[], recorded: readonly RecordedMigration[]): MigrationFile[] {
  const done = new Set(
    recorded.filter(({ finished_at }) => finished_at !== null).map((row) => row.migration_name),
  )
  return files.filter(({ name }) => !done.has(name))
}

/** Migrations after the first one whose tables cannot be there yet. */
function notBegun(
  pending: readonly MigrationFile[],
  recorded: readonly RecordedMigration[],
): MigrationFile[] {
  const begun = new Set(recorded.map(({ migration_name }) => migration_name))
  return pending.slice(1).filter(({ name }) => !begun.has(name))
}

async function applyPending(session: SqlSession, onTable?: OnTable) {
  const files = await migrationFiles()
  const recorded = await recordedMigrations(session)
  const changed = compare(files, recorded).filter(({ state }) => state === 'changed')
  if (changed.length > 0) {
    const names = changed.map(({ name }) => name).join(', ')
    throw new StatsError(
      'DB_SCHEMA',
      `applied migrations were changed afterwards: ${names}; add a new migration instead`,
    )
  }
  const pending = pendingOf(files, recorded)
  const [baseline] = files
  const legacy = await isLegacy(session, baseline, recorded)
  await createMigrationTable(session)
  let report: TakeOverReport | undefined
  for (const file of pending) {
    const earlier = recorded.find(({ migration_name }) => migration_name === file.name)
    const manner: Manner =
      legacy && file === baseline
        ? {
            earlier,
            takeOver: async () => {
              report = await takeOver(
                session,
                { baseline: file, later: notBegun(pending, recorded) },
                onTable,
              )
            },
          }
        : { earlier }
    await applyOne(session, file, manner)
  }
  if (legacy) await markLastLegacyKill(session)
  const applied = pending.map(({ name }) => name)
  return { applied, legacy, ...(report === undefined ? {} : { takeOver: report }) }
}

// What comes later without a change of points was not written by us.
async function markLastLegacyKill(session: SqlSession): Promise<void> {
  const marked = await session.query('SELECT 1 FROM hlstats_System WHERE name = ?', [LAST_LEGACY_KILL])
  if (marked.length > 0) return
  await session.execute(
    `INSERT INTO hlstats_System (name, value) SELECT ?, CAST(COALESCE(MAX(id), 0) AS CHAR) FROM hlstats_Events_Frags
      WHERE killerSkillChange IS NULL`,
    [LAST_LEGACY_KILL],
  )
}

// A baseline that was only declared to be applied, as Prisma records it, tells later runs that this was a take-over.
async function isLegacy(
  session: SqlSession,
  baseline: MigrationFile | undefined,
  recorded: readonly RecordedMigration[],
): Promise<boolean> {
  const row = recorded.find(({ migration_name }) => migration_name === baseline?.name)
  if (row?.finished_at) return row.applied_steps_count === 0
  return isLegacyDatabase(session)
}

interface Manner {
  /** The row of a run that broke off or failed. */
  readonly earlier: RecordedMigration | undefined
  /** Instead of the statements of the file. */
  readonly takeOver?: () => Promise<void>
}

async function applyOne(session: SqlSession, file: MigrationFile, manner: Manner): Promise<void> {
  const { earlier } = manner
  const id = await recordStart(session, file, earlier?.applied_steps_count ?? 0)
  try {
    if (manner.takeOver === undefined) await runStatements(session, file, { id, earlier })
    else await manner.takeOver()
  } catch (error) {
    const message = toError(error).message
    await recordFailure(session, id, message)
    throw new StatsError(
      'DB_SCHEMA',
      `migration ${file.name} failed: ${message}; run \`hlstats migrate\` again`,
      {
        cause: error,
      },
    )
  }
  await recordFinish(session, id, manner.takeOver === undefined ? 1 : 0)
}

const ALREADY_DONE =
  /already exists|Duplicate column name|Duplicate key name|check that (it|column\/key) exists/i

// DDL commits by itself, so each statement is written down as it is done. When a run was killed, the next statement may
// be done without being written down; when it failed, it is not done.
async function runStatements(
  session: SqlSession,
  file: MigrationFile,
  run: { readonly id: string; readonly earlier: RecordedMigration | undefined },
): Promise<void> {
  const done = run.earlier?.applied_steps_count ?? 0
  const wasKilled = run.earlier !== undefined && run.earlier.logs === null
  for (const [index, statement] of statementsOf(file.sql).entries()) {
    if (index < done) continue
    try {
      await session.execute(statement, [])
    } catch (error) {
      if (!(wasKilled && index === done && ALREADY_DONE.test(toError(error).message))) throw error
    }
    await recordProgress(session, run.id, index + 1)
  }
}

function compare(files: readonly MigrationFile[], recorded: readonly RecordedMigration[]): MigrationState[] {
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

function schemaError(problem: string): StatsError {
  return new StatsError('DB_SCHEMA', `${problem}: run \`hlstats migrate\``)
}
