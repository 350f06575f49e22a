import type { Database } from '@hlstats/database'
import { sqliteTestDatabase, type TestDatabase, testDatabase } from '@hlstats/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { readSections } from './actual.ts'
import { type Comparison, compare, type Difference, type Sections, withoutDays } from './compare.ts'
import { type Evidence, EXPLANATIONS } from './explanations.ts'
import { type Golden, goldenLogs, type Log, readGolden, readLog } from './golden.ts'
import { asOriginal, IDLE_AFTER_MS, originalView } from './legacy-view.ts'
import { eventsOf, PRODUCT_VIEW, type View, withTick } from './replay.ts'
import { configureServer, count } from './run.ts'

// Every log of the corpus that the Perl daemon has counted, through our parser, rules and modules, into a fresh database.
// Compared twice: as we count it, and with every decision of docs/parity.md undone. The second must be equal. As we count
// it, the file of standalone must hold the same.

interface Result {
  readonly log: string
  readonly fields: number
  readonly different: number
  readonly unexplained: number
  readonly decisions: ReadonlySet<string>
}

const results: Result[] = []

describe.skipIf(goldenLogs().length === 0)('what the Perl daemon counts', () => {
  it.each(goldenLogs())('$name', { timeout: 240_000 }, async ({ name, path }) => {
    const golden = readGolden(name)
    const log = readLog(path)
    const product = await runOf(golden, log, PRODUCT_VIEW, (events) => events)
    const standalone = await countInto(sqliteTestDatabase, golden, product.events)
    expect(compare(product.sections, standalone.sections).differences).toEqual([])
    const { fields, differences } = compared(golden, product.sections)
    const { unexplained, decisions } = await explain(golden, log)
    results.push({
      log: golden.log,
      fields,
      different: differences.length,
      unexplained: unexplained.length,
      decisions,
    })
    expect(unexplained).toEqual([])
  })

  afterAll(() => {
    process.stdout.write(table())
  })
})

type Run = Pick<Evidence, 'events' | 'discovered'> & { readonly sections: Sections }

async function explain(golden: Golden, log: Log) {
  const runs: Run[] = []
  let best: { unexplained: readonly Difference[]; decisions: Set<string> } | undefined
  for (const idleAfterMs of IDLE_AFTER_MS) {
    runs.push(await runOf(golden, log, originalView(idleAfterMs), asOriginal))
    for (const run of runs) {
      const found = explained(golden, log, run, runs)
      if (best === undefined || found.unexplained.length < best.unexplained.length) best = found
    }
    if (best?.unexplained.length === 0) break
  }
  return best ?? { unexplained: [], decisions: new Set<string>() }
}

function explained(golden: Golden, log: Log, run: Run, runs: readonly Run[]) {
  const evidence: Evidence = {
    golden: golden.sections,
    runs: runs.map(({ sections }) => withoutDays(sections)),
    events: run.events,
    ignoreBots: golden.settings.IgnoreBots === 1,
    discovered: run.discovered,
    unreadableChat: log.unreadableChat,
  }
  const decisions = new Set<string>()
  const unexplained = compared(golden, run.sections).differences.filter((difference) => {
    const found = EXPLANATIONS.find(({ explains }) => explains(difference, evidence))
    if (found !== undefined) decisions.add(found.decision)
    return found === undefined
  })
  return { unexplained, decisions }
}

function compared(golden: Golden, sections: Sections): Comparison {
  return compare(withoutDays(golden.sections), withoutDays(sections))
}

async function runOf(
  golden: Golden,
  log: Log,
  view: View,
  understand: (events: Awaited<ReturnType<typeof eventsOf>>) => typeof events,
): Promise<Run> {
  return countInto(testDatabase, golden, async (database) =>
    withTick(understand(await eventsOf(database, log.lines, view))),
  )
}

async function countInto(
  open: () => Promise<TestDatabase>,
  golden: Golden,
  given: Run['events'] | ((database: Database) => Promise<Run['events']>),
): Promise<Run> {
  const { database, drop } = await open()
  try {
    await configureServer(database, golden)
    const events = typeof given === 'function' ? await given(database) : given
    await count(database, events)
    const found = await database.query<{ code: string }>('SELECT code FROM hlstats_Weapon_Discoveries')
    return {
      sections: await readSections(database),
      events,
      discovered: new Set(found.map(({ code }) => code)),
    }
  } finally {
    await drop()
  }
}

function table(): string {
  const rows = results.map(({ log, fields, different, unexplained, decisions }) =>
    [
      log.slice(0, 58).padEnd(58),
      ...[fields, fields - different, different - unexplained, unexplained].map((n) =>
        String(n).padStart(11),
      ),
      `  ${[...decisions].join(' ')}`,
    ].join(''),
  )
  const head = [
    'log'.padEnd(58),
    ...['fields', 'equal', 'explained', 'unexplained'].map((h) => h.padStart(11)),
  ]
  return `\n${[head.join(''), ...rows].join('\n')}\n`
}
