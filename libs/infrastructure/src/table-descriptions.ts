import type { Database } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'

/** What a statement must know of a table: its columns, and how a row is found again. */
export interface TableDescription {
  readonly columns: readonly string[]
  readonly primaryKey: readonly string[]
  readonly autoIncrement: string | undefined
}

interface ColumnRow {
  readonly name: string
  readonly key: string
  readonly extra: string
}

/** Which identifiers may stand in a statement: read from the server, once per table. */
export class TableDescriptions {
  readonly #database: Database
  readonly #read = new Map<string, Promise<TableDescription>>()

  constructor(database: Database) {
    this.#database = database
  }

  named(table: string): Promise<TableDescription> {
    let reading = this.#read.get(table)
    if (reading === undefined) {
      reading = this.#readFromServer(table)
      this.#read.set(table, reading)
      // Only knowledge is kept: the next call asks again for what could not be read.
      reading.catch(() => this.#read.delete(table))
    }
    return reading
  }

  async #readFromServer(table: string): Promise<TableDescription> {
    const rows = await this.#database.query<ColumnRow>(this.#database.dialect.columnsOf, [table])
    if (rows.length === 0) {
      throw new StatsError('DB_UNKNOWN_IDENTIFIER', `the database has no table "${table}"`)
    }
    return {
      columns: rows.map(({ name }) => name),
      primaryKey: rows.filter(({ key }) => key === 'PRI').map(({ name }) => name),
      autoIncrement: rows.find(({ extra }) => extra.includes('auto_increment'))?.name,
    }
  }
}

/** Throws unless the table has all of these columns: after this their names may stand in a statement. */
export function requireColumns(table: string, { columns }: TableDescription, names: readonly string[]): void {
  for (const name of names) {
    if (!columns.includes(name)) {
      throw new StatsError('DB_UNKNOWN_IDENTIFIER', `table "${table}" has no column "${name}"`)
    }
  }
}
