import { TestConsumers, until } from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { DeliverySource } from './delivery-source.ts'
import { EventConsumer } from './event-consumer.ts'

let consumers: TestConsumers

beforeAll(async () => {
  consumers = await TestConsumers.open()
})

afterEach(() => consumers.endTest())

afterAll(() => consumers.close())

it('a table that is missing gives the partitions back once, and they come again when it is there', async () => {
  let attempts = 0
  const probe = () => {
    attempts += 1
  }
  const { deps, send, kills, applied, database } = await consumers.create({ probe })
  const { source } = deps
  let releases = 0
  const counted: DeliverySource = {
    partitions: source.partitions,
    comesAgainWithinMs: source.comesAgainWithinMs,
    start: (onDelivery) => source.start(onDelivery),
    release: (partition) => {
      releases += 1
      return source.release(partition)
    },
    resume: (partition) => source.resume(partition),
    stop: () => source.stop(),
    state: () => source.state(),
  }
  const consumer = new EventConsumer({ ...deps, source: counted, options: { databaseAwayMs: 100 } })
  consumers.atEnd(() => consumer.stop())
  await consumer.start()
  await send(0, [[1, kills(2, 1)]])
  await applied(1)
  await database.execute('RENAME TABLE t_ledger TO t_ledger_away')
  await send(0, [[2, kills(2, 2)]])
  await until(() => releases === source.partitions)
  attempts = 0
  await until(() => attempts >= 4, { timeoutMs: 20_000 })
  expect(releases).toBe(source.partitions)
  await database.execute('RENAME TABLE t_ledger_away TO t_ledger')
  expect(await applied(2)).toEqual(['2:1', '2:2'])
})
