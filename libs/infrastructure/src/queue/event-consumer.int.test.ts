import { TestConsumers, until } from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { EventConsumer } from './event-consumer.ts'
import { workQueue } from './topology.ts'

let consumers: TestConsumers

beforeAll(async () => {
  consumers = await TestConsumers.open()
})

afterEach(() => consumers.endTest())

afterAll(() => consumers.close())

describe('exactly once', () => {
  it('applies a message that comes again once, also when its records are grouped otherwise', async () => {
    const { consumer, send, kills, applied, metrics } = await consumers.create()
    await send(0, [[1, kills(2, 1, 2)]])
    await send(0, [[1, kills(2, 1, 2)]])
    await send(0, [
      [1, kills(2, 1, 2)],
      [2, kills(4, 1)],
    ])
    await send(0, [
      [2, kills(4, 1)],
      [3, kills(2, 3)],
    ])
    await consumer.start()
    expect(await applied(4)).toEqual(['2:1', '2:2', '4:1', '2:3'])
    expect(await metrics.value('hlstats_records_skipped_total')).toBe(3)
  })

  it('applies once what is committed when the channel dies before the ack', async () => {
    let cuts = 3
    const setup = await consumers.create({
      probe: async () => {
        if (cuts === 0) return
        cuts -= 1
        await setup.source.release(0)
        setup.source.resume(0)
      },
    })
    const { consumer, send, kills, applied, metrics } = setup
    for (let record = 1; record <= 6; record++) await send(0, [[record, kills(2, record)]])
    await consumer.start()
    await applied(6)
    await until(async () => (await metrics.value('hlstats_records_skipped_total')) > 0)
    await consumer.stop()
    expect(await applied()).toEqual([1, 2, 3, 4, 5, 6].map((n) => `2:${n}`))
  })

  it('applies each record once when two consumers of one service are active on the same messages', async () => {
    const first = await consumers.create()
    const second = await consumers.create()
    const twin = new EventConsumer({ ...second.deps, service: first.service })
    consumers.atEnd(() => twin.stop())
    const count = 150
    for (let record = 1; record <= count; record++) {
      await first.send(0, [[record, first.kills(2, record)]])
      consumers.channel.sendToQueue(
        workQueue(second.service, 0),
        consumers.message(first.stream, 0, [[record, first.kills(2, record)]]),
      )
    }
    await Promise.all([first.consumer.start(), twin.start()])
    const skipped = async () => {
      const counts = [first, second].map(({ metrics }) => metrics.value('hlstats_records_skipped_total'))
      return (await Promise.all(counts)).reduce((sum, n) => sum + n, 0)
    }
    await until(async () => (await first.applied()).length + (await skipped()) >= 2 * count)
    await Promise.all([first.consumer.stop(), twin.stop()])
    const found = await first.applied()
    expect([...found].sort()).toEqual(Array.from({ length: count }, (_, i) => `2:${i + 1}`).sort())
  })

  it('reports a gap, and takes its record when it comes late', async () => {
    const { consumer, send, kills, applied, metrics, database, service } = await consumers.create({
      options: { missingForMs: 200 },
    })
    await consumer.start()
    await send(0, [[1, kills(2, 1)]])
    await send(0, [[4, kills(2, 4)]])
    expect(await applied(2)).toEqual(['2:1', '2:4'])
    expect(await metrics.value('hlstats_stream_gaps_total')).toBe(1)
    await send(0, [[3, kills(2, 3)]])
    await send(0, [[3, kills(2, 3)]])
    await applied(3)
    const holes = () =>
      database.query('SELECT from_record, to_record, state FROM hlstats_Stream_Holes WHERE service = ?', [
        service,
      ])
    expect(await holes()).toMatchObject([{ from_record: 2, to_record: 2, state: 'open' }])
    await send(0, [[2, kills(2, 2)]])
    expect(await applied(4)).toEqual(['2:1', '2:4', '2:3', '2:2'])
    expect(await holes()).toEqual([])
  })

  it('reports a gap that stays open as lost, to one replica only, and still takes its record', async () => {
    const first = await consumers.create({ options: { lostAfterMs: 1, missingForMs: 0 } })
    const { send, kills, applied, metrics } = first
    await send(0, [[1, kills(2, 1)]])
    await send(0, [[3, kills(2, 3)]])
    await first.consumer.start()
    await applied(2)
    await first.consumer.stop()
    const replicas = await Promise.all([
      consumers.create({ options: { lostAfterMs: 1 } }),
      consumers.create({ options: { lostAfterMs: 1 } }),
    ])
    for (const { deps } of replicas) {
      const consumer = new EventConsumer({ ...deps, service: first.service })
      consumers.atEnd(() => consumer.stop())
      await consumer.start()
    }
    const lost = async () => {
      const found = [first.metrics, ...replicas.map((replica) => replica.metrics)]
      const counts = await Promise.all(found.map((own) => own.value('hlstats_stream_gaps_lost_total')))
      return counts.reduce((sum, count) => sum + count, 0)
    }
    await until(async () => (await lost()) === 1)
    consumers.channel.sendToQueue(
      workQueue(replicas[0]?.service ?? '', 0),
      consumers.message(first.stream, 0, [[2, kills(2, 2)]]),
    )
    expect(await applied(3)).toEqual(['2:1', '2:3', '2:2'])
    expect(await lost()).toBe(1)
    expect(await metrics.value('hlstats_stream_gaps_total')).toBe(1)
  })

  it('takes the first record that it sees of a stream as a baseline, and what comes late from below it', async () => {
    const { consumer, send, kills, applied, metrics } = await consumers.create({
      options: { missingForMs: 0 },
    })
    await send(0, [[5, kills(2, 5)]])
    await consumer.start()
    await applied(1)
    await send(0, [[4, kills(2, 4)]])
    expect(await applied(2)).toEqual(['2:5', '2:4'])
    expect(await metrics.value('hlstats_stream_gaps_total')).toBe(0)
  })
})
