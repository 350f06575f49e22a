import { type Database, openDatabase } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import { EventType } from '@hlstats/events'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import { aKill, emptyTestDatabase } from '@hlstats/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { EventBus } from './event-bus.ts'

let given: { url: string; drop(): Promise<void> }
let database: Database

beforeAll(async () => {
  given = await emptyTestDatabase()
  database = await openDatabase({ url: given.url, logger: silentLogger(), metrics: new Metrics() })
})

afterAll(async () => {
  await database?.close()
  await given?.drop()
})

it('never calls a handler again inside a unit of work: only the whole batch may be tried again', async () => {
  const bus = new EventBus(silentLogger())
  const deadlock = new StatsError('DB_DEADLOCK', 'victim')
  let calls = 0
  const failing = () => {
    calls += 1
    throw deadlock
  }
  bus.subscribe(EventType.PLAYER_KILL, failing, { retry: { attempts: 3, delayMs: 1 } })
  await expect(database.runUnit(() => bus.publish(aKill()))).rejects.toBe(deadlock)
  expect(calls).toBe(1)
  await expect(bus.publish(aKill())).rejects.toBe(deadlock)
  expect(calls).toBe(4)
})
