import type { SqlValue } from '@hlstats/database'
import type { ExportedRow } from './exported-tables.ts'
import { printable, printableJson } from './terminal-text.ts'

export const FORMATS = ['jsonl', 'csv'] as const
export type ExportFormat = (typeof FORMATS)[number]

// A spreadsheet computes what begins with one of these; the apostrophe too, so that the mark can be taken off again.
const COMPUTED = /^[=+\-@'＝＋－＠]/u

/** One line per row; CSV begins with the names of the columns. */
export async function* exportLines(
  pages: AsyncIterable<readonly ExportedRow[]>,
  format: ExportFormat,
  columns: readonly string[],
): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(columns)
  for await (const rows of pages) {
    const lines = rows.map((row) =>
      format === 'csv' ? csvLine(columns.map((name) => row[name] ?? null)) : `${printableJson(row)}\n`,
    )
    yield lines.join('')
  }
}

// RFC 4180. Texts are those of tables for people, and never a formula; JSON has them exactly.
function csvLine(values: readonly SqlValue[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}

function csvCell(value: SqlValue): string {
  if (value === null) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'string') return String(value)
  const text = printable(value)
  const marked = COMPUTED.test(text) ? `'${text}` : text
  return /[",]/.test(marked) ? `"${marked.replaceAll('"', '""')}"` : marked
}
