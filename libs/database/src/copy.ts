import { StatsError } from '@hlstats/errors'
import { quoted, tableNamed, tableNames } from './catalogue.ts'
import type { Database } from './database.ts'
import { assertSchema, migrate } from './migrate.ts'
import type { SqlValue } from './sql-value.ts'

/** Rows by table, of the tables that have any. */
export type CopyReport = ReadonlyMap<string, number>

type Row = Record<string, SqlValue> & { readonly rowid: number }

const CHUNK_ROWS = 1_000
// In the target while a copy runs: one that broke off is begun again, anything else is not touched.
const MARK = 'copy'

/**
 * Copies everything of a SQLite file into an empty server database, ids and positions included, and compares the number of
 * rows and the sum of every whole-number column on both sides.
 */
export async function copyDatabase(from: Database, to: Database): Promise<CopyReport> {
  if (from.dialect.provider !== 'sqlite' || to.dialect.provider !== 'mysql') {
    throw new StatsError('INPUT_INVALID', 'a copy goes from sqlite:… to mysql://…')
  }
  await assertSchema(from)
  await migrate(to)
  await requireEmpty(to)
  await to.execute(
    'INSERT INTO hlstats_System (name, value) VALUES (?, ?) ON DUPLICATE KEY UPDATE value = value',
    [MARK, 'running'],
  )
  const tables = tableNames()
  for (const table of tables) await copyTable(from, to, table)
  const copied = new Map<string, number>()
  for (const table of tables) {
    const rows = await compareTable(from, to, table)
    if (rows > 0) copied.set(table, rows)
  }
  await to.execute('DELETE FROM hlstats_System WHERE name = ?', [MARK])
  return copied
}

async function requireEmpty(to: Database): Promise<void> {
  const [mark] = await to.query('SELECT name FROM hlstats_System WHERE name = ?', [MARK])
  if (mark !== undefined) return
  for (const table of ['hlstats_Players', 'hlstats_Servers', 'hlstats_Stream_Positions']) {
    const [found] = await to.query(`SELECT 1 FROM ${table} LIMIT 1`)
    if (found === undefined) continue
    throw new StatsError(
      'INPUT_INVALID',
      `the target has rows in ${table} already: name a database that nobody counts into`,
    )
  }
}

async function copyTable(from: Database, to: Database, table: string): Promise<void> {
  const kept = table === 'hlstats_System' ? ' WHERE name <> ?' : ''
  await to.execute(`DELETE FROM ${quoted(table)}${kept}`, kept === '' ? [] : [MARK])
  const { columns } = tableNamed(table)
  const names = Object.keys(columns)
  // Moments as they are stored: nothing is gained by making dates of them.
  const selection = names.map((name) =>
    columns[name]?.kind === 'moment' ? `CAST(${quoted(name)} AS TEXT) AS ${quoted(name)}` : quoted(name),
  )
  let last = 0
  for (;;) {
    const rows = await from.query<Row>(
      `SELECT rowid AS rowid, ${selection.join(', ')} FROM ${quoted(table)} WHERE rowid > ? ORDER BY rowid LIMIT ?`,
      [last, CHUNK_ROWS],
    )
    const newest = rows.at(-1)
    if (newest === undefined) return
    last = newest.rowid
    const values = rows.map((row) => names.map((name) => stored(row[name] ?? null, columns[name]?.kind)))
    const { sql, params } = to.dialect.insert(table, names, values)
    await to.execute(sql, params)
  }
}

// Prisma writes moments with a zone, which is always UTC.
function stored(value: SqlValue, kind: string | undefined): SqlValue {
  if (kind !== 'moment' || typeof value !== 'string') return value
  return value.replace('T', ' ').replace(/(Z|\+00:00)$/, '')
}

async function compareTable(from: Database, to: Database, table: string): Promise<number> {
  const sums = Object.entries(tableNamed(table).columns)
    .filter(([, { kind }]) => kind === 'integer' || kind === 'unsigned')
    .map(([name]) => `SUM(${quoted(name)}) AS ${quoted(`sum of ${name}`)}`)
  const sql = `SELECT ${['COUNT(*) AS `rows`', ...sums].join(', ')} FROM ${quoted(table)}`
  const where = table === 'hlstats_System' ? ` WHERE name <> '${MARK}'` : ''
  const [[source = {}], [target = {}]] = await Promise.all([
    from.query<Record<string, number>>(sql + where),
    to.query<Record<string, number>>(sql + where),
  ])
  const different = Object.keys(source).filter((name) => Number(source[name]) !== Number(target[name]))
  if (different.length > 0) {
    const parts = different.map((name) => `${name} ${source[name]} against ${target[name]}`)
    throw new StatsError(
      'INPUT_INVALID',
      `${table} differs after the copy (${parts.join(', ')}): stop standalone and its game servers' logs, then copy again`,
    )
  }
  return Number(source.rows)
}
