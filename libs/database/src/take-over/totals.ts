import { quoted } from '../catalogue.ts'
import type { SqlSession } from '../sql-session.ts'
import type { LegacyTable } from './legacy-tables.ts'

/** Rows and, by column, the sum of its whole numbers or of the check sums of its other values, all as texts of digits. */
export type Totals = Readonly<Record<string, string>>

const WHOLE = new Set(['tinyint', 'smallint', 'mediumint', 'int', 'bigint'])
const BYTES = /blob|binary|bit|geometry|point|json/

/** Whatever is no date: 0000-00-00, or a month or day of zero. */
export function isNoDate(column: string): string {
  return `(MONTH(${quoted(column)}) = 0 OR DAYOFMONTH(${quoted(column)}) = 0)`
}

/**
 * Rows, sums and check sums of a table's columns. They depend on the characters and not on the character set; a date that
 * becomes NULL counts as NULL already.
 */
export async function readTotals(
  session: SqlSession,
  { table, columns }: LegacyTable,
  moments: readonly string[],
): Promise<Totals> {
  const sums = columns.map(({ name, type }) => {
    const value = moments.includes(name) ? `IF(${isNoDate(name)}, NULL, ${quoted(name)})` : quoted(name)
    return `CAST(SUM(${addend(value, type)}) AS CHAR) AS ${quoted(name)}`
  })
  const [row = {}] = await session.query<Record<string, string | null>>(
    `SELECT CAST(COUNT(*) AS CHAR) AS \`rows of the table\`, ${sums.join(', ')} FROM ${quoted(table)}`,
    [],
  )
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? '']))
}

// With something before the text, or an empty one would be the same as NULL.
function addend(value: string, type: string): string {
  if (WHOLE.has(type)) return value
  if (BYTES.test(type)) return `CRC32(CONCAT('.', HEX(${value})))`
  return `CRC32(CONCAT('.', CONVERT(CAST(${value} AS CHAR) USING utf8mb4)))`
}

/** How many rows they are totals of. */
export function rowsOf(totals: Totals): number {
  return Number(totals['rows of the table'])
}

/** What is not the same in both. */
export function differences(before: Totals, after: Totals): string[] {
  return Object.keys(before)
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name} ${before[name]} before, ${after[name]} after`)
}
