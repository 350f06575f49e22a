import { textTable } from '../text-table.ts'
import type { Difference } from './differences.ts'
import type { Recomputation } from './recompute.ts'

const SHOWN_ROWS = 20

/** What a recomputation found, for a terminal. */
export function recomputationReport(found: Recomputation, applied: boolean): string {
  const { differences, players } = found
  const lines = [reach(found)]
  if (differences.length === 0) return [...lines, `${players} players: no difference`].join('\n')
  const tables = Map.groupBy(differences, ({ table }) => table)
  lines.push(
    textTable(
      [{ title: 'Table' }, { title: 'Rows that differ', right: true }, { title: 'Together' }],
      [...tables].map(([table, rows]) => [table, rows.length, together(rows)]),
    ),
    textTable(
      [
        { title: 'Row' },
        { title: 'Column' },
        { title: 'Stored', right: true },
        { title: 'Events', right: true },
      ],
      differences.slice(0, SHOWN_ROWS).flatMap(shown),
    ),
  )
  if (differences.length > SHOWN_ROWS) lines.push(`and ${differences.length - SHOWN_ROWS} rows more`)
  lines.push(applied ? 'the differences were added' : 'nothing was changed: --apply adds the differences')
  return lines.join('\n')
}

function reach({ evidence: { firstDay, complete, since, shotsAreEvents } }: Recomputation): string {
  if (firstDay === undefined) return 'there are no events of this game: nothing can be proven'
  const days = complete
    ? `events since ${firstDay}, before which nobody was there: they are everything`
    : `events since ${firstDay}, but some players were there before: exact are players who came from ${since} on, and the days ` +
      'since; everything else is only raised to what events prove'
  return shotsAreEvents ? days : `${days}; shots, hits and damage too, not all of them leave events`
}

function together(rows: readonly Difference[]): string {
  const sums = new Map<string, number>()
  for (const { deltas } of rows) {
    for (const [column, delta] of Object.entries(deltas)) sums.set(column, (sums.get(column) ?? 0) + delta)
  }
  return [...sums].map(([column, sum]) => `${column} ${sum < 0 ? sum : `+${sum}`}`).join(', ')
}

function shown({ label, stored, deltas }: Difference): (string | number)[][] {
  return Object.entries(deltas).map(([column, delta]) => {
    const before = stored[column] ?? 0
    return [label, column, before, before + delta]
  })
}
