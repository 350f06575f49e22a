import type { KeyedRow } from './pending-writes.ts'
import type { SqlValue } from './sql-value.ts'
import type { KeyedRead, Statement } from './statements.ts'

/** How one kind of server wants the statements of units of work, and what it calls things otherwise. */
export interface Dialect {
  readonly provider: 'mysql' | 'sqlite'
  /** One multi-row INSERT. */
  insert(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Statement
  /** Inserts rows that were missing a moment ago; one that somebody else made meanwhile stays as it is. */
  insertMissing(table: string, keyName: string, rows: readonly KeyedRow[]): readonly Statement[]
  /** Rows by their keys, read and locked in the keys' order. */
  select(read: KeyedRead): Statement
  /** One UPDATE for rows that are changed in different ways. */
  update(table: string, keyName: string, rows: readonly KeyedRow[]): Statement
  /** The first number that the last INSERT of `?` rows gave, as `id`, and how far the others are apart, as `step`. */
  readonly firstInserted: string
  /** The columns of the table `?`: `name`, `key` (PRI where it is in the primary key) and `extra` (auto_increment). */
  readonly columnsOf: string
  /** Begins a transaction whose reads all see one moment. */
  readonly snapshot: readonly string[]
  /** A statement of ours as this server writes it. */
  sql(text: string): string
  /** A parameter as this server's driver takes it. */
  parameter(value: SqlValue): SqlValue
}
