import { columnNamed, quoted, tableNamed } from './catalogue.ts'
import { type Change, hasBindingFloor } from './column-change.ts'
import type { KeyedRow } from './pending-writes.ts'
import type { SqlValue } from './sql-value.ts'

export interface Statement {
  readonly sql: string
  readonly params: readonly SqlValue[]
}

export type JsonValue = string | number | null

/** A column of the derived table that a statement joins: its SQL type and its value in each row. */
export interface DerivedColumn {
  readonly name: string
  readonly type: string
  readonly values: readonly JsonValue[]
}

/** One multi-row INSERT. */
export function insertStatement(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
): Statement {
  const tuple = `(${columns.map(() => '?').join(', ')})`
  return {
    sql: `INSERT INTO ${quoted(table)} (${columns.map(quoted).join(', ')}) VALUES ${rows.map(() => tuple).join(', ')}`,
    params: rows.flat(),
  }
}

/** Inserts rows that were missing a moment ago; one that somebody else made meanwhile stays as it is. */
export function insertMissingStatement(table: string, keyName: string, rows: readonly KeyedRow[]): Statement {
  const keyColumns = keyColumnsOf(table, keyName)
  const complete = rows.map((row) => firstValues(keyColumns, row))
  const columns = [...new Set(complete.flatMap((row) => [...row.keys()]))]
  const params: SqlValue[] = []
  const tuples = complete.map((row) => {
    const marks = columns.map((column) => {
      const value = row.get(column)
      if (value === undefined) return 'DEFAULT'
      params.push(value)
      return '?'
    })
    return `(${marks.join(', ')})`
  })
  const unchanged = quoted(keyColumns[0] ?? '')
  return {
    sql:
      `INSERT INTO ${quoted(table)} (${columns.map(quoted).join(', ')}) VALUES ${tuples.join(', ')} ` +
      `ON DUPLICATE KEY UPDATE ${unchanged} = ${quoted(table)}.${unchanged}`,
    params,
  }
}

/** Rows to read by a unique key: the values of each key in the key's column order, sorted as the index is. */
export interface KeyedRead {
  readonly table: string
  readonly keyName: string
  readonly keys: readonly (readonly SqlValue[])[]
  readonly columns?: readonly string[]
  readonly lock: boolean
}

/** Rows by their keys, read and locked in the keys' order; `position` is that of the key, counted from 1. */
export function selectStatement({ table, keyName, keys, columns = [], lock }: KeyedRead): Statement {
  const derived = keyColumns(table, keyName, keys)
  const selection = ['d.`position`', ...columns.map((column) => `t.${quoted(column)}`)].join(', ')
  return {
    sql:
      `SELECT ${selection} FROM ${derivedTable(derived)} STRAIGHT_JOIN ${joined(table, keyName)}` +
      (lock ? ' FOR UPDATE' : ''),
    params: [jsonRows(derived, keys.length)],
  }
}

/**
 * One UPDATE for rows that are changed in different ways. It joins the rows to change, passed as one JSON parameter, so
 * its text depends on the columns only, not on the number of rows; what was deleted meanwhile is not made again.
 */
export function updateStatement(table: string, keyName: string, rows: readonly KeyedRow[]): Statement {
  const derived = keyColumns(
    table,
    keyName,
    rows.map((row) => row.key),
  )
  const columns = [...new Set(rows.flatMap((row) => [...row.changes.keys()]))]
  const assignments = columns.map((column) => {
    const changes = rows.map((row) => row.changes.get(column))
    const prefix = `c${columns.indexOf(column)}`
    const { expression, needs } = changeExpression({ table, column, prefix, changes })
    derived.push(...needs)
    return `t.${quoted(column)} = ${expression}`
  })
  return {
    // STRAIGHT_JOIN: the joined rows come first, in key order, and so do their locks.
    sql: `UPDATE ${derivedTable(derived)} STRAIGHT_JOIN ${joined(table, keyName)} SET ${assignments.join(', ')}`,
    params: [jsonRows(derived, rows.length)],
  }
}

interface ColumnChanges {
  readonly table: string
  readonly column: string
  readonly prefix: string
  readonly changes: readonly (Change | undefined)[]
}

interface Expression {
  readonly expression: string
  readonly needs: readonly DerivedColumn[]
}

export function changeExpression(column: ColumnChanges): Expression {
  const { kind } = columnNamed(column.table, column.column)
  const { prefix, changes } = column
  if (changes.every((change) => change?.kind === 'set')) {
    const values = changes.map((change) => (change?.kind === 'set' ? jsonValue(change.value) : null))
    return { expression: `d.${prefix}`, needs: [{ name: prefix, type: valueType(kind), values }] }
  }
  return kind === 'text' || kind === 'moment' ? textExpression(column) : numberExpression(column)
}

// How: 0 leave, 1 set, 2 raise.
function textExpression({ column, prefix, changes }: ColumnChanges): Expression {
  const current = `t.${quoted(column)}`
  const value = `d.${prefix}`
  const how = changes.map((change) => (change === undefined ? 0 : change.kind === 'set' ? 1 : 2))
  const values = changes.map((change) =>
    change === undefined || change.kind === 'shift' ? null : jsonValue(change.value),
  )
  return {
    expression:
      `CASE d.${prefix}_how WHEN 0 THEN ${current} WHEN 1 THEN ${value} ` +
      `ELSE GREATEST(COALESCE(${current}, ${value}), ${value}) END`,
    needs: [
      { name: `${prefix}_how`, type: 'TINYINT', values: how },
      { name: prefix, type: 'LONGTEXT', values },
    ],
  }
}

// Below every value that a column can hold and that is passed exactly.
const NO_FLOOR = Number.MIN_SAFE_INTEGER

function numberExpression({ table, column, prefix, changes }: ColumnChanges): Expression {
  const definition = columnNamed(table, column)
  const { kind } = definition
  const type = valueType(kind)
  const current = `t.${quoted(column)}`
  const sums = changes.map((change) => {
    if (change === undefined) return 0
    return change.kind === 'shift' ? change.sum : null
  })
  const floors = changes.map((change) => {
    if (change === undefined || change.kind === 'max') return NO_FLOOR
    return change.kind === 'shift' ? (change.floor ?? NO_FLOOR) : jsonValue(change.value)
  })
  const sum: DerivedColumn = { name: prefix, type, values: sums }
  const floor: DerivedColumn = { name: `${prefix}_floor`, type, values: floors }
  const plain = changes.every(
    (change) =>
      change === undefined || (change.kind === 'shift' && !hasBindingFloor(change, kind === 'unsigned')),
  )
  const upToMost = (expression: string) => atMost(definition.type, expression)
  if (plain) return { expression: upToMost(`${current} + d.${prefix}`), needs: [sum] }
  // Signed arithmetic: the server refuses an unsigned subtraction below zero instead of going on to GREATEST.
  const signed = kind === 'unsigned' ? `CAST(${current} AS SIGNED)` : current
  const shifted = upToMost(`GREATEST(d.${prefix}_floor, ${signed} + d.${prefix})`)
  const expression = sums.includes(null) ? `IF(d.${prefix} IS NULL, d.${prefix}_floor, ${shifted})` : shifted
  return { expression, needs: [sum, floor] }
}

const BITS: Readonly<Record<string, number>> = { TINYINT: 8, SMALLINT: 16, MEDIUMINT: 24, INT: 32 }

// A counter that is full stays full: refused, every further event of its player would be parked.
function atMost(type: string, expression: string): string {
  const [word = ''] = type.split(/[ (]/)
  const bits = BITS[word]
  if (bits === undefined) return expression
  return `LEAST(${2 ** (type.endsWith('UNSIGNED') ? bits : bits - 1) - 1}, ${expression})`
}

// Texts and moments go in wide, so that the column itself refuses what does not fit it.
function valueType(kind: string): string {
  if (kind === 'text' || kind === 'moment') return 'LONGTEXT'
  return kind === 'number' ? 'DOUBLE' : 'BIGINT'
}

export function keyColumnsOf(table: string, keyName: string): readonly string[] {
  return tableNamed(table).keys[keyName] ?? []
}

function keyColumns(table: string, keyName: string, keys: readonly (readonly SqlValue[])[]): DerivedColumn[] {
  return keyColumnsOf(table, keyName).map((column, index) => {
    const { kind, type } = columnNamed(table, column)
    const numeric = kind !== 'text' && kind !== 'moment'
    return {
      name: `k${index}`,
      type: numeric ? valueType(kind) : type,
      values: keys.map((key) => jsonValue(key[index] ?? null)),
    }
  })
}

// A fresh row starts from its initial values; sums and raises follow in the UPDATE, sets would be overwritten anyway.
export function firstValues(keyColumns: readonly string[], row: KeyedRow): Map<string, SqlValue> {
  const values = new Map<string, SqlValue>(
    keyColumns.map((column, index) => [column, row.key[index] ?? null]),
  )
  for (const [column, change] of row.changes) values.set(column, change.kind === 'shift' ? 0 : change.value)
  for (const [column, value] of Object.entries(row.initial ?? {})) values.set(column, value)
  return values
}

function joined(table: string, keyName: string): string {
  const on = keyColumnsOf(table, keyName).map((column, index) => `t.${quoted(column)} = d.k${index}`)
  return `${quoted(table)} t FORCE INDEX (${quoted(keyName)}) ON ${on.join(' AND ')}`
}

function derivedTable(columns: readonly DerivedColumn[]): string {
  const definitions = columns.map(({ name, type }, index) => {
    // Without its own collation a text takes the connection's, and may not compare with the column.
    const collation = /CHAR|TEXT/.test(type) ? ' CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci' : ''
    return `${name} ${type}${collation} PATH '$[${index}]' ERROR ON ERROR`
  })
  return `JSON_TABLE(?, '$[*]' COLUMNS (\`position\` FOR ORDINALITY, ${definitions.join(', ')})) d`
}

export function jsonRows(columns: readonly DerivedColumn[], rows: number): string {
  return JSON.stringify(
    Array.from({ length: rows }, (_, row) => columns.map(({ values }) => values[row] ?? null)),
  )
}

export function jsonValue(value: SqlValue): JsonValue {
  if (value === null || typeof value === 'number') return value
  if (typeof value === 'boolean') return Number(value)
  if (value instanceof Date) return value.toISOString().slice(0, 23).replace('T', ' ')
  // Half of a surrogate pair is not Unicode: the server's JSON parser would refuse the whole statement.
  return String(value).toWellFormed()
}
