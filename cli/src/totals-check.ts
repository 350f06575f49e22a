import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@hlstats/database'
import type { SimulatedTotals } from './simulation/simulated-totals.ts'
import { type Column, SECTIONS, type Section, type SectionRow } from './totals-sections.ts'

/** Where the totals come from that the database must show: a simulation, or what one has written down. */
export interface TotalsSource {
  totals(): readonly SimulatedTotals[]
}

type Value = SectionRow[string]
type Rows = ReadonlyMap<string, SectionRow>

const ASK_EVERY_MS = 200
// Nothing moved for so long: what is missing now will not come.
const SETTLED_MS = 10_000

/** Compares the database with what simulated matches must lead to; what was there before them is left out. */
export class TotalsCheck {
  readonly #database: Database
  readonly #source: TotalsSource
  readonly #before: ReadonlyMap<string, Rows>

  private constructor(database: Database, source: TotalsSource, before: ReadonlyMap<string, Rows>) {
    this.#database = database
    this.#source = source
    this.#before = before
  }

  /** Takes down what is in the database before anything is sent. */
  static async open(database: Database, source: TotalsSource): Promise<TotalsCheck> {
    const before = new Map<string, Rows>()
    for (const totals of source.totals()) {
      for (const section of SECTIONS) {
        before.set(`${totals.game} ${section.name}`, await rowsOf(database, section, totals))
      }
    }
    return new TotalsCheck(database, source, before)
  }

  /** Waits until the database shows the totals; returns what differs when nothing changes any more. */
  async settle(): Promise<string[]> {
    let last = ''
    let changedMs = performance.now()
    for (;;) {
      const different = await this.differences()
      if (different.length === 0) return []
      const picture = JSON.stringify(different)
      if (picture !== last) changedMs = performance.now()
      if (performance.now() - changedMs > SETTLED_MS) return different
      last = picture
      await delay(ASK_EVERY_MS)
    }
  }

  /** What differs now, in words. */
  async differences(): Promise<string[]> {
    const different: string[] = []
    for (const totals of this.#source.totals()) {
      for (const section of SECTIONS) different.push(...(await this.#compare(section, totals)))
    }
    return different
  }

  async #compare(section: Section, totals: SimulatedTotals): Promise<string[]> {
    const found = await rowsOf(this.#database, section, totals)
    const before = this.#before.get(`${totals.game} ${section.name}`)
    return section.wanted(totals).flatMap((wanted) => {
      const key = keyOf(section, wanted)
      const [now, then] = [found.get(key), before?.get(key)]
      return section.columns.flatMap((column) => {
        const due = dueIn(column, wanted, then)
        const shown = shownIn(column, now, then)
        if (due === undefined || String(shown) === String(due)) return []
        return [`${totals.game} ${section.name} ${key}: ${column.name} ${shown}, sent ${due}`]
      })
    })
  }
}

/** What must be there, with what was there before; undefined where the totals do not say. */
function dueIn({ name, kind }: Column, wanted: SectionRow, before: SectionRow | undefined): Value {
  const value = wanted[name]
  return kind === 'raised' && value !== undefined
    ? Math.max(Number(value), Number(before?.[name] ?? 0))
    : value
}

function shownIn({ name, kind }: Column, row: SectionRow | undefined, before: SectionRow | undefined): Value {
  const value = row?.[name] ?? 0
  return kind === 'added' ? Number(value) - Number(before?.[name] ?? 0) : value
}

async function rowsOf(database: Database, section: Section, totals: SimulatedTotals): Promise<Rows> {
  const rows = new Map<string, SectionRow>()
  for (const query of section.queries(totals)) {
    for (const row of await database.query<SectionRow>(query.sql, query.parameters)) {
      const key = keyOf(section, row)
      rows.set(key, { ...rows.get(key), ...row })
    }
  }
  return rows
}

function keyOf({ key }: Section, row: SectionRow): string {
  return key.map((column) => row[column]).join(' ')
}
