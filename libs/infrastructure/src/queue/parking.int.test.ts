import { StatsError } from '@hlstats/errors'
import { encodeMessage, encodeRecord, type GameEvent } from '@hlstats/events'
import { aSuicide, TestConsumers, until } from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { requestReplay } from './broker-session.ts'
import { EventConsumer } from './event-consumer.ts'
import { ParkedInbox } from './parked-inbox.ts'
import { ParkedEvents } from './parking.ts'
import { workQueue } from './topology.ts'

let consumers: TestConsumers

beforeAll(async () => {
  consumers = await TestConsumers.open()
})

afterEach(() => consumers.endTest())

afterAll(() => consumers.close())

describe('parked events', () => {
  it('takes a parked event again once, however often it is asked to', async () => {
    let isBroken = true
    const { consumer, send, kills, applied, parked, waiting, database } = await consumers.create({
      probe: (event) => {
        if (event.sequence === 2 && isBroken) throw new StatsError('DB_CONSTRAINT', 'name is too long')
      },
    })
    await send(0, [[1, kills(2, 1, 2, 3)]])
    await consumer.start()
    await applied(2)
    const rows = await parked()
    await requestReplay({ url: consumers.broker.url }, rows)
    const events = new ParkedEvents(database)
    const [row] = rows
    await until(async () => (await events.find(row?.id ?? 0))?.attempts === 2)
    expect(await applied()).toHaveLength(2)
    isBroken = false
    await requestReplay({ url: consumers.broker.url }, [...rows, ...rows])
    await requestReplay({ url: consumers.broker.url }, rows)
    expect(await applied(3)).toEqual(['2:1', '2:3', '2:2'])
    await until(async () => (await waiting(0)) === 0)
    await consumer.stop()
    expect(await applied()).toHaveLength(3)
    expect(await events.find(row?.id ?? 0)).toMatchObject({ state: 'replayed' })
    expect(await events.discard(row?.id ?? 0)).toBe(false)
  })

  it('takes an event again whose partition is gone since the number of partitions was changed', async () => {
    let isBroken = true
    const { consumer, deps, send, kills, applied, parked, waiting } = await consumers.create({
      probe: () => {
        if (isBroken) throw new StatsError('DB_CONSTRAINT', 'name is too long')
      },
    })
    await send(1, [[1, kills(3, 1)]])
    await consumer.start()
    const rows = await until(async () => {
      const found = await parked()
      return found.length === 1 && found
    })
    isBroken = false
    await consumer.stop()
    await requestReplay({ url: consumers.broker.url }, rows, 1)
    expect([await waiting(0), await waiting(1)]).toEqual([1, 0])
    const next = new EventConsumer(deps)
    consumers.atEnd(() => next.stop())
    await next.start()
    expect(await applied(1)).toEqual(['3:1'])
    await until(async () => (await parked()).length === 0)
  })

  it('takes a whole message again, though the one before it never came', async () => {
    const { consumer, send, sendBytes, kills, applied, parked, database, stream } = await consumers.create()
    await send(0, [[1, kills(2, 1)]])
    await sendBytes(0, Buffer.from(JSON.stringify({ version: '2.0', stream, partition: 0 })))
    await consumer.start()
    const rows = await until(async () => {
      const found = await parked()
      return found.length === 1 && found
    })
    // As a build that understands it would read it.
    const message = consumers.message(stream, 0, [[3, kills(2, 3)]]).toString()
    await database.execute('UPDATE hlstats_Parked SET payload = ? WHERE id = ?', [message, rows[0]?.id ?? 0])
    await requestReplay({ url: consumers.broker.url }, rows)
    expect(await applied(2)).toEqual(['2:1', '2:3'])
    expect(await parked()).toEqual([])
  })

  it('does not replay what was discarded', async () => {
    const { consumer, send, kills, applied, parked, waiting, database } = await consumers.create({
      probe: (event) => {
        if (event.sequence === 1) throw new StatsError('DB_CONSTRAINT', 'name is too long')
      },
    })
    await send(0, [[1, kills(2, 1, 2)]])
    await consumer.start()
    await applied(1)
    const rows = await parked()
    expect(await new ParkedEvents(database).discard(rows[0]?.id ?? 0)).toBe(true)
    await requestReplay({ url: consumers.broker.url }, rows)
    await send(0, [[2, kills(2, 3)]])
    expect(await applied(2)).toEqual(['2:2', '2:3'])
    await until(async () => (await waiting(0)) === 0)
  })

  it('gets what the broker gave up, as no gap, without what had taken effect', async () => {
    const { consumer, send, kills, applied, parked, metrics, connection, service, deps } =
      await consumers.create()
    await consumer.start()
    await send(0, [[1, kills(2, 1)]])
    await applied(1)
    await deps.source.release(0)
    await send(0, [
      [1, kills(2, 1)],
      [2, [aSuicide({}, { serverId: 2, stream: deps.service, sequence: 2 })]],
    ])
    await rejectUntilDead(workQueue(service, 0))
    const inbox = new ParkedInbox({ ...deps, connection })
    inbox.start()
    consumers.atEnd(() => inbox.stop())
    const rows = await until(async () => {
      const found = await parked()
      return found.length > 0 ? found : undefined
    })
    expect(rows).toMatchObject([
      { code: 'EVENT_DEAD_LETTER', record: 2, eventType: 'PLAYER_SUICIDE', partition: 0 },
    ])
    deps.source.resume(0)
    await send(0, [[3, kills(2, 3)]])
    expect(await applied(2)).toEqual(['2:1', '2:3'])
    expect(await metrics.value('hlstats_stream_gaps_total')).toBe(0)
  })

  it('gets what the broker gave up when its events have no id that fits, and what comes behind it', async () => {
    const { sendBytes, send, kills, parked, connection, service, stream, deps } = await consumers.create()
    const nameless = { eventId: 'x'.repeat(129) }
    await sendBytes(0, encodeMessage(stream, 0, [encodeRecord(1, [nameless as GameEvent])]))
    await send(0, [[2, kills(2, 1)]])
    await rejectUntilDead(workQueue(service, 0), 2)
    const inbox = new ParkedInbox({ ...deps, connection })
    inbox.start()
    consumers.atEnd(() => inbox.stop())
    const rows = await until(async () => {
      const found = await parked()
      return found.length === 2 ? found : undefined
    })
    expect(rows).toMatchObject([
      { eventId: `unnamed.${stream}.p0.1.0`, code: 'EVENT_VERSION' },
      { eventId: `${stream}.2.1`, code: 'EVENT_DEAD_LETTER' },
    ])
  })
})

/** Until the broker moves the messages to the dead letters, as an operator's own limit would make it. */
async function rejectUntilDead(queue: string, messages = 1): Promise<void> {
  const own = await consumers.model.createChannel()
  const { consumerTag } = await own.consume(queue, (message) => {
    if (message !== null) own.nack(message, false, false)
  })
  await until(async () => (await consumers.channel.checkQueue('hlstats.parked')).messageCount >= messages)
  await own.cancel(consumerTag)
  await own.close()
}
