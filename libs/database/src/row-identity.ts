import { StatsError } from '@hlstats/errors'
import { columnNamed } from './catalogue.ts'
import { keyOf } from './key-of.ts'
import type { SqlRow, SqlValue } from './sql-value.ts'

/** Which row a key means: two keys that the database takes for the same row have the same identity. */
export interface RowIdentity {
  readonly text: string
  /** Orders rows as the index does. */
  readonly rank: readonly (string | number)[]
}

export function identityOf(table: string, columns: readonly string[], key: SqlRow): RowIdentity {
  const rank = columns.map((column) => {
    const value = key[column] ?? null
    const { kind, type } = columnNamed(table, column)
    if (kind === 'text') return textKey(`${table}.${column}`, type, value)
    if (kind === 'moment') return value instanceof Date ? value.toISOString() : String(value)
    return Number(value)
  })
  return { rank, text: rank.join('\0') }
}

/** Compares two rows of one key. */
export function byRank(
  a: { readonly rank: RowIdentity['rank'] },
  b: { readonly rank: RowIdentity['rank'] },
): number {
  for (const [index, left] of a.rank.entries()) {
    const right = b.rank[index] ?? ''
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

function textKey(column: string, type: string, value: SqlValue): string {
  const text = String(value)
  const limit = Number(/\((\d+)\)/.exec(type)?.[1] ?? Number.POSITIVE_INFINITY)
  if (text.length > limit && [...text].length > limit) {
    throw new StatsError('DB_CONSTRAINT', `"${text.slice(0, 80)}…" is longer than ${limit} for ${column}`)
  }
  return keyOf(text)
}
