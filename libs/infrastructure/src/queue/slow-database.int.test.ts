import { TestConsumers, testDatabase, until } from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'

let consumers: TestConsumers

beforeAll(async () => {
  consumers = await TestConsumers.open({ db: await testDatabase({ unitLimitMs: 1_000 }) })
})

afterEach(() => consumers.endTest())

afterAll(() => consumers.close())

it('takes fewer events at once where the database does not get done with them in time', async () => {
  let isSlow = true
  const { consumer, send, kills, applied, waiting, metrics } = await consumers.create({
    probe: async () => {
      if (isSlow) await consumers.db.database.query('SELECT SLEEP(0.1)')
    },
    options: { databaseAwayMs: 2_000 },
  })
  const numbers = Array.from({ length: 40 }, (_, index) => index + 1)
  for (const number of numbers) await send(0, [[number, kills(2, number)]])
  await consumer.start()
  await applied(15)
  isSlow = false
  expect(await applied(40)).toEqual(numbers.map((number) => `2:${number}`))
  await until(async () => (await waiting(0)) === 0)
  expect(await metrics.value('hlstats_consumer_retries_total', { code: 'DB_UNIT_TIMEOUT' })).toBeGreaterThan(
    0,
  )
})

it('takes fewer events of a partition that is slow, however often the others get done', async () => {
  let isSlow = true
  const { consumer, send, kills, applied, metrics } = await consumers.create({
    probe: async ({ serverId }) => {
      if (isSlow && serverId === 2) await consumers.db.database.query('SELECT SLEEP(0.1)')
    },
  })
  for (let number = 1; number <= 20; number++) await send(0, [[number, kills(2, number)]])
  for (let number = 1; number <= 400; number++) await send(1, [[number, kills(3, number)]])
  await consumer.start()
  await until(async () => (await applied()).includes('2:5'), { timeoutMs: 30_000 })
  expect(await applied()).not.toContain('3:400')
  isSlow = false
  await applied(420)
  expect(await metrics.value('hlstats_consumer_retries_total', { code: 'DB_UNIT_TIMEOUT' })).toBeLessThan(6)
})
