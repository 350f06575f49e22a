import { StatsError, toError } from '@hlstats/errors'
import { LAST_LEGACY_KILL } from './foreign-kills.ts'
import { type MigrationFile, migrationFiles, statementsOf } from './migration-files.ts'
import { compareMigrations, notBegun, pendingOf } from './migration-state.ts'
import {
  createMigrationTable,
  type RecordedMigration,
  recordedMigrations,
  recordFailure,
  recordFinish,
  recordProgress,
  recordStart,
} from './migration-table.ts'
import type { SqlSession } from './sql-session.ts'
import { isLegacyDatabase, type OnTable, type TakeOverReport, takeOver } from './take-over/take-over.ts'

/** Applies what is pending on MariaDB or MySQL; tables that HLstatsX:CE made are taken over in place of the first migration. */
export async function applyMysqlMigrations(session: SqlSession, onTable?: OnTable) {
  const files = await migrationFiles()
  const recorded = await recordedMigrations(session)
  const changed = compareMigrations(files, recorded).filter(({ state }) => state === 'changed')
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
    const isTakenOver = legacy && file === baseline
    await applyRecorded(session, { file, earlier, steps: isTakenOver ? 0 : 1 }, async (id) => {
      if (!isTakenOver) return runStatements(session, file, { id, earlier })
      report = await takeOver(session, { baseline: file, later: notBegun(pending, recorded) }, onTable)
    })
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

interface Run {
  readonly file: MigrationFile
  /** The row of a run that broke off or failed. */
  readonly earlier: RecordedMigration | undefined
  /** What is recorded at the end: none where the migration's statements were not what made the tables. */
  readonly steps: 0 | 1
}

async function applyRecorded(
  session: SqlSession,
  { file, earlier, steps }: Run,
  apply: (id: string) => Promise<void>,
): Promise<void> {
  const id = await recordStart(session, file, earlier?.applied_steps_count ?? 0)
  try {
    await apply(id)
  } catch (cause) {
    const { message } = toError(cause)
    await recordFailure(session, id, message)
    const problem = `migration ${file.name} failed: ${message}; run \`hlstats migrate\` again`
    throw new StatsError('DB_SCHEMA', problem, { cause })
  }
  await recordFinish(session, id, steps)
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
