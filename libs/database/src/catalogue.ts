import { StatsError } from '@hlstats/errors'
import { TABLES } from './generated/tables.ts'

/** How a column's values are computed with and compared. */
type ColumnKind = 'unsigned' | 'integer' | 'number' | 'text' | 'moment'

export interface ColumnDefinition {
  readonly kind: ColumnKind
  /** As the server writes it: `INT UNSIGNED`, `VARCHAR(64)`. */
  readonly type: string
  readonly nullable: boolean
}

export interface TableDefinition {
  readonly model: string
  readonly columns: Readonly<Record<string, ColumnDefinition>>
  /** Unique keys by index name; the primary key is PRIMARY. */
  readonly keys: Readonly<Record<string, readonly string[]>>
  readonly autoIncrement?: string
  /** Texts whose comparison key SQLite keeps in a column of its own, `<column>_key`. */
  readonly folded?: readonly string[]
}

// Asked for each value that is collected: a map answers many times faster than an object of a hundred tables.
const TABLE_OF_NAME = new Map(Object.entries(TABLES))
const COLUMNS_OF_TABLE = new Map(
  Object.entries(TABLES).map(([name, { columns }]) => [name, new Map(Object.entries(columns))]),
)
const TABLE_OF_MODEL = new Map(Object.entries(TABLES).map(([name, { model }]) => [model, name]))

/** The definition of a table of the schema; a name it does not have never reaches a statement. */
export function tableNamed(table: string): TableDefinition {
  const found = TABLE_OF_NAME.get(table)
  if (found === undefined) throw unknown(`table "${table}" is not in prisma/schema.prisma`)
  return found
}

/** The definition of a column of the schema. */
export function columnNamed(table: string, column: string): ColumnDefinition {
  const found = COLUMNS_OF_TABLE.get(table)?.get(column)
  if (found !== undefined) return found
  tableNamed(table)
  throw unknown(`table "${table}" has no column "${column}"`)
}

/** The unique key made of exactly these columns: rows are only ever changed by such a key. */
export function uniqueKeyOf(table: string, columns: readonly string[]): string {
  for (const column of columns) columnNamed(table, column)
  const { keys } = tableNamed(table)
  for (const [name, members] of Object.entries(keys)) {
    if (members.length === columns.length && members.every((member) => columns.includes(member))) return name
  }
  throw unknown(`table "${table}" has no unique key of (${columns.join(', ')})`)
}

/** The table behind a Prisma model. */
export function tableOfModel(model: string): string | undefined {
  return TABLE_OF_MODEL.get(model)
}

/** The names of all tables of the schema. */
export function tableNames(): readonly string[] {
  return Object.keys(TABLES)
}

/** An identifier that was checked before, quoted. */
export function quoted(identifier: string): string {
  return `\`${identifier}\``
}

function unknown(message: string): StatsError {
  return new StatsError('DB_UNKNOWN_IDENTIFIER', message)
}
