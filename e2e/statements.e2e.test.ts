import { type Database, openDatabase } from '@hlstats/database'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import { aHistory, runModules, type TestDatabase, testDatabase } from '@hlstats/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { matchModules } from '../services/match/src/service.ts'
import { playerModules } from '../services/player/src/service.ts'
import { weaponModules } from '../services/weapon/src/service.ts'

const EVENTS_PER_BATCH = 1_000
const MOST_PER_EVENT = 0.05

let test: TestDatabase
let database: Database
const metrics = new Metrics()
const statements = () => metrics.value('hlstats_database_statements_total')

beforeAll(async () => {
  test = await testDatabase()
  database = await openDatabase({ url: test.url, logger: silentLogger(), metrics })
  for (const id of [1, 2, 3, 4]) {
    await database.execute(
      `INSERT INTO hlstats_Servers (serverId, address, port, game) VALUES (?, ?, 27015, 'css')`,
      [id, `10.0.0.${id}`],
    )
  }
})

afterAll(async () => {
  await database.close()
  await test.drop()
})

it.each([
  ['player', playerModules],
  ['weapon', weaponModules],
  ['match', matchModules],
] as const)(
  '%s takes at most 0.05 statements per event of all kinds in full batches',
  async (_name, build) => {
    const history = aHistory({ seed: 11, events: 4 * EVENTS_PER_BATCH, servers: 4 })
    const modules = await runModules(database, build)
    const batch = (number: number) =>
      history.slice(number * EVENTS_PER_BATCH, (number + 1) * EVENTS_PER_BATCH)
    await modules.apply(batch(0))
    const before = await statements()
    for (const number of [1, 2, 3]) await modules.apply(batch(number))
    const perEvent = ((await statements()) - before) / (3 * EVENTS_PER_BATCH)
    expect(perEvent).toBeGreaterThan(0)
    expect(perEvent).toBeLessThan(MOST_PER_EVENT)
  },
)
