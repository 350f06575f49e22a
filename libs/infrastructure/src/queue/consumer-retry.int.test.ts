import { setTimeout as delay } from 'node:timers/promises'
import { StatsError } from '@hlstats/errors'
import { TestConsumers, until } from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { workQueue } from './topology.ts'

let consumers: TestConsumers

beforeAll(async () => {
  consumers = await TestConsumers.open()
})

afterEach(() => consumers.endTest())

afterAll(() => consumers.close())

describe('failures that may pass', () => {
  it('throws the batch away and applies it whole later, in order', async () => {
    let failures = 3
    const { consumer, send, kills, applied, metrics } = await consumers.create({
      probe: (event) => {
        if (event.sequence === 3 && failures-- > 0) throw new StatsError('DB_DEADLOCK', 'victim')
      },
    })
    await send(0, [[1, kills(2, 1, 2, 3, 4)]])
    await consumer.start()
    expect(await applied(4)).toEqual(['2:1', '2:2', '2:3', '2:4'])
    expect(await metrics.value('hlstats_consumer_retries_total', { code: 'DB_DEADLOCK' })).toBe(3)
  })

  it('lets the other partitions go on meanwhile', async () => {
    let isBroken = true
    const { consumer, send, kills, applied } = await consumers.create({
      probe: (event) => {
        if (event.serverId === 2 && isBroken) throw new StatsError('DB_LOCK_TIMEOUT', 'row is locked')
      },
    })
    await send(0, [[1, kills(2, 1)]])
    await send(1, [[1, kills(3, 1)]])
    await consumer.start()
    await send(1, [[2, kills(3, 2)]])
    expect(await applied(2)).toEqual(['3:1', '3:2'])
    isBroken = false
    expect(await applied(3)).toEqual(['3:1', '3:2', '2:1'])
  })

  it('tries an error that nobody classified again before it blames an event', async () => {
    let failures = 2
    const { consumer, send, kills, applied, parked } = await consumers.create({
      probe: () => {
        if (failures-- > 0) throw new TypeError('undefined is not a function')
      },
    })
    await send(0, [[1, kills(2, 1)]])
    await consumer.start()
    await applied(1)
    expect(await parked()).toEqual([])
  })

  it('consumes again when its queue was deleted', async () => {
    const { consumer, send, kills, applied, service, readiness } = await consumers.create()
    await consumer.start()
    await send(0, [[1, kills(2, 1)]])
    await applied(1)
    await consumers.channel.deleteQueue(workQueue(service, 0))
    await until(() => readiness.get('queue')?.ok === false)
    await until(() => readiness.get('queue')?.ok === true)
    await send(0, [[2, kills(2, 2)]])
    expect(await applied(2)).toEqual(['2:1', '2:2'])
  })

  it('finishes the batch in hand when it stops, and gives the rest back in order', async () => {
    let isStopping = false
    const setup = await consumers.create({
      probe: async (event) => {
        if (event.sequence === 1) {
          isStopping = true
          void setup.consumer.stop()
        }
        await delay(5)
      },
      options: { maxBatchEvents: 1 },
    })
    for (let record = 1; record <= 5; record++) await setup.send(0, [[record, setup.kills(2, record)]])
    await setup.consumer.start()
    await until(() => isStopping)
    await setup.consumer.stop()
    expect(await setup.applied()).toEqual(['2:1'])
    await until(async () => (await setup.waiting(0)) === 4)
  })
})
