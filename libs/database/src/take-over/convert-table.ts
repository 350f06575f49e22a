import { StatsError } from '@hlstats/errors'
import { quoted } from '../catalogue.ts'
import type { SqlSession } from '../sql-session.ts'
import { nullableMoments } from './table-plan.ts'
import type { TablePair } from './take-over-plan.ts'
import { PROGRESS, readProgress, saveProgress } from './take-over-progress.ts'
import { differences, isNoDate, readTotals, rowsOf, type Totals } from './totals.ts'
import { findTwins, mergedCounters, settleTwins, type Twins } from './twins.ts'

/** One table after its take-over: rows and sums of all columns were the same before and after. */
export interface TableReport {
  readonly table: string
  readonly rows: number
  readonly changes: readonly string[]
}

interface Converted extends TableReport {
  /** What became of twins. */
  readonly settled: readonly string[]
}

/**
 * Changes one table, and compares it with what it was before. Nobody else gets at it meanwhile, so that the comparison is
 * exact whatever still writes into this database.
 */
export async function convertTable(session: SqlSession, pair: TablePair): Promise<Converted> {
  const table = pair.found.table
  await session.execute('SET autocommit = 0', [])
  await session.execute(`LOCK TABLES ${quoted(table)} WRITE, ${PROGRESS} WRITE`, [])
  try {
    return await convertLocked(session, pair)
  } finally {
    await session.execute('ROLLBACK', [])
    await session.execute('UNLOCK TABLES', [])
    await session.execute('SET autocommit = 1', [])
  }
}

async function convertLocked(session: SqlSession, pair: TablePair): Promise<Converted> {
  const { found, plan } = pair
  const { table } = found
  const names = new Set(found.columns.map(({ name }) => name))
  const moments = nullableMoments(pair.wanted).filter((name) => names.has(name))
  const progress = await readProgress(session, table)
  if (progress?.state === 'done') {
    return { table, rows: rowsOf(progress.totals), changes: [], settled: [] }
  }
  // Where nothing is left to change, a run that broke off changed it: then its totals are those from before.
  let before = plan.changes.length === 0 ? progress?.totals : undefined
  before ??= await readTotals(session, found, moments)
  const twins = await findTwins(session, pair.wanted, found, plan)
  if (twins.groups.length > 0) before = await settle(session, pair, { twins, before, moments })
  await saveProgress(session, table, { state: 'running', totals: before })
  await session.execute('COMMIT', [])
  if (plan.changes.length > 0) {
    await session.execute(`ALTER TABLE ${quoted(table)} ${plan.changes.join(', ')}`, [])
  }
  for (const moment of moments) {
    await session.execute(
      `UPDATE ${quoted(table)} SET ${quoted(moment)} = NULL WHERE ${isNoDate(moment)}`,
      [],
    )
  }
  const after = await readTotals(session, found, moments)
  requireEqual(table, differences(before, after))
  await saveProgress(session, table, { state: 'done', totals: after })
  await session.execute('COMMIT', [])
  return { table, rows: rowsOf(after), changes: plan.changes, settled: twins.report }
}

interface Settlement {
  readonly twins: Twins
  readonly before: Totals
  readonly moments: readonly string[]
}

/** Twins are settled in one transaction, which needs an engine that has any. */
async function settle(session: SqlSession, { found }: TablePair, settlement: Settlement): Promise<Totals> {
  const { twins, before, moments } = settlement
  const { table } = found
  if (found.engine !== 'InnoDB') {
    await session.execute(`ALTER TABLE ${quoted(table)} ENGINE = InnoDB, ROW_FORMAT = DYNAMIC`, [])
    requireEqual(table, differences(before, await readTotals(session, found, moments)))
  }
  await settleTwins(session, table, twins.groups)
  const after = await readTotals(session, found, moments)
  if (rowsOf(after) !== rowsOf(before) - twins.merged) {
    requireEqual(table, [`rows ${rowsOf(before)} less ${twins.merged} merged, ${rowsOf(after)} after`])
  }
  for (const counter of mergedCounters(table) ?? []) {
    requireEqual(table, differences(pick(before, counter), pick(after, counter)))
  }
  return after
}

function pick(totals: Totals, name: string): Totals {
  return { [name]: totals[name] ?? '' }
}

function requireEqual(table: string, different: readonly string[]): void {
  if (different.length === 0) return
  throw new StatsError(
    'DB_SCHEMA',
    `${table} is not what it was (${different.join(', ')}): stop whatever else writes into this database, compare with ` +
      `your backup; if it was another writer, DROP TABLE ${PROGRESS} accepts what is there`,
  )
}
