import { migrate, openDatabase } from '@hlstats/database'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import {
  type PrivateMariaDb,
  startPrivateMariaDb,
  TestConsumers,
  until,
  withConnection,
} from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

let server: PrivateMariaDb
let consumers: TestConsumers

beforeAll(async () => {
  server = await startPrivateMariaDb()
  await withConnection(server.url, (connection) => connection.query('CREATE DATABASE hlstats'))
  const url = `${server.url}/hlstats`
  const database = await openDatabase({ url, logger: silentLogger(), metrics: new Metrics() })
  await migrate(database)
  consumers = await TestConsumers.open({ db: { url, database, drop: () => database.close() } })
})

afterEach(() => consumers.endTest())

afterAll(async () => {
  await consumers.close()
  await server.remove()
})

const expected = (count: number) => Array.from({ length: count }, (_, i) => `2:${i + 1}`)

describe('a database that is away', () => {
  it('costs nothing when it is killed in the middle of batches and comes back', async () => {
    const { consumer, send, kills, applied, readiness, metrics } = await consumers.create()
    await consumer.start()
    let sent = 0
    const sendMore = async (count: number) => {
      for (let n = 0; n < count; n++) {
        sent += 1
        await send(0, [[sent, kills(2, sent)]])
      }
    }
    for (let round = 0; round < 2; round++) {
      await sendMore(20)
      const sending = sendMore(60)
      await server.kill()
      await sending
      await until(() => readiness.get('database')?.ok === false)
      await server.start()
      await until(() => readiness.get('database')?.ok === true, { timeoutMs: 20_000 })
    }
    expect(await applied(sent)).toEqual(expected(sent))
    expect(await metrics.value('hlstats_consumer_retries_total', { code: 'DB_CONNECTION' })).toBeGreaterThan(
      0,
    )
    expect(await metrics.value('hlstats_events_parked_total')).toBe(0)
  })

  it('gets its partitions back to the queue when it is away for long, and again when it answers', async () => {
    const { consumer, send, kills, applied, readiness, waiting } = await consumers.create({
      options: { databaseAwayMs: 300 },
    })
    await consumer.start()
    await send(0, [[1, kills(2, 1)]])
    await applied(1)
    await server.kill()
    for (let record = 2; record <= 10; record++) await send(0, [[record, kills(2, record)]])
    await until(() => readiness.get('queue')?.ok === false, { timeoutMs: 20_000 })
    expect(readiness.get('queue')?.reason).toMatch('partitions 0, 1')
    await until(async () => (await waiting(0)) === 9)
    await server.start()
    expect(await applied(10)).toEqual(expected(10))
    await until(() => readiness.get('queue')?.ok === true)
  })

  it('is waited for while it is frozen, and nothing is applied twice when it wakes', async () => {
    const { consumer, send, kills, applied } = await consumers.create()
    await consumer.start()
    await send(0, [[1, kills(2, 1)]])
    await applied(1)
    for (let record = 2; record <= 60; record++) {
      if (record === 30) await server.kill('SIGSTOP')
      await send(0, [[record, kills(2, record)]])
    }
    await server.kill('SIGCONT')
    expect(await applied(60)).toEqual(expected(60))
  })
})
