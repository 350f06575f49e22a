import { chunks, type StatementLimits } from './chunks.ts'
import type { Dialect } from './dialect.ts'
import type { KeyedRow, WriteSegment } from './pending-writes.ts'
import { byRank } from './row-identity.ts'
import type { SqlValue } from './sql-value.ts'
import type { Statement } from './statements.ts'
import { inWriteOrder } from './table-order.ts'

/** The connection that collected writes go to. */
export interface FlushSession {
  readonly dialect: Dialect
  query<Row>(sql: string, params: readonly SqlValue[]): Promise<Row[]>
  execute(sql: string, params: readonly SqlValue[]): Promise<number>
  /** What one statement may hold on this server. */
  limits(): Promise<StatementLimits>
}

/** Writes collected segments: tables in one fixed order, rows of each in key order, in few statements. */
export async function flushSegments(session: FlushSession, segments: readonly WriteSegment[]): Promise<void> {
  if (segments.length === 0) return
  const limits = await session.limits()
  for (const segment of inWriteOrder(segments, ({ table }) => table)) {
    await insertRows(session, segment, limits)
    await changeRows(session, segment, limits)
  }
}

async function insertRows(
  session: FlushSession,
  segment: WriteSegment,
  limits: StatementLimits,
): Promise<void> {
  for (const { columns, rows } of segment.inserts.values()) {
    for (const part of chunks(rows, limits, insertSize)) {
      await run(session, session.dialect.insert(segment.table, columns, part))
    }
  }
}

async function changeRows(
  session: FlushSession,
  segment: WriteSegment,
  limits: StatementLimits,
): Promise<void> {
  const { table, keyName, keyed } = segment
  if (keyName === undefined) return
  const rows = [...keyed.values()].sort(byRank)
  const wanted = rows.filter((row) => row.initial !== undefined)
  for (const part of chunks(wanted, limits, changeSize))
    await makeMissing(session, { table, keyName, rows: part, limits })
  const changed = rows.filter((row) => row.changes.size > 0)
  for (const part of chunks(changed, limits, changeSize))
    await run(session, session.dialect.update(table, keyName, part))
}

interface WantedRows {
  readonly table: string
  readonly keyName: string
  readonly rows: readonly KeyedRow[]
  readonly limits: StatementLimits
}

// Asks first: INSERT … ON DUPLICATE KEY takes an auto-increment number for every row that exists already, and a table
// that is hit a hundred times a second would run out of numbers within a year.
async function makeMissing(
  session: FlushSession,
  { table, keyName, rows, limits }: WantedRows,
): Promise<void> {
  const { sql, params } = session.dialect.select({
    table,
    keyName,
    keys: rows.map((row) => row.key),
    lock: true,
  })
  const found = await session.query<{ position: number }>(sql, params)
  const positions = new Set(found.map(({ position }) => position))
  const missing = rows.filter((_, index) => !positions.has(index + 1))
  for (const part of chunks(missing, limits, changeSize)) {
    for (const statement of session.dialect.insertMissing(table, keyName, part)) await run(session, statement)
  }
}

function run(session: FlushSession, { sql, params }: Statement): Promise<number> {
  return session.execute(sql, params)
}

function insertSize(row: readonly SqlValue[]) {
  return { placeholders: row.length, bytes: row.reduce<number>((sum, value) => sum + byteSize(value), 2) }
}

function changeSize(row: KeyedRow) {
  const values = [...row.key, ...Object.values(row.initial ?? {})]
  const changed = [...row.changes.values()].map((change) =>
    change.kind === 'shift' ? change.sum : change.value,
  )
  const bytes = [...values, ...changed].reduce<number>((sum, value) => sum + byteSize(value) + 20, 4)
  return { placeholders: values.length + changed.length, bytes }
}

// As it stands in the text of a statement, if every second character needs an escape.
function byteSize(value: SqlValue): number {
  return typeof value === 'string' ? Buffer.byteLength(value) * 2 + 4 : 26
}
