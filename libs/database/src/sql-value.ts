/** What a statement's parameter may be. Values never become part of the SQL text. */
export type SqlValue = string | number | bigint | boolean | null | Date

/** Column → value. */
export type SqlRow = Readonly<Record<string, SqlValue>>

/** A moment as DATETIME columns take it: UTC, without the fraction, which the server would round up. */
export function sqlDateTime(moment: string | number | Date): string {
  return new Date(moment).toISOString().slice(0, 19).replace('T', ' ')
}
