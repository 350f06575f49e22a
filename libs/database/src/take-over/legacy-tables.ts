import type { SqlSession } from '../sql-session.ts'

/** A column as it is in the database. */
export interface LegacyColumn {
  readonly name: string
  /** Lower case, without length: `varchar`. */
  readonly type: string
  /** Characters of a text. */
  readonly length: number | null
  readonly unsigned: boolean
  readonly nullable: boolean
  /** Whether a row can be written without naming it. */
  readonly optional: boolean
  /** Null where it holds no text. */
  readonly collation: string | null
}

/** A table as it is in the database. */
export interface LegacyTable {
  readonly table: string
  readonly engine: string
  readonly collation: string
  /** As the server estimates it for InnoDB, and counts it for MyISAM. */
  readonly rows: number
  /** Of data and indexes. */
  readonly bytes: number
  readonly columns: readonly LegacyColumn[]
  readonly uniqueKeys: ReadonlyMap<string, readonly string[]>
}

interface TableRow {
  readonly name: string
  readonly engine: string
  readonly collation: string
  readonly rows: number | null
  readonly bytes: number | null
}

interface ColumnRow extends Omit<LegacyColumn, 'unsigned' | 'nullable' | 'optional'> {
  readonly table: string
  readonly fullType: string
  readonly isNullable: string
  readonly hasDefault: number
}

interface KeyRow {
  readonly table: string
  readonly name: string
  readonly column: string
}

/** All tables of the database, by name; a server that folds their names answers to any case. */
export async function legacyTables(session: SqlSession): Promise<Map<string, LegacyTable>> {
  const tables = await session.query<TableRow>(
    `SELECT table_name AS name, engine AS engine, table_collation AS collation, table_rows AS \`rows\`,
            data_length + index_length AS bytes
       FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'`,
    [],
  )
  const columns = Map.groupBy(await columnRows(session), ({ table }) => table)
  const keys = Map.groupBy(await keyRows(session), ({ table }) => table)
  return new Map(
    tables.map(({ name, engine, collation, rows, bytes }) => [
      name,
      {
        table: name,
        engine,
        collation,
        rows: Number(rows ?? 0),
        bytes: Number(bytes ?? 0),
        columns: (columns.get(name) ?? []).map(columnOf),
        uniqueKeys: keysOf(keys.get(name) ?? []),
      },
    ]),
  )
}

function columnRows(session: SqlSession): Promise<ColumnRow[]> {
  return session.query<ColumnRow>(
    `SELECT table_name AS \`table\`, column_name AS name, data_type AS type, column_type AS fullType,
            character_maximum_length AS length, is_nullable AS isNullable, collation_name AS collation,
            column_default IS NOT NULL OR extra LIKE '%auto_increment%' OR extra LIKE '%GENERATED%' AS hasDefault
       FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position`,
    [],
  )
}

function keyRows(session: SqlSession): Promise<KeyRow[]> {
  return session.query<KeyRow>(
    `SELECT table_name AS \`table\`, index_name AS name, column_name AS \`column\`
       FROM information_schema.statistics WHERE table_schema = DATABASE() AND non_unique = 0
      ORDER BY table_name, index_name, seq_in_index`,
    [],
  )
}

function columnOf({
  name,
  type,
  fullType,
  length,
  isNullable,
  hasDefault,
  collation,
}: ColumnRow): LegacyColumn {
  const nullable = isNullable === 'YES'
  return {
    name,
    type: type.toLowerCase(),
    length: length === null ? null : Number(length),
    unsigned: fullType.includes('unsigned'),
    nullable,
    optional: nullable || Number(hasDefault) !== 0,
    collation,
  }
}

function keysOf(rows: readonly KeyRow[]): Map<string, string[]> {
  const keys = Map.groupBy(rows, ({ name }) => name)
  return new Map([...keys].map(([name, members]) => [name, members.map(({ column }) => column)]))
}
