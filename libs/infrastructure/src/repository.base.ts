import { currentUnit, type Database, type SqlRow, type SqlValue, type UnitOfWork } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import { requireColumns, TableDescriptions } from './table-descriptions.ts'

/**
 * The tables of one concern. Inside a unit of work every call uses its connection and sees its writes; `insertLater`,
 * `increment`, `assign`, `raise` and `upsert` only collect there, and a batch becomes few statements.
 */
export abstract class BaseRepository {
  protected readonly database: Database
  readonly #tables: TableDescriptions

  constructor(database: Database) {
    this.database = database
    this.#tables = new TableDescriptions(database)
  }

  protected query<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return this.database.query<Row>(sql, params)
  }

  /** The first row, or null. */
  protected async queryOne<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row | null> {
    const [row] = await this.query<Row>(sql, params)
    return row ?? null
  }

  /** Inserts at once and returns the row as the database has it, with its number and its defaults. */
  protected insert<Row>(table: string, data: object): Promise<Row> {
    const values = definedValues(table, data)
    return this.transaction(async () => {
      const description = await this.#tables.named(table)
      requireColumns(table, description, [...values.keys()])
      const columns = [...values.keys()].map(quoted).join(', ')
      const marks = [...values.keys()].map(() => '?').join(', ')
      const statement = `INSERT INTO ${quoted(table)} (${columns}) VALUES (${marks})`
      // Asked in one go: the unit's connection takes them in this order, so no other insert can come between.
      const [, last] = await Promise.all([
        this.database.execute(statement, [...values.values()]),
        this.database.query<{ id: number }>('SELECT LAST_INSERT_ID() AS id'),
      ])
      const { primaryKey, autoIncrement } = description
      const key = primaryKey.map((column) =>
        column === autoIncrement ? values.get(column) || (last[0]?.id ?? null) : (values.get(column) ?? null),
      )
      const found = primaryKey.map((column) => `${quoted(column)} <=> ?`).join(' AND ')
      const row = await this.queryOne<Row>(`SELECT * FROM ${quoted(table)} WHERE ${found || 'FALSE'}`, key)
      if (row === null) {
        throw new StatsError(
          'DB_QUERY',
          `a row inserted into "${table}" is not found by (${primaryKey.join(', ')})`,
        )
      }
      return row
    })
  }

  /** Updates at once the rows that equal `where` in all its columns, and returns how many they are. */
  protected async update(table: string, where: object, updates: object): Promise<number> {
    const [wanted, values] = [definedValues(table, where), definedValues(table, updates)]
    if (wanted.size === 0) throw new StatsError('DB_QUERY', `an update of "${table}" names no rows`)
    requireColumns(table, await this.#tables.named(table), [...wanted.keys(), ...values.keys()])
    if (values.size === 0) return 0
    const set = [...values.keys()].map((column) => `${quoted(column)} = ?`).join(', ')
    const equal = [...wanted.keys()].map((column) => `${quoted(column)} <=> ?`).join(' AND ')
    return this.database.execute(`UPDATE ${quoted(table)} SET ${set} WHERE ${equal}`, [
      ...values.values(),
      ...wanted.values(),
    ])
  }

  /** All of `work` or none of it; inside a unit of work or another transaction it becomes part of that. */
  protected transaction<T>(work: () => Promise<T>): Promise<T> {
    return this.database.transaction(work)
  }

  /** Collects a row that nobody needs back. */
  protected insertLater(table: string, row: SqlRow): void {
    unitFor(table).insertLater(table, row)
  }

  /** Collects additions to a row that exists; unsigned columns stop at zero. */
  protected increment(table: string, key: SqlRow, deltas: Readonly<Record<string, number>>): void {
    unitFor(table).increment(table, key, deltas)
  }

  /** Collects values for a row that exists; the last one wins. */
  protected assign(table: string, key: SqlRow, values: SqlRow): void {
    unitFor(table).assign(table, key, values)
  }

  /** Collects values that columns of an existing row are raised to, if they are less. */
  protected raise(table: string, key: SqlRow, values: Readonly<Record<string, number | string>>): void {
    unitFor(table).raise(table, key, values)
  }

  /** Collects additions to a row that is made from `initial` where it is missing. */
  protected upsert(
    table: string,
    key: SqlRow,
    deltas: Readonly<Record<string, number>>,
    initial: SqlRow = {},
  ): void {
    unitFor(table).upsert(table, key, deltas, initial)
  }
}

function unitFor(table: string): UnitOfWork {
  const unit = currentUnit()
  if (unit === undefined) {
    throw new StatsError('DB_NO_UNIT', `a write to "${table}" was collected outside a unit of work`)
  }
  return unit
}

function definedValues(table: string, data: object): Map<string, SqlValue> {
  const values = new Map<string, SqlValue>()
  for (const [column, value] of Object.entries(data)) {
    if (value === undefined) continue
    if (!isSqlValue(value)) {
      throw new StatsError(
        'DB_CONSTRAINT',
        `the value for ${table}.${column} is no text, number, boolean, moment or null`,
      )
    }
    values.set(column, value)
  }
  return values
}

function isSqlValue(value: unknown): value is SqlValue {
  return (
    value === null ||
    value instanceof Date ||
    ['string', 'number', 'bigint', 'boolean'].includes(typeof value)
  )
}

function quoted(identifier: string): string {
  return `\`${identifier.replaceAll('`', '``')}\``
}
