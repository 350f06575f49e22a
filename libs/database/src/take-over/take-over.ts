import { StatsError } from '@hlstats/errors'
import { quoted } from '../catalogue.ts'
import type { MigrationFile } from '../migration-files.ts'
import type { SqlSession } from '../sql-session.ts'
import { baselineTables } from './baseline.ts'
import { convertTable, type TableReport } from './convert-table.ts'
import { legacyTables } from './legacy-tables.ts'
import { planTakeOver, tablePairs } from './take-over-plan.ts'
import { createProgress, dropProgress } from './take-over-progress.ts'

/** What a take-over did. */
export interface TakeOverReport {
  /** The HLstatsX:CE tables that were there; their rows and sums were compared before and after. */
  readonly tables: readonly TableReport[]
  /** The tables that were missing and were made. */
  readonly made: readonly string[]
  /** What became of rows that are one row to a key of ours. */
  readonly twins: readonly string[]
  /** Rows of the live list, which nobody would have taken away any more. */
  readonly liveRowsCleared: number
}

/** Told of each table when it is done. */
export type OnTable = (report: TableReport) => void

/** Whether HLstatsX:CE made this database, before any migration of ours. */
export async function isLegacyDatabase(session: SqlSession): Promise<boolean> {
  const found = await session.query(
    "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'hlstats_Options'",
    [],
  )
  return found.length > 0
}

// What their tables hold may not fit today's rules (dates of zeros, empty enums, numbers of zero in AUTO_INCREMENT
// columns): rows are copied as they are.
const COPYING_MODE = 'NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO'

/**
 * Instead of creating the baseline's tables: makes the missing ones, and the others transactional, their texts comparable as
 * ours are. Each table is changed by one statement that happens or does not, so a run that broke off is simply begun again.
 */
export async function takeOver(
  session: SqlSession,
  migrations: { readonly baseline: MigrationFile; readonly later: readonly MigrationFile[] },
  onTable: OnTable = () => undefined,
): Promise<TakeOverReport> {
  const { baseline, later } = migrations
  const [mode] = await session.query<{ mode: string }>('SELECT @@SESSION.sql_mode AS mode', [])
  await session.execute(`SET SESSION sql_mode = '${COPYING_MODE}'`, [])
  try {
    const { problems } = await planTakeOver(session, baseline, later)
    if (problems.length > 0) throw new StatsError('DB_SCHEMA', problems.join('; '))
    await createProgress(session)
    const report = await convertAll(session, baseline, onTable)
    await dropProgress(session)
    return report
  } finally {
    await session.execute('SET SESSION sql_mode = ?', [mode?.mode ?? ''])
  }
}

async function convertAll(
  session: SqlSession,
  baseline: MigrationFile,
  onTable: OnTable,
): Promise<TakeOverReport> {
  const wanted = baselineTables(baseline)
  const found = await legacyTables(session)
  const made = wanted.filter(({ table }) => !found.has(table))
  for (const { sql } of made) await session.execute(sql, [])
  const tables: TableReport[] = []
  const twins: string[] = []
  for (const pair of tablePairs(wanted, found)) {
    const { settled, ...report } = await convertTable(session, pair)
    tables.push(report)
    twins.push(...settled)
    onTable(report)
  }
  // Whoever was playing when the old daemon ended: no event of ours would ever remove them.
  const liveRowsCleared = await session.execute(`DELETE FROM ${quoted('hlstats_Livestats')}`, [])
  return { tables, made: made.map(({ table }) => table), twins, liveRowsCleared }
}
