import { StatsError } from '@hlstats/errors'
import { TestConsumers, until } from '@hlstats/testkit'
import { connect } from 'amqplib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { workQueue } from './topology.ts'

let consumers: TestConsumers

beforeAll(async () => {
  consumers = await TestConsumers.open()
})

afterEach(() => consumers.endTest())

afterAll(() => consumers.close())

/** A process that takes a message and is gone. */
async function takeAndDie(queue: string): Promise<void> {
  const model = await connect(consumers.broker.url)
  const channel = await model.createChannel()
  const taken = Promise.withResolvers<void>()
  await channel.consume(queue, () => taken.resolve())
  await taken.promise
  await model.close()
}

describe('poison', () => {
  it.each([1, 2, 3, 4, 5])(
    'parks event %i of five and applies the others, the partition beside it at once',
    async (bad) => {
      const { consumer, send, kills, applied, parked, stream, waiting } = await consumers.create({
        probe: (event) => {
          if (event.serverId === 2 && event.sequence === bad)
            throw new StatsError('DB_CONSTRAINT', 'name is too long')
        },
      })
      const sent = kills(2, 1, 2, 3, 4, 5)
      await send(0, [
        [1, sent.slice(0, 2)],
        [2, sent.slice(2)],
      ])
      await send(1, [[1, kills(3, 1)]])
      await consumer.start()
      const found = await applied(5)
      const good = [1, 2, 3, 4, 5].filter((sequence) => sequence !== bad)
      expect(found.filter((entry) => entry.startsWith('2:'))).toEqual(good.map((sequence) => `2:${sequence}`))
      const [row, ...more] = await parked()
      expect(more).toEqual([])
      expect(row).toMatchObject({
        eventId: `${stream}.2.${bad}`,
        eventType: 'PLAYER_KILL',
        partition: 0,
        stream,
        record: bad <= 2 ? 1 : 2,
        code: 'DB_CONSTRAINT',
        message: 'name is too long',
        stack: expect.stringContaining('poison.int.test'),
        attempts: 1,
        state: 'parked',
      })
      expect(JSON.parse(row?.payload ?? '')).toEqual(sent[bad - 1])
      await until(async () => (await waiting(0)) === 0)
    },
  )

  it('parks what a handler has a bug with, and several of them that are not in a row', async () => {
    const { consumer, send, kills, applied, parked } = await consumers.create({
      probe: (event) => {
        if ([2, 4, 6].includes(event.sequence)) throw new TypeError('undefined is not a function')
      },
    })
    await send(0, [[1, kills(2, 1, 2, 3, 4, 5, 6, 7)]])
    await consumer.start()
    expect(await applied(4)).toEqual(['2:1', '2:3', '2:5', '2:7'])
    expect((await parked()).map(({ code }) => code)).toEqual(Array(3).fill('HANDLER_FAILED'))
  })

  it('parks an event that fits no schema, one of an unknown version, and bytes that are nothing', async () => {
    const { consumer, sendBytes, kills, applied, parked, stream, waiting } = await consumers.create()
    const [good] = kills(2, 9)
    const bad = [
      { ...good, eventId: 'a', data: {} },
      good,
      { ...good, eventId: 'b', version: '9.0' },
      { no: 'id' },
    ]
    const record = `{"record":1,"events":${JSON.stringify(bad)}}`
    await sendBytes(
      0,
      Buffer.from(`{"version":"1.0","stream":"${stream}","partition":0,"records":[${record}]}`),
    )
    await sendBytes(1, Buffer.from([0xff, 0x00]))
    await consumer.start()
    await applied(1)
    await until(async () => (await waiting(0)) + (await waiting(1)) === 0)
    const rows = await until(async () => {
      const found = await parked()
      return found.length === 4 ? found : undefined
    })
    expect(rows.map(({ eventId, code }) => `${code} ${eventId}`).sort()).toEqual([
      expect.stringMatching(/^EVENT_DECODE undecodable\.[0-9a-f]{32}$/),
      'EVENT_SCHEMA a',
      'EVENT_VERSION b',
      `EVENT_VERSION unnamed.${stream}.p0.1.3`,
    ])
  })

  it('parks a message with a number that no record has, and goes on behind it', async () => {
    const { consumer, sendBytes, send, kills, applied, parked, stream } = await consumers.create()
    const event = JSON.stringify(kills(2, 1))
    await sendBytes(
      0,
      Buffer.from(
        `{"version":"1.0","stream":"${stream}","partition":0,"records":[{"record":1e20,"events":${event}}]}`,
      ),
    )
    await send(0, [[1, kills(2, 2)]])
    await consumer.start()
    expect(await applied(1)).toEqual(['2:2'])
    expect(await parked()).toMatchObject([{ code: 'EVENT_DECODE' }])
  })

  it('stops a partition that would park more than three in a row, says so, and goes on when they can be taken', async () => {
    let isBroken = true
    const { consumer, send, kills, applied, parked, readiness, metrics } = await consumers.create({
      probe: (event) => {
        if (event.serverId === 2 && event.sequence > 1 && isBroken)
          throw new StatsError('DB_QUERY', 'no such column')
      },
      options: { stoppedForMs: 300 },
    })
    for (let record = 1; record <= 7; record++) await send(0, [[record, kills(2, record)]])
    await consumer.start()
    await until(() => readiness.get('partitions')?.ok === false)
    expect(readiness.get('partitions')?.reason).toMatch(/partition 0 stopped: .*no such column/)
    expect((await parked()).map(({ record }) => record)).toEqual([2, 3, 4])
    await send(1, [[1, kills(3, 1)]])
    expect(await applied(2)).toEqual(['2:1', '3:1'])
    await until(async () => (await metrics.value('hlstats_consumer_stops_total')) >= 2)
    isBroken = false
    expect(await applied(5)).toEqual(['2:1', '3:1', '2:5', '2:6', '2:7'])
    await until(() => readiness.get('partitions')?.ok === true)
    expect(await parked()).toHaveLength(3)
  })

  it('holds a partition whose messages are all of a newer major version: three are parked, the rest waits for an upgrade', async () => {
    const { consumer, sendBytes, parked, readiness, waiting, stream } = await consumers.create()
    for (let record = 1; record <= 7; record++) {
      const message = { version: '2.0', stream, partition: 0, batches: [{ number: record }] }
      await sendBytes(0, Buffer.from(JSON.stringify(message)))
    }
    await consumer.start()
    await until(() => readiness.get('partitions')?.ok === false)
    expect(readiness.get('partitions')?.reason).toContain(
      'message version 2.0 is unknown, this build speaks 1.0',
    )
    expect((await parked()).map(({ code }) => code)).toEqual([
      'EVENT_VERSION',
      'EVENT_VERSION',
      'EVENT_VERSION',
    ])
    await consumer.stop()
    await until(async () => (await waiting(0)) === 4)
  })

  it('goes on with one record per transaction when a message was delivered three times', async () => {
    const { consumer, service, send, kills, applied, metrics } = await consumers.create()
    await send(
      0,
      [1, 2, 3, 4].map((record) => [record, kills(2, record)] as const),
    )
    for (let death = 0; death < 3; death++) await takeAndDie(workQueue(service, 0))
    await consumer.start()
    expect(await applied(4)).toEqual(['2:1', '2:2', '2:3', '2:4'])
    expect(await metrics.value('hlstats_consumer_batch_events')).toBe(4)
  })
})
