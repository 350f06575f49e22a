import { StatsError } from '@hlstats/errors'
import { quoted } from './catalogue.ts'
import { type MigrationFile, statementsOf } from './migration-files.ts'
import type { SqlSession } from './sql-session.ts'

const COLLATION = 'utf8mb4_unicode_ci'

/** Whether HLstatsX:CE made this database, before any migration of ours. */
export async function isLegacyDatabase(session: SqlSession): Promise<boolean> {
  const found = await session.query(
    "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'hlstats_Options'",
    [],
  )
  return found.length > 0
}

interface ExistingTable {
  readonly name: string
  readonly engine: string
  readonly collation: string
}

/** Instead of creating the baseline's tables: makes the missing ones, and the others transactional. Rows are kept. */
export async function takeOver(session: SqlSession, baseline: MigrationFile): Promise<void> {
  const existing = await session.query<ExistingTable>(
    `SELECT table_name AS name, engine AS engine, table_collation AS collation FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'`,
    [],
  )
  const tables = new Map(existing.map((table) => [table.name, table]))
  const creations = statementsOf(baseline.sql).map(readCreation)
  await requireColumns(
    session,
    creations.filter(({ table }) => tables.has(table)),
  )
  for (const { sql, table } of creations) {
    const found = tables.get(table)
    if (found === undefined) await session.execute(sql, [])
    else await convert(session, found)
  }
}

async function convert(session: SqlSession, { name, engine, collation }: ExistingTable): Promise<void> {
  const changes = [
    ...(engine === 'InnoDB' ? [] : ['ENGINE = InnoDB']),
    ...(collation === COLLATION ? [] : [`CONVERT TO CHARACTER SET utf8mb4 COLLATE ${COLLATION}`]),
  ]
  if (changes.length > 0) await session.execute(`ALTER TABLE ${quoted(name)} ${changes.join(', ')}`, [])
}

async function requireColumns(session: SqlSession, creations: readonly Creation[]): Promise<void> {
  const rows = await session.query<{ name: string }>(
    `SELECT CONCAT(table_name, '.', column_name) AS name FROM information_schema.columns
     WHERE table_schema = DATABASE()`,
    [],
  )
  const existing = new Set(rows.map(({ name }) => name))
  const missing = creations
    .flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`))
    .filter((name) => !existing.has(name))
  if (missing.length === 0) return
  throw new StatsError(
    'DB_SCHEMA',
    `this HLstatsX:CE database lacks ${missing.join(', ')}: upgrade it to database version 91 first`,
  )
}

interface Creation {
  readonly sql: string
  readonly table: string
  readonly columns: readonly string[]
}

function readCreation(sql: string): Creation {
  const table = /^CREATE TABLE `([^`]+)`/.exec(sql)?.[1]
  if (table === undefined) throw new Error('the baseline may only create tables')
  const columns = [...sql.matchAll(/^\s+`([^`]+)`/gm)].map(([, column = '']) => column)
  return { sql, table, columns }
}
