import { ColumnTypeEnum, type SqlResultSet } from '@prisma/driver-adapter-utils'

type Convert = (value: unknown) => unknown

const CONVERT: Partial<Record<number, Convert>> = {
  // Counters, ids and sums: exact up to 2^53, far above what any column of the schema reaches.
  [ColumnTypeEnum.Int64]: Number,
  [ColumnTypeEnum.Numeric]: Number,
  [ColumnTypeEnum.DateTime]: (value) => new Date(String(value)),
  [ColumnTypeEnum.Date]: (value) => new Date(`${value}T00:00:00Z`),
}

/**
 * Rows as plain objects. BIGINT, COUNT, SUM and DECIMAL are numbers, DATETIME and DATE are Dates in UTC, TIME and enums
 * are strings.
 */
export function resultRows<Row>(result: SqlResultSet): Row[] {
  const { columnNames, columnTypes } = result
  const converters = columnTypes.map((type) => CONVERT[type])
  return result.rows.map((values) => {
    const row: Record<string, unknown> = {}
    for (const [index, name] of columnNames.entries()) {
      const value = values[index]
      const convert = converters[index]
      row[name] = value === null || convert === undefined ? value : convert(value)
    }
    return row as Row
  })
}

/** SQLite keeps moments as the texts that were written: in UTC, but without saying so. */
export function momentsInUtc(result: SqlResultSet): SqlResultSet {
  const moments = result.columnTypes.flatMap((type, index) =>
    type === ColumnTypeEnum.DateTime ? [index] : [],
  )
  if (moments.length === 0) return result
  const rows = result.rows.map((values) => {
    const row = [...values]
    for (const index of moments) {
      const value = row[index]
      if (typeof value === 'string' && UNZONED.test(value)) row[index] = `${value.replace(' ', 'T')}Z`
    }
    return row
  })
  return { ...result, rows }
}

const UNZONED = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/
