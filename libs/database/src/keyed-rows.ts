import { columnNamed, tableNamed, uniqueKeyOf } from './catalogue.ts'
import type { Database } from './database.ts'
import { byRank, identityOf } from './row-identity.ts'
import type { SqlRow, SqlValue } from './sql-value.ts'

export interface RowsByKey {
  readonly table: string
  /** All with the columns of one unique key of the table. */
  readonly keys: readonly SqlRow[]
  readonly columns: readonly string[]
  /** Locks the rows, in key order, so that two batches that want the same rows never wait for each other in a circle. */
  readonly lock?: boolean
}

/** Reads many rows by a unique key in one statement; the answer is in key order, rows that do not exist are left out. */
export async function rowsByKey<Row>(database: Database, request: RowsByKey): Promise<Row[]> {
  const { table, keys, columns, lock = false } = request
  const [first] = keys
  if (first === undefined) return []
  const keyName = uniqueKeyOf(table, Object.keys(first))
  const keyColumns = tableNamed(table).keys[keyName] ?? []
  for (const column of columns) columnNamed(table, column)
  const distinct = new Map(keys.map((key) => [identityOf(table, keyColumns, key).text, key]))
  const sorted = [...distinct.values()]
    .map((key) => ({
      values: keyColumns.map((column): SqlValue => key[column] ?? null),
      ...identityOf(table, keyColumns, key),
    }))
    .sort(byRank)
  const { sql, params } = database.dialect.select({
    table,
    keyName,
    keys: sorted.map(({ values }) => values),
    columns,
    lock,
  })
  return database.query<Row>(sql, params)
}
