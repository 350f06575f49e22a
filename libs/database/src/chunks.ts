/** What one statement may hold. */
export interface StatementLimits {
  readonly rows: number
  /** A prepared statement numbers its placeholders with 16 bits; text statements keep to it too. */
  readonly placeholders: number
  readonly bytes: number
}

/** Splits rows so that each part fits one statement; a row that is too large by itself goes alone. */
export function* chunks<T>(
  rows: readonly T[],
  limits: StatementLimits,
  sizeOf: (row: T) => { readonly placeholders: number; readonly bytes: number },
): Generator<readonly T[]> {
  let start = 0
  let placeholders = 0
  let bytes = 0
  for (const [index, row] of rows.entries()) {
    const size = sizeOf(row)
    const full =
      index - start >= limits.rows ||
      placeholders + size.placeholders > limits.placeholders ||
      bytes + size.bytes > limits.bytes
    if (full && index > start) {
      yield rows.slice(start, index)
      start = index
      placeholders = 0
      bytes = 0
    }
    placeholders += size.placeholders
    bytes += size.bytes
  }
  if (start < rows.length) yield rows.slice(start)
}
