import { keyOf, type SqlRow } from '@hlstats/database'
import type { Counts, TallyRow } from './tallies.ts'
import { sumOf } from './tallies.ts'

/** A row whose counters are not what the events say. */
export interface Difference {
  readonly table: string
  readonly key: SqlRow
  /** What the row begins with where it is missing. */
  readonly initial: SqlRow
  /** Whose row it is, for people. */
  readonly label: string
  readonly stored: Counts
  readonly deltas: Counts
}

/** What the events say about one row, and how sure that is. */
export interface Finding extends Omit<Difference, 'deltas'> {
  readonly proven: Counts
  /** The columns for which the events are everything; others are only ever raised to what events prove. */
  readonly exact: (column: string) => boolean
}

/** The difference of a row, if there is one. */
export function differenceOf({ proven, exact, ...row }: Finding): Difference[] {
  const deltas = Object.entries(proven)
    .map(([column, value]) => [column, value - (row.stored[column] ?? 0)] as const)
    .filter(([column, delta]) => delta > 0 || (delta < 0 && exact(column)))
  return deltas.length === 0 ? [] : [{ ...row, deltas: Object.fromEntries(deltas) }]
}

/** Rows of events under a name that the database compares without case and accents. */
export function byName(rows: readonly TallyRow[]): Map<string, { name: string; counts: Counts }> {
  const found = new Map<string, { name: string; counts: Counts }>()
  for (const { what, counts } of rows) {
    const name = what ?? ''
    const known = found.get(keyOf(name))
    found.set(keyOf(name), { name: known?.name ?? name, counts: sumOf(known?.counts, counts) })
  }
  return found
}

/** Some of the columns; zero where there is nothing. */
export function columnsOf(counts: Counts | undefined, columns: readonly string[]): Counts {
  return Object.fromEntries(columns.map((column) => [column, counts?.[column] ?? 0]))
}
