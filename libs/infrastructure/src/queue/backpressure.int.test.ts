import { TestConsumers, until } from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

let consumers: TestConsumers

beforeAll(async () => {
  consumers = await TestConsumers.open()
})

afterEach(() => consumers.endTest())

afterAll(() => consumers.close())

describe('a slow database', () => {
  it.each([
    ['as many messages as fit into the bytes that it may hold', 8 * 65_536, 4],
    ['one message of each partition where even these are more than it may hold', 65_536, 1],
  ])('lets the queue grow, not the process: it has %s', async (_, heldBytes, each) => {
    const open = Promise.withResolvers<void>()
    const setup = await consumers.create({ heldBytes, probe: () => open.promise })
    const { consumer, send, kills, waiting, applied } = setup
    await consumer.start()
    for (let record = 1; record <= 10; record++) {
      await send(0, [[record, kills(2, record)]])
      await send(1, [[record, kills(3, record)]])
    }
    await until(async () => (await waiting(0)) === 10 - each && (await waiting(1)) === 10 - each)
    open.resolve()
    expect((await applied(20)).length).toBe(20)
    await until(async () => (await waiting(0)) === 0)
  })
})
