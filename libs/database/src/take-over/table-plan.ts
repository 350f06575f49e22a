import { quoted } from '../catalogue.ts'
import type { BaselineColumn, BaselineTable } from './baseline.ts'
import type { LegacyColumn, LegacyTable } from './legacy-tables.ts'

/** What every text of ours is compared by. */
export const COLLATION = 'utf8mb4_unicode_ci'

/** What has to be done to one table, and what keeps it from being done. */
export interface TablePlan {
  readonly table: string
  /** Clauses of one ALTER TABLE; empty where the table is as it has to be. */
  readonly changes: readonly string[]
  /** Columns that this version of HLstatsX:CE did not have yet. */
  readonly added: readonly string[]
  /** Whether texts will be compared otherwise than now: keys that were different may then be the same. */
  readonly recollated: boolean
  /** What somebody has to decide or do first. */
  readonly problems: readonly string[]
}

// Columns that came between 1.6.1 and database version 91 without anything to fill them with: new rows and old ones
// begin with the default. A column that is missing and not among these says that the database is older still.
const CAME_LATER: Readonly<Record<string, readonly string[]>> = {
  hlstats_Players: ['teamkills', 'mmrank'],
  hlstats_Players_History: ['teamkills', 'kill_streak', 'death_streak'],
}

const INTEGERS = ['tinyint', 'smallint', 'mediumint', 'int', 'bigint']
const MOMENTS = new Set(['date', 'datetime'])

/** Compares a table with what version 91 has. Nothing is ever made narrower, taken away or reordered. */
export function planTable(wanted: BaselineTable, found: LegacyTable): TablePlan {
  const columns = new Map(found.columns.map((column) => [column.name, column]))
  const missing = [...wanted.columns.values()].filter(({ name }) => !columns.has(name))
  const later = new Set(CAME_LATER[wanted.table])
  const added = missing.filter(({ name }) => later.has(name))
  const changed = [...wanted.columns.values()].filter((column) =>
    isTooNarrow(column, columns.get(column.name)),
  )
  const recollated = found.columns.some(({ collation }) => collation !== null && collation !== COLLATION)
  const converts = recollated || found.collation !== COLLATION
  return {
    table: wanted.table,
    changes: [
      ...(found.engine === 'InnoDB' ? [] : ['ENGINE = InnoDB', 'ROW_FORMAT = DYNAMIC']),
      ...added.map(({ definition }) => `ADD COLUMN ${definition}`),
      ...changed.map(({ definition }) => `MODIFY COLUMN ${definition}`),
      ...missingKeys(wanted, found).map(keyAddition),
      ...(converts ? [`CONVERT TO CHARACTER SET utf8mb4 COLLATE ${COLLATION}`] : []),
    ],
    added: added.map(({ name }) => name),
    recollated,
    problems: [
      ...tooOld(
        wanted.table,
        missing.filter(({ name }) => !later.has(name)),
      ),
      ...found.columns.flatMap((column) => problemOf(wanted, column)),
    ],
  }
}

/** The dates of a table that may be NULL afterwards: what is no date (0000-00-00) becomes NULL there. */
export function nullableMoments(wanted: BaselineTable): string[] {
  return [...wanted.columns.values()]
    .filter(({ type, nullable }) => nullable && MOMENTS.has(type))
    .map(({ name }) => name)
}

/** Unique keys of version 91 that the table lacks: rows are found by them. */
export function missingKeys(wanted: BaselineTable, found: LegacyTable): [string, readonly string[]][] {
  const existing = [...found.uniqueKeys.values()].map((members) => [...members].sort().join())
  return [...wanted.uniqueKeys].filter(([, members]) => !existing.includes([...members].sort().join()))
}

function keyAddition([name, members]: [string, readonly string[]]): string {
  const list = members.map(quoted).join(', ')
  return name === 'PRIMARY' ? `ADD PRIMARY KEY (${list})` : `ADD UNIQUE INDEX ${quoted(name)} (${list})`
}

function isTooNarrow(wanted: BaselineColumn, found: LegacyColumn | undefined): boolean {
  if (found === undefined) return false
  if (MOMENTS.has(wanted.type)) return wanted.nullable && !found.nullable
  const [rank, foundRank] = [INTEGERS.indexOf(wanted.type), INTEGERS.indexOf(found.type)]
  if (rank >= 0 && foundRank >= 0) return wanted.unsigned === found.unsigned && foundRank < rank
  return wanted.type === found.type && (found.length ?? 0) < (wanted.length ?? 0) && found.collation !== null
}

function tooOld(table: string, missing: readonly BaselineColumn[]): string[] {
  if (missing.length === 0) return []
  const names = missing.map(({ name }) => `${table}.${name}`).join(', ')
  return [
    `${names} is missing, so this database is of an older version: bring it up with the updater of its own site ` +
      '(hlstats.php?mode=updater) first',
  ]
}

function problemOf({ table, columns }: BaselineTable, found: LegacyColumn): string[] {
  const name = `${quoted(table)}.${quoted(found.name)}`
  const wanted = columns.get(found.name)
  if (wanted === undefined) {
    if (found.optional) return []
    return [
      `${name}, which HLstatsX:CE does not have, has no default, so no row can be written: give it one ` +
        `(ALTER TABLE ${quoted(table)} ALTER COLUMN ${quoted(found.name)} SET DEFAULT …)`,
    ]
  }
  if (!wanted.unsigned && found.unsigned && INTEGERS.includes(wanted.type)) {
    return [
      `${name} cannot hold negative numbers: ALTER TABLE ${quoted(table)} MODIFY COLUMN ${wanted.definition}`,
    ]
  }
  return []
}
