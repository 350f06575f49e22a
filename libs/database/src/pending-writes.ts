import { StatsError } from '@hlstats/errors'
import { columnNamed, tableNamed, uniqueKeyOf } from './catalogue.ts'
import { addTo, type Change, raiseNumber, raiseText } from './column-change.ts'
import { identityOf } from './row-identity.ts'
import type { SqlRow, SqlValue } from './sql-value.ts'

/** Collected changes of one row, found by a unique key. */
export interface KeyedRow {
  /** The values of the key, in the key's column order. */
  readonly key: readonly SqlValue[]
  /** Orders rows as the index does. */
  readonly rank: readonly (string | number)[]
  readonly changes: Map<string, Change>
  /** Present when the row is to be made where it is missing. */
  initial?: SqlRow
}

interface InsertGroup {
  readonly columns: readonly string[]
  readonly rows: SqlValue[][]
}

/** Writes of one table that may go in any order among themselves: all inserts first, then all changes. */
export interface WriteSegment {
  readonly table: string
  readonly inserts: Map<string, InsertGroup>
  /** The unique key that the changed rows are found by. */
  keyName?: string
  readonly keyed: Map<string, KeyedRow>
}

/** What a unit of work has collected and not written yet. */
export class PendingWrites {
  readonly #tables = new Map<string, WriteSegment[]>()

  insert(table: string, row: SqlRow): void {
    const columns = Object.keys(row)
    let segment = this.#current(table)
    if (this.#changesRow(segment, row)) segment = this.#next(table)
    const signature = columns.join()
    let group = segment.inserts.get(signature)
    if (group === undefined) {
      for (const column of columns) columnNamed(table, column)
      group = { columns, rows: [] }
      segment.inserts.set(signature, group)
    }
    group.rows.push(Object.values(row))
  }

  increment(table: string, key: SqlRow, deltas: Readonly<Record<string, number>>): void {
    this.#add(table, this.#row(table, key), deltas)
  }

  upsert(table: string, key: SqlRow, deltas: Readonly<Record<string, number>>, initial: SqlRow): void {
    for (const column of Object.keys(initial)) columnNamed(table, column)
    let row = this.#row(table, key)
    // Changes that came before were meant for a row that may not exist: they must not reach the new one.
    if (row.initial === undefined && row.changes.size > 0) {
      this.#next(table)
      row = this.#row(table, key)
    }
    row.initial ??= initial
    this.#add(table, row, deltas)
  }

  assign(table: string, key: SqlRow, values: SqlRow): void {
    const { changes } = this.#row(table, key)
    for (const [column, value] of Object.entries(values)) {
      columnNamed(table, column)
      changes.set(column, { kind: 'set', value: typeof value === 'boolean' ? Number(value) : value })
    }
  }

  raise(table: string, key: SqlRow, values: Readonly<Record<string, number | string>>): void {
    const { changes } = this.#row(table, key)
    for (const [column, value] of Object.entries(values)) {
      if (typeof value === 'string') {
        requireKind(table, column, ['moment'])
        changes.set(column, raiseText(changes.get(column), value))
      } else {
        requireNumber(table, column, value)
        changes.set(column, raiseNumber(changes.get(column), value))
      }
    }
  }

  /** Removes and returns the segments of the tables that `wanted` names, in the order they were collected. */
  take(wanted: (table: string) => boolean): WriteSegment[] {
    const taken = [...this.#tables].filter(([table]) => wanted(table))
    for (const [table] of taken) this.#tables.delete(table)
    return taken.flatMap(([, segments]) => segments)
  }

  #add(table: string, row: KeyedRow, deltas: Readonly<Record<string, number>>): void {
    for (const [column, delta] of Object.entries(deltas)) {
      requireNumber(table, column, delta)
      const unsigned = columnNamed(table, column).kind === 'unsigned'
      row.changes.set(column, addTo(row.changes.get(column), delta, unsigned))
    }
  }

  #row(table: string, key: SqlRow): KeyedRow {
    const keyName = uniqueKeyOf(table, Object.keys(key))
    let segment = this.#current(table)
    if (segment.keyName !== undefined && segment.keyName !== keyName) segment = this.#next(table)
    segment.keyName = keyName
    const columns = tableNamed(table).keys[keyName] ?? []
    const identity = identityOf(table, columns, key)
    let row = segment.keyed.get(identity.text)
    if (row === undefined) {
      row = { key: columns.map((column) => key[column] ?? null), rank: identity.rank, changes: new Map() }
      segment.keyed.set(identity.text, row)
    }
    return row
  }

  #changesRow(segment: WriteSegment, row: SqlRow): boolean {
    const { table, keyName, keyed } = segment
    if (keyName === undefined) return false
    const columns = tableNamed(table).keys[keyName] ?? []
    return columns.every((column) => column in row) && keyed.has(identityOf(table, columns, row).text)
  }

  #current(table: string): WriteSegment {
    return this.#tables.get(table)?.at(-1) ?? this.#next(table)
  }

  #next(table: string): WriteSegment {
    tableNamed(table)
    const segment: WriteSegment = { table, inserts: new Map(), keyed: new Map() }
    const segments = this.#tables.get(table)
    if (segments === undefined) this.#tables.set(table, [segment])
    else segments.push(segment)
    return segment
  }
}

function requireNumber(table: string, column: string, value: number): void {
  requireKind(table, column, ['unsigned', 'integer', 'number'])
  const { kind, nullable } = columnNamed(table, column)
  if (nullable) {
    throw new StatsError(
      'DB_UNKNOWN_IDENTIFIER',
      `${table}.${column} may be NULL: assign it, NULL has no sum`,
    )
  }
  if (kind === 'number' ? !Number.isFinite(value) : !Number.isSafeInteger(value)) {
    throw new StatsError('DB_CONSTRAINT', `${value} is not a whole number for ${table}.${column}`)
  }
}

function requireKind(table: string, column: string, kinds: readonly string[]): void {
  const { kind } = columnNamed(table, column)
  if (kinds.includes(kind)) return
  throw new StatsError(
    'DB_UNKNOWN_IDENTIFIER',
    `${table}.${column} is of kind ${kind}, not ${kinds.join(' or ')}`,
  )
}
