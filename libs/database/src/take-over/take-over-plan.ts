import { quoted, tableNames } from '../catalogue.ts'
import type { MigrationFile } from '../migration-files.ts'
import type { SqlSession } from '../sql-session.ts'
import { type BaselineTable, baselineTables, tablesMadeBy } from './baseline.ts'
import { type LegacyTable, legacyTables } from './legacy-tables.ts'
import { nullableMoments, planTable, type TablePlan } from './table-plan.ts'
import { PROGRESS } from './take-over-progress.ts'
import { isNoDate } from './totals.ts'
import { findTwins } from './twins.ts'

/** What a take-over does to one table. */
export interface TakeOverTable {
  readonly table: string
  /** Counted, not estimated. */
  readonly rows: number
  /** Data and indexes as they are now. */
  readonly bytes: number
  readonly changes: readonly string[]
  readonly added: readonly string[]
  /** Dates that are none (0000-00-00) and become NULL. */
  readonly noDates: number
}

/** What taking over an HLstatsX:CE database will do. Making it changes nothing. */
export interface TakeOverPlan {
  /** What the database says of itself: `1.6.19, database version 78`. */
  readonly version: string
  readonly tables: readonly TakeOverTable[]
  /** Tables of HLstatsX:CE that are not there and are made. */
  readonly missing: readonly string[]
  /** Tables of others, which stay as they are. */
  readonly others: readonly { readonly table: string; readonly engine: string }[]
  /** Rows that one key of ours cannot tell apart, and what becomes of each. */
  readonly twins: readonly string[]
  /** While one of these is not settled nothing is changed. */
  readonly problems: readonly string[]
  /** Free disk space to have, beside what the tables take now. */
  readonly bytesNeeded: number
  /** Seconds since somebody counted into it, where a program may still do so. */
  readonly countedSecondsAgo: number | undefined
}

/** One table of ours and theirs, side by side. */
export interface TablePair {
  readonly wanted: BaselineTable
  readonly found: LegacyTable
  readonly plan: TablePlan
}

// InnoDB keeps the same rows in up to twice the space of MyISAM, and a table is copied as a whole.
const GROWTH = 2

const RECENT_SECONDS = 600

/** Reads what is there and says what a take-over will do. */
export async function planTakeOver(
  session: SqlSession,
  baseline: MigrationFile,
  later: readonly MigrationFile[],
): Promise<TakeOverPlan> {
  const found = await legacyTables(session)
  const wanted = baselineTables(baseline)
  const pairs = tablePairs(wanted, found)
  const twins: string[] = []
  const problems = [...taken(found, later), ...pairs.flatMap(({ plan }) => plan.problems)]
  const tables: TakeOverTable[] = []
  for (const pair of pairs) {
    const settled = await findTwins(session, pair.wanted, pair.found, pair.plan)
    twins.push(...settled.report)
    problems.push(...settled.problems)
    tables.push(await describe(session, pair))
  }
  const converted = tables.filter(({ changes }) => changes.length > 0)
  return {
    version: await versionOf(session),
    tables,
    missing: wanted.map(({ table }) => table).filter((table) => !found.has(table)),
    others: othersIn(found),
    twins,
    problems,
    bytesNeeded: converted.reduce((sum, { bytes }) => sum + bytes * GROWTH, 0),
    countedSecondsAgo: problems.length === 0 ? await countedSecondsAgo(session) : undefined,
  }
}

/** Our tables that are there already, with what has to be done to each. */
export function tablePairs(
  wanted: readonly BaselineTable[],
  found: ReadonlyMap<string, LegacyTable>,
): TablePair[] {
  return wanted.flatMap((table) => {
    const there = found.get(table.table)
    return there === undefined ? [] : [{ wanted: table, found: there, plan: planTable(table, there) }]
  })
}

async function describe(session: SqlSession, { wanted, found, plan }: TablePair): Promise<TakeOverTable> {
  const names = new Set(found.columns.map(({ name }) => name))
  const moments = nullableMoments(wanted).filter((name) => names.has(name))
  const noDates = moments.map((name) => `COALESCE(SUM(${isNoDate(name)}), 0)`)
  const [row] = await session.query<{ rows: number; noDates: number }>(
    `SELECT COUNT(*) AS \`rows\`, ${['0', ...noDates].join(' + ')} AS noDates FROM ${quoted(found.table)}`,
    [],
  )
  return {
    table: found.table,
    rows: Number(row?.rows ?? 0),
    bytes: found.bytes,
    changes: plan.changes,
    added: plan.added,
    noDates: Number(row?.noDates ?? 0),
  }
}

/** A table of somebody else under a name that a migration of ours needs. */
function taken(found: ReadonlyMap<string, LegacyTable>, later: readonly MigrationFile[]): string[] {
  return later
    .flatMap(tablesMadeBy)
    .filter((table) => found.has(table))
    .map((table) => `the table ${table} is there already, and not of this program: rename it`)
}

function othersIn(found: ReadonlyMap<string, LegacyTable>) {
  const ours = new Set([...tableNames(), '_prisma_migrations', PROGRESS])
  return [...found.values()]
    .filter(({ table }) => !ours.has(table))
    .map(({ table, engine }) => ({ table, engine }))
    .sort((a, b) => (a.table < b.table ? -1 : 1))
}

async function versionOf(session: SqlSession): Promise<string> {
  const rows = await session.query<{ keyname: string; value: string }>(
    "SELECT keyname, value FROM hlstats_Options WHERE keyname IN ('version', 'dbversion')",
    [],
  )
  const values = new Map(rows.map(({ keyname, value }) => [keyname, value]))
  return `${values.get('version') ?? 'unknown'}, database version ${values.get('dbversion') ?? 'unknown'}`
}

async function countedSecondsAgo(session: SqlSession): Promise<number | undefined> {
  const [row] = await session.query<{ ago: number | null }>(
    'SELECT UNIX_TIMESTAMP() - MAX(last_event) AS ago FROM hlstats_Servers',
    [],
  )
  const ago = row?.ago ?? null
  return ago !== null && ago < RECENT_SECONDS ? Math.max(0, Number(ago)) : undefined
}
