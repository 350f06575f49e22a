import { columnsOf, pad, printable } from './terminal-text.ts'

/** One column: its title, and whether numbers stand in it. */
export interface Column {
  readonly title: string
  readonly right?: boolean
}

/** A table for a terminal. Control characters of player names are shown, not obeyed. */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const cells = [
    columns.map((column) => column.title),
    ...rows.map((row) => row.map((cell) => printable(String(cell)))),
  ]
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => columnsOf(row[index] ?? ''))))
  return cells
    .map((row) =>
      row
        .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.right === true))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
