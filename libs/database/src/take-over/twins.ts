import { quoted } from '../catalogue.ts'
import type { SqlSession } from '../sql-session.ts'
import type { SqlRow } from '../sql-value.ts'
import type { BaselineTable } from './baseline.ts'
import type { LegacyTable } from './legacy-tables.ts'
import { COLLATION, missingKeys, type TablePlan } from './table-plan.ts'

/** How rows that become one to a unique key are kept apart or brought together; other tables leave it to the admin. */
const RULES: Readonly<Record<string, TwinRule>> = {
  hlstats_PlayerNames: {
    kind: 'add',
    counters: ['connection_time', 'numuses', 'kills', 'deaths', 'suicides', 'headshots', 'shots', 'hits'],
    newest: 'lastuse',
  },
  hlstats_Maps_Counts: { kind: 'add', counters: ['kills', 'headshots'], newest: 'rowId' },
  hlstats_PlayerUniqueIds: { kind: 'rename', column: 'uniqueId', number: 'playerId', longest: 64 },
  hlstats_Clans: { kind: 'rename', column: 'tag', number: 'clanId', longest: 64 },
}

type TwinRule =
  /** Counters are added up in the row with the greatest `newest`, and the other rows go. */
  | { readonly kind: 'add'; readonly counters: readonly string[]; readonly newest: string }
  /** The lowest number keeps the name, the others get theirs appended: `name#7`. */
  | { readonly kind: 'rename'; readonly column: string; readonly number: string; readonly longest: number }

/** Rows that are different to the database as it is, and the same by the collation they get. */
interface TwinGroup {
  readonly key: readonly string[]
  readonly rows: readonly SqlRow[]
}

/** What was found in one table. */
export interface Twins {
  readonly groups: readonly TwinGroup[]
  /** One sentence for each group. */
  readonly report: readonly string[]
  /** Set where nobody but the admin can say what to do. */
  readonly problems: readonly string[]
  /** Rows that are added to others. */
  readonly merged: number
}

/** Looks for twins wherever keys will be compared otherwise, or are not unique yet. */
export async function findTwins(
  session: SqlSession,
  wanted: BaselineTable,
  found: LegacyTable,
  plan: TablePlan,
): Promise<Twins> {
  const missing = missingKeys(wanted, found).map(([, members]) => members)
  const keys = [...(plan.recollated ? found.uniqueKeys.values() : []), ...missing]
  const groups: TwinGroup[] = []
  for (const key of keys) {
    const known = key.every((name) => found.columns.some((column) => column.name === name))
    const hasText = found.columns.some(({ name, collation }) => key.includes(name) && collation !== null)
    if (known && (hasText || missing.includes(key))) groups.push(...(await groupsOf(session, found, key)))
  }
  const rule = missing.length === 0 ? RULES[found.table] : undefined
  return {
    groups,
    report: rule === undefined ? [] : groups.map((group) => sentence(found.table, group, rule)),
    problems: rule === undefined ? groups.map((group) => complaint(found.table, group)) : [],
    merged: rule?.kind === 'add' ? groups.reduce((sum, { rows }) => sum + rows.length - 1, 0) : 0,
  }
}

/** Brings twins together or apart. Belongs inside a transaction. */
export async function settleTwins(
  session: SqlSession,
  table: string,
  groups: readonly TwinGroup[],
): Promise<void> {
  const rule = RULES[table]
  if (rule === undefined) return
  for (const group of groups) {
    const [kept, ...others] = inOrder(group, rule)
    if (kept === undefined) continue
    if (rule.kind === 'rename') {
      for (const row of others) {
        await change(session, table, { [rule.column]: renamed(row, rule) }, pick(row, group.key))
      }
      continue
    }
    const sums = rule.counters.map((name) => [
      name,
      group.rows.reduce((sum, row) => sum + Number(row[name]), 0),
    ])
    await change(session, table, Object.fromEntries(sums), pick(kept, group.key))
    for (const row of others) await remove(session, table, pick(row, group.key))
  }
}

/** The counters whose sums stay though rows are merged; undefined where nothing is merged. */
export function mergedCounters(table: string): readonly string[] | undefined {
  const rule = RULES[table]
  return rule?.kind === 'add' ? rule.counters : undefined
}

async function groupsOf(
  session: SqlSession,
  { table, columns }: LegacyTable,
  key: readonly string[],
): Promise<TwinGroup[]> {
  const texts = new Set(columns.filter(({ collation }) => collation !== null).map(({ name }) => name))
  const compared = key.map((name) =>
    texts.has(name) ? `CONVERT(${quoted(name)} USING utf8mb4) COLLATE ${COLLATION}` : quoted(name),
  )
  const partition = compared.join(', ')
  // As texts: the driver gives up at a date that is none.
  const values = columns.map(({ name, type }) =>
    /date|time/.test(type) ? `CAST(${quoted(name)} AS CHAR) AS ${quoted(name)}` : quoted(name),
  )
  const filled = key.map((name) => `${quoted(name)} IS NOT NULL`).join(' AND ')
  const rows = await session.query<SqlRow & { twin_group: number }>(
    `SELECT * FROM (SELECT ${values.join(', ')}, COUNT(*) OVER (PARTITION BY ${partition}) AS twin_count,
                           DENSE_RANK() OVER (ORDER BY ${partition}) AS twin_group
                      FROM ${quoted(table)} WHERE ${filled}) ranked
      WHERE twin_count > 1 ORDER BY twin_group`,
    [],
  )
  return [...Map.groupBy(rows, ({ twin_group: group }) => group).values()].map((group) => ({
    key,
    rows: group,
  }))
}

/** The row that stays as it is comes first. */
function inOrder({ key, rows }: TwinGroup, rule: TwinRule): SqlRow[] {
  const text = (row: SqlRow) => JSON.stringify(pick(row, key))
  const before = (a: SqlRow, b: SqlRow) => {
    if (rule.kind === 'rename') return Number(a[rule.number]) - Number(b[rule.number])
    const [timeA, timeB] = [String(a[rule.newest] ?? ''), String(b[rule.newest] ?? '')]
    return timeA === timeB ? 0 : timeA > timeB ? -1 : 1
  }
  return rows.toSorted((a, b) => before(a, b) || (text(a) < text(b) ? -1 : 1))
}

function renamed(row: SqlRow, { column, number, longest }: Extract<TwinRule, { kind: 'rename' }>): string {
  const suffix = `#${row[number]}`
  return [...String(row[column])].slice(0, longest - suffix.length).join('') + suffix
}

function sentence(table: string, group: TwinGroup, rule: TwinRule): string {
  const [kept, ...others] = inOrder(group, rule)
  if (kept === undefined) return ''
  const name = (row: SqlRow) => shown(pick(row, group.key))
  if (rule.kind === 'add') return `${table}: ${others.map(name).join(' and ')} added to ${name(kept)}`
  const names = others.map((row) => `${name(row)} becomes ${JSON.stringify(renamed(row, rule))}`)
  return `${table}: ${name(kept)} stays, ${names.join(', ')}`
}

function complaint(table: string, { key, rows }: TwinGroup): string {
  const names = rows.map((row) => shown(pick(row, key))).join(' and ')
  return `${table}: ${names} would be one row: rename or delete one of them`
}

function shown(values: SqlRow): string {
  return Object.values(values)
    .map((value) => (typeof value === 'string' ? JSON.stringify(value) : String(value)))
    .join(' ')
}

function pick(row: SqlRow, names: readonly string[]): SqlRow {
  return Object.fromEntries(names.map((name) => [name, row[name] ?? null]))
}

async function change(session: SqlSession, table: string, values: SqlRow, key: SqlRow): Promise<void> {
  const places = Object.keys(values).map((name) => `${quoted(name)} = ?`)
  const sql = `UPDATE ${quoted(table)} SET ${places.join(', ')} WHERE ${matching(key)}`
  await session.execute(sql, [...Object.values(values), ...Object.values(key)])
}

async function remove(session: SqlSession, table: string, key: SqlRow): Promise<void> {
  await session.execute(`DELETE FROM ${quoted(table)} WHERE ${matching(key)}`, Object.values(key))
}

// As the table still compares them: its key tells them apart.
function matching(key: SqlRow): string {
  return Object.keys(key)
    .map((name) => `${quoted(name)} = ?`)
    .join(' AND ')
}
