import type { Row } from './golden.ts'

/** What makes a row of a section the same row in both results; everything else in it is compared. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  players: ['uniqueId'],
  frags: ['killer', 'victim', 'weapon', 'headshot', 'map'],
  teamkills: ['killer', 'victim', 'weapon'],
  suicides: ['player', 'weapon'],
  playerActions: ['player', 'action'],
  playerPlayerActions: ['player', 'victim', 'action'],
  teamBonuses: ['player', 'action'],
  chat: ['player', 'mode'],
  statsme: ['player', 'weapon'],
  mapsCounts: ['map'],
  weapons: ['weapon'],
  roles: ['role'],
  actions: ['action', 'team'],
  history: ['uniqueId'],
  connects: ['player'],
  disconnects: ['player'],
  entries: ['player'],
  changeTeam: ['player'],
  changeRole: ['player'],
  changeName: ['player'],
  server: [],
}

/** The original follows its wall clock here, not the log. */
const NOT_COMPARED = new Set(['connectionTime'])

export interface Difference {
  readonly section: string
  readonly key: string
  readonly field: string
  readonly golden: string | number | undefined
  readonly ours: string | number | undefined
}

export interface Comparison {
  readonly fields: number
  readonly differences: readonly Difference[]
}

export type Sections = Readonly<Record<string, readonly Row[]>>

/** Compares two results field by field. */
export function compare(golden: Sections, ours: Sections): Comparison {
  const differences: Difference[] = []
  let fields = 0
  for (const [section, keys] of Object.entries(KEYS)) {
    const expected = byKey(golden[section] ?? [], keys)
    const found = byKey(ours[section] ?? [], keys)
    for (const key of new Set([...expected.keys(), ...found.keys()])) {
      const [a, b] = [expected.get(key), found.get(key)]
      for (const field of fieldsOf(a ?? b ?? {}, keys)) {
        fields += 1
        const [left, right] = [a?.[field], b?.[field]]
        if (String(left) !== String(right)) {
          differences.push({ section, key, field, golden: left, ours: right })
        }
      }
    }
  }
  return { fields, differences }
}

/** The value of one field, wherever the row stands. */
export function valueAt(
  sections: Sections,
  { section, key, field }: Pick<Difference, 'section' | 'key' | 'field'>,
) {
  return byKey(sections[section] ?? [], KEYS[section] ?? []).get(key)?.[field]
}

function byKey(rows: readonly Row[], keys: readonly string[]): Map<string, Row> {
  return new Map(rows.map((row) => [keys.map((key) => row[key]).join(' | '), row]))
}

function fieldsOf(row: Row, keys: readonly string[]): string[] {
  return Object.keys(row).filter((field) => !keys.includes(field) && !NOT_COMPARED.has(field))
}

/** The history of each player over all his days: the original books a whole stay on the day it was last written. */
export function withoutDays(sections: Sections): Sections {
  const history = Map.groupBy(sections.history ?? [], ({ uniqueId }) => uniqueId)
  return { ...sections, history: [...history.values()].map(sumOfDays) }
}

function sumOfDays(days: readonly Row[]): Row {
  const ordered = days.toSorted((a, b) => (String(a.day) < String(b.day) ? -1 : 1))
  const sum: Record<string, string | number> = { ...ordered.at(-1) }
  delete sum.day
  for (const field of ['kills', 'deaths', 'suicides', 'teamkills', 'headshots', 'skillChange']) {
    sum[field] = ordered.reduce((total, day) => total + Number(day[field]), 0)
  }
  return sum
}
