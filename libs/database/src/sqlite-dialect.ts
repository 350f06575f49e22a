import { StatsError } from '@hlstats/errors'
import { quoted, tableNamed } from './catalogue.ts'
import type { Dialect } from './dialect.ts'
import { keyOf } from './key-of.ts'
import type { KeyedRow } from './pending-writes.ts'
import type { SqlValue } from './sql-value.ts'
import { sqliteText } from './sqlite-text.ts'
import {
  changeExpression,
  type DerivedColumn,
  firstValues,
  type JsonValue,
  jsonRows,
  jsonValue,
  type KeyedRead,
  keyColumnsOf,
  type Statement,
} from './statements.ts'

/** SQLite, for one writing process: no row locks, and the comparison keys of texts in columns of their own. */
export const sqliteDialect: Dialect = {
  provider: 'sqlite',
  insert,
  insertMissing,
  select,
  update,
  // SQLite tells the last number.
  firstInserted: 'SELECT last_insert_rowid() - ? + 1 AS id, 1 AS step',
  columnsOf:
    "SELECT name, CASE WHEN pk > 0 THEN 'PRI' ELSE '' END AS `key`, " +
    "CASE WHEN pk > 0 AND type = 'INTEGER' AND MAX(pk) OVER () = 1 THEN 'auto_increment' ELSE '' END AS extra " +
    'FROM pragma_table_info(?) ORDER BY cid',
  // The first read makes it one.
  snapshot: ['BEGIN'],
  sql: sqliteText,
  parameter,
}

function insert(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
): Statement {
  const folded = foldedIn(table, columns)
  const names = [...columns, ...folded.map(({ name }) => name)]
  const tuple = `(${names.map(() => '?').join(', ')})`
  return {
    sql: `INSERT INTO ${quoted(table)} (${names.map(quoted).join(', ')}) VALUES ${rows.map(() => tuple).join(', ')}`,
    params: rows.flatMap((row) => [...row, ...folded.map(({ index }) => foldedKey(row[index] ?? null))]),
  }
}

// A value that a row does not name cannot be written as DEFAULT here: rows that name the same columns go together.
function insertMissing(table: string, keyName: string, rows: readonly KeyedRow[]): Statement[] {
  const complete = rows.map((row) => firstValues(keyColumnsOf(table, keyName), row))
  const groups = Map.groupBy(complete, (row) => [...row.keys()].join())
  return [...groups.values()].map((group) => {
    const columns = [...(group[0]?.keys() ?? [])]
    const { sql, params } = insert(
      table,
      columns,
      group.map((row) => columns.map((column) => row.get(column) ?? null)),
    )
    return { sql: `${sql} ON CONFLICT DO NOTHING`, params }
  })
}

// CROSS JOIN: the wanted keys are the outer loop, so the answer is in their order.
function select({ table, keyName, keys, columns = [] }: KeyedRead): Statement {
  const derived = keyColumns(table, keyName, keys)
  const selection = ['d.position', ...columns.map((column) => `t.${quoted(column)}`)].join(', ')
  return {
    sql: `SELECT ${selection} FROM ${derivedTable(derived)} CROSS JOIN ${quoted(table)} t ON ${matching(table, keyName)}`,
    params: [jsonRows(derived, keys.length)],
  }
}

function update(table: string, keyName: string, rows: readonly KeyedRow[]): Statement {
  const derived = keyColumns(
    table,
    keyName,
    rows.map((row) => row.key),
  )
  const columns = [...new Set(rows.flatMap((row) => [...row.changes.keys()]))]
  const [folded] = foldedIn(table, columns)
  if (folded !== undefined) {
    throw new StatsError('DB_UNKNOWN_IDENTIFIER', `${table}.${columns[folded.index]} is part of a key`)
  }
  const assignments = columns.map((column, index) => {
    const changes = rows.map((row) => row.changes.get(column))
    const { expression, needs } = changeExpression({ table, column, prefix: `c${index}`, changes })
    derived.push(...needs)
    return `${quoted(column)} = ${expression}`
  })
  return {
    sql:
      `UPDATE ${quoted(table)} AS t SET ${assignments.join(', ')} ` +
      `FROM ${derivedTable(derived)} WHERE ${matching(table, keyName)}`,
    params: [jsonRows(derived, rows.length)],
  }
}

function parameter(value: SqlValue): SqlValue {
  if (value instanceof Date) return jsonValue(value)
  return typeof value === 'string' ? value.toWellFormed() : value
}

function keyColumns(table: string, keyName: string, keys: readonly (readonly SqlValue[])[]): DerivedColumn[] {
  const columns = keyColumnsOf(table, keyName)
  const folded = new Set(foldedIn(table, columns).map(({ index }) => index))
  return columns.map((_, index) => ({
    name: `k${index}`,
    type: '',
    values: keys.map((key): JsonValue => {
      const value = key[index] ?? null
      return folded.has(index) ? foldedKey(value) : jsonValue(value)
    }),
  }))
}

function matching(table: string, keyName: string): string {
  const columns = keyColumnsOf(table, keyName)
  const folded = new Map(foldedIn(table, columns).map(({ index, name }) => [index, name]))
  return columns
    .map((column, index) => `t.${quoted(folded.get(index) ?? column)} = d.k${index}`)
    .join(' AND ')
}

function derivedTable(columns: readonly DerivedColumn[]): string {
  const values = columns.map(({ name }, index) => `json_extract(value, '$[${index}]') AS ${name}`)
  return `(SELECT key + 1 AS position, ${values.join(', ')} FROM json_each(?)) d`
}

function foldedIn(table: string, columns: readonly string[]) {
  const { folded = [] } = tableNamed(table)
  return columns.flatMap((column, index) =>
    folded.includes(column) ? [{ index, name: `${column}_key` }] : [],
  )
}

// In hexadecimal: weights are 16-bit numbers, not all of them characters.
function foldedKey(value: SqlValue): string {
  return Buffer.from(keyOf(String(value)), 'utf16le')
    .swap16()
    .toString('hex')
}
