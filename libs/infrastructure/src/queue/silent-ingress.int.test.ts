import { aKill, TestConsumers, temporaryFolder, until } from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { EventConsumer } from './event-consumer.ts'
import { Journal } from './journal.ts'

const YEAR_MS = 365 * 24 * 3600 * 1000
let consumers: TestConsumers

beforeAll(async () => {
  consumers = await TestConsumers.open()
})

afterEach(async () => {
  vi.useRealTimers()
  await consumers.endTest()
})

afterAll(() => consumers.close())

describe('an ingress that was silent for a year beside younger ones', () => {
  it('has everything counted that it still had to send, and nothing twice', async () => {
    const { consumer, deps, send, sendBytes, kills, applied, parked, database, service, stream } =
      await consumers.create()
    await send(0, [[1, kills(2, 1)]])
    for (const partition of [0, 1])
      await sendBytes(partition, consumers.message(`${stream}-younger`, partition, [[1, kills(3, 1)]]))
    await consumer.start()
    await applied(3)
    await consumer.stop()
    await database.execute(
      'UPDATE hlstats_Stream_Positions SET updated_at = updated_at - INTERVAL 1 YEAR WHERE service = ? AND stream = ?',
      [service, stream],
    )
    const next = new EventConsumer(deps)
    consumers.atEnd(() => next.stop())
    await next.start()
    await sendBytes(0, consumers.message(`${stream}-younger`, 0, [[2, kills(3, 2)]]))
    await applied(4)
    await send(0, [
      [1, kills(2, 1)],
      [2, kills(2, 2)],
    ])
    await send(1, [[1, kills(5, 1)]])
    const all = await applied(6)
    expect(all.slice(4).sort()).toEqual(['2:2', '5:1'])
    expect(all).toHaveLength(6)
    expect(await parked()).toEqual([])
  })

  it('sends what its journal has held so long', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - YEAR_MS })
    const directory = temporaryFolder('journal')
    const before = await Journal.open({ directory, partitions: 1 })
    await before.append(0, [aKill()])
    await before.close()
    vi.useRealTimers()
    const journal = await Journal.open({ directory, partitions: 1 })
    const batch = await until(() => journal.peek(0, 1024))
    expect(batch.records).toHaveLength(1)
    await journal.close()
  })
})
