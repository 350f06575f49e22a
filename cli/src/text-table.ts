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
  const cells = [columns.map((column) => column.title), ...rows.map((row) => row.map(printable))]
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => width(row[index] ?? ''))))
  return cells
    .map((row) =>
      row
        .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.right === true))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function printable(cell: string | number): string {
  return String(cell).replaceAll(/\p{Cc}/gu, '�')
}

function pad(cell: string, to: number, right: boolean): string {
  const gap = ' '.repeat(Math.max(0, to - width(cell)))
  return right ? gap + cell : cell + gap
}

// East Asian letters and emoji take two columns of a terminal.
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u

function width(text: string): number {
  let columns = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) columns += WIDE.test(segment) ? 2 : 1
  return columns
}
