import type { MigrationFile } from '../migration-files.ts'
import { statementsOf } from '../migration-files.ts'

/** A column as the baseline migration makes it. */
export interface BaselineColumn {
  readonly name: string
  /** As it stands in the statement: "`map` VARCHAR(64) NOT NULL DEFAULT ''". */
  readonly definition: string
  /** Lower case, without length: `varchar`. */
  readonly type: string
  /** Characters of a text. */
  readonly length: number | undefined
  readonly unsigned: boolean
  readonly nullable: boolean
}

/** A table as version 91 of HLstatsX:CE has it. */
export interface BaselineTable {
  readonly table: string
  /** The statement that makes it. */
  readonly sql: string
  readonly columns: ReadonlyMap<string, BaselineColumn>
  /** Unique keys by name, the primary key among them. */
  readonly uniqueKeys: ReadonlyMap<string, readonly string[]>
}

/** The tables that the baseline migration makes. */
export function baselineTables(baseline: MigrationFile): BaselineTable[] {
  return statementsOf(baseline.sql).map(readTable)
}

/** The names of the tables that a migration makes. */
export function tablesMadeBy({ sql }: MigrationFile): string[] {
  return [...sql.matchAll(/^CREATE TABLE `([^`]+)`/gm)].map(([, table = '']) => table)
}

function readTable(sql: string): BaselineTable {
  const table = /^CREATE TABLE `([^`]+)`/.exec(sql)?.[1]
  if (table === undefined) throw new Error('the baseline may only create tables')
  const columns = [...sql.matchAll(/^\s+(`([^`]+)` (\w+)(?:\((\d+)[^)]*\))?.*?),?$/gm)].map(readColumn)
  const keys = [...sql.matchAll(/^\s+(?:UNIQUE INDEX `([^`]+)`|PRIMARY KEY) \((.*)\),?$/gm)]
  return {
    table,
    sql,
    columns: new Map(columns.map((column) => [column.name, column])),
    uniqueKeys: new Map(keys.map(([, name = 'PRIMARY', members = '']) => [name, namesIn(members)])),
  }
}

function readColumn([, definition = '', name = '', type = '', length]: RegExpExecArray): BaselineColumn {
  return {
    name,
    definition,
    type: type.toLowerCase(),
    length: length === undefined ? undefined : Number(length),
    unsigned: definition.includes(' UNSIGNED'),
    nullable: !definition.includes(' NOT NULL'),
  }
}

function namesIn(members: string): string[] {
  return [...members.matchAll(/`([^`]+)`/g)].map(([, member = '']) => member)
}
