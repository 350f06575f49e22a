import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PrivateRabbit, repositoryRoot, startPrivateRabbit, until } from '@hlstats/testkit'
import { parser } from '@prometheus-io/lezer-promql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Simulation } from '../cli/src/simulation/simulation.ts'
import { panelQueries } from '../scripts/validate/dashboards.ts'
import { tool } from '../scripts/validate/tools.ts'
import { TestSystem } from './processes.ts'
import { Prometheus } from './prometheus.ts'

const SERVICES = { ingress: 8080, player: 8081, weapon: 8082, match: 8083, 'shadow-consumer': 8084 } as const

// What shows nothing while all is well, because nothing of its kind has happened.
const EMPTY_IN_HEALTH: Readonly<Record<string, string>> = {
  'overview/Dropped by reason/{{reason}}': 'nothing was dropped',
  'overview/Parked by code/{{service}} {{code}}': 'nothing was parked',
  'game-servers/Refused and dropped/{{reason}}': 'nobody unknown sent anything, and nothing was dropped',
  'game-servers/Lines that are not recognised/{{reason}}': 'the match has only lines that the parser knows',
  'game-servers/Events that do not score/{{counted}}': 'the match has enough players, no warmup and no bots',
  'consumer/Parked by code/{{code}}': 'nothing was parked',
  'consumer/Trouble/retried {{code}}': 'no batch was tried again',
  hlstats_ingress_dropped_total: 'nothing was dropped',
  hlstats_events_parked_total: 'nothing was parked',
}

const simulation = new Simulation({
  seed: 77,
  games: ['cstrike'],
  players: 10,
  startedAt: new Date('2026-11-21T20:00:00Z'),
})
const lines = simulation.servers.flatMap((server) => server.take(1_200))

let broker: PrivateRabbit
let system: TestSystem
let prometheus: Prometheus | undefined

const isMissing = 'missing' in (await tool('prometheus'))

beforeAll(async () => {
  if (isMissing) return
  broker = await startPrivateRabbit()
  system = await TestSystem.create({ amqpUrl: broker.url })
  await system.register('cstrike', {})
  await system.start()
  const addressOf = (url: string) => new URL(url).host
  prometheus = await Prometheus.start({
    'localhost:15692': addressOf(broker.metricsUrl),
    ...Object.fromEntries(
      Object.entries(SERVICES).map(([name, port]) => [
        `localhost:${port}`,
        addressOf(system.service(name as keyof typeof SERVICES).url),
      ]),
    ),
  })
  await playMatch()
})

afterAll(async () => {
  await prometheus?.stop()
  await system?.stop()
  await broker?.remove()
})

/** In parts, so that what is counted is seen to rise from one scrape to the next. */
async function playMatch(): Promise<void> {
  const parts = 12
  for (let part = 0; part < parts; part++) {
    const slice = lines.slice(
      Math.floor((lines.length * part) / parts),
      Math.floor((lines.length * (part + 1)) / parts),
    )
    await system.send(slice.map((line) => Buffer.from(line)))
    const scraped = Date.now() / 1000
    await until(async () =>
      (await ask('min(timestamp(up{job="hlstats"}))')).some(({ value }) => Number(value[1]) > scraped),
    )
  }
  await until(async () => (await ask('hlstats_shadow_verdict{verdict="pass"} == 1')).length > 0, {
    timeoutMs: 60_000,
    what: 'the verdict',
  })
}

async function ask(expr: string) {
  if (prometheus === undefined) throw new Error('Prometheus does not run')
  return prometheus.query(expr)
}

const hasData = async (expr: string) => (await ask(expr)).some(({ value }) => value[1] !== 'NaN')

/** The series that an expression reads, with what it wants of their labels. */
function selectorsOf(expr: string): readonly string[] {
  const selectors: string[] = []
  parser.parse(expr).iterate({
    enter: ({ name, from, to }) => {
      if (name === 'VectorSelector') selectors.push(expr.slice(from, to))
    },
  })
  return selectors
}

describe.skipIf(isMissing)('a running system, seen by a real Prometheus', () => {
  it('is scraped as a whole', async () => {
    expect(await prometheus?.targetsDown()).toEqual([])
    expect(await ask('count(up == 1)')).toMatchObject([{ value: [expect.anything(), '7'] }])
  })

  it.each(
    panelQueries(repositoryRoot, { service: 'player' }).map(({ dashboard, panel, legend, expr }) => [
      `${dashboard}/${panel}/${legend}`,
      expr,
    ]),
  )('shows data in %s: %s', async (name, expr) => {
    expect((await hasData(String(expr))) || EMPTY_IN_HEALTH[String(name)] !== undefined).toBe(true)
  })

  it('evaluates every rule without an error, and fires no alert', async () => {
    const rules = (await prometheus?.rules()) ?? []
    expect(rules.length).toBeGreaterThan(15)
    expect(rules.filter(({ health, lastError }) => health !== 'ok' || lastError)).toEqual([])
    expect(rules.filter(({ state }) => state === 'firing').map(({ name }) => name)).toEqual([])
  })

  it('has every series that a rule reads', async () => {
    const rules = (await prometheus?.rules()) ?? []
    const selectors = new Set(rules.flatMap(({ query }) => selectorsOf(query)))
    const empty: string[] = []
    for (const selector of selectors) {
      const metric = /^[a-z_:0-9]+/.exec(selector)?.[0] ?? selector
      if (!(await hasData(selector)) && EMPTY_IN_HEALTH[metric] === undefined) empty.push(selector)
    }
    expect(empty).toEqual([])
  })

  it('names in what is empty only what exists', () => {
    const panels = panelQueries(repositoryRoot, {}).map(
      ({ dashboard, panel, legend }) => `${dashboard}/${panel}/${legend}`,
    )
    const rules = readFileSync(join(repositoryRoot, 'deploy/prometheus/rules/alerts.yml'), 'utf8')
    expect(
      Object.keys(EMPTY_IN_HEALTH).filter((name) => !panels.includes(name) && !rules.includes(name)),
    ).toEqual([])
  })
})
