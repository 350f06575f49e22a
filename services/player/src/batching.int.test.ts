import { type Database, openDatabase } from '@hlstats/database'
import type { GameEvent } from '@hlstats/events'
import { createMetrics, type Metrics, silentLogger } from '@hlstats/telemetry'
import {
  aHistory,
  assertCutsLeaveNoTrace,
  clearTables,
  dumpTables,
  PLAYER_COUNTERS,
  PLAYER_TABLES,
  runModules,
  type TestDatabase,
  testDatabase,
} from '@hlstats/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { playerModules } from './service.ts'

let test: TestDatabase
let database: Database
let metrics: Metrics

beforeAll(async () => {
  test = await testDatabase()
  metrics = createMetrics()
  database = await openDatabase({ url: test.url, logger: silentLogger(), metrics })
  for (const id of [1, 2, 3, 4]) {
    await database.execute(
      'INSERT INTO hlstats_Servers (serverId, address, port, game) VALUES (?, ?, 27015, ?)',
      [id, `10.0.0.${id}`, 'css'],
    )
    await database.execute(
      "INSERT INTO hlstats_Servers_Config (serverId, parameter, value) VALUES (?, 'MinPlayers', '1')",
      [id],
    )
  }
})

afterAll(async () => {
  await database.close()
  await test.drop()
})

async function countAll(batches: readonly GameEvent[][]) {
  await clearTables(database, PLAYER_TABLES, PLAYER_COUNTERS)
  const modules = await runModules(database, playerModules)
  for (const batch of batches) await modules.apply(batch)
  return dumpTables(database, PLAYER_TABLES)
}

async function statements(): Promise<number> {
  const text = await metrics.text()
  const lines = text.split('\n').filter((line) => line.startsWith('hlstats_database_statements_total'))
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

describe('a batch', () => {
  it('leaves what its events would have left one by one, wherever it is cut', async () => {
    await assertCutsLeaveNoTrace(150, countAll)
  })

  it('of one event each leaves the same as one of all', async () => {
    const history = aHistory({ seed: 7, events: 120 })
    const single = history.map((event) => [event])
    expect(await countAll(single)).toEqual(await countAll([history]))
  })

  it('of 1,000 events of all kinds takes fewer than 50 statements', async () => {
    const history = aHistory({ seed: 11, events: 3_000, servers: 4 })
    const modules = await runModules(database, playerModules)
    await modules.apply(history.slice(0, 1_000))
    const before = await statements()
    await modules.apply(history.slice(1_000, 2_000))
    await modules.apply(history.slice(2_000, 3_000))
    expect((await statements()) - before).toBeLessThan(2_000 * 0.05)
  })
})
