import { TcpProxy, TestConsumers, until } from '@hlstats/testkit'
import { connect } from 'amqplib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { brokerVersion, isAtLeast } from './broker-version.ts'
import { workQueue } from './topology.ts'

let consumers: TestConsumers

beforeAll(async () => {
  consumers = await TestConsumers.open()
})

afterEach(() => consumers.endTest())

afterAll(() => consumers.close())

function inOrder(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `2:${n + 1}`)
}

/** Whether the broker takes a message from a consumer that does not ack it, and leaves that consumer the others. */
function takesOneByOne(): boolean {
  return isAtLeast(brokerVersion(consumers.model), 4, 3)
}

describe('records that are missing before others', () => {
  it('are waited for, also behind more messages than a partition has under way', async () => {
    const { consumer, send, kills, applied, waiting, metrics } = await consumers.create()
    await consumer.start()
    await send(0, [[1, kills(2, 1)]])
    await applied(1)
    for (let record = 4; record <= 50; record++) await send(0, [[record, kills(2, record)]])
    await send(0, [[3, kills(2, 3)]])
    await send(0, [[2, kills(2, 2)]])
    expect(await applied(50)).toEqual(inOrder(50))
    expect(await metrics.value('hlstats_missing_records_waits_total')).toBe(1)
    expect(await metrics.value('hlstats_stream_gaps_total')).toBe(0)
    await until(async () => (await waiting(0)) === 0, { what: 'the acks' })
    for (let record = 51; record <= 100; record++) await send(0, [[record, kills(2, record)]])
    expect(await applied(100)).toEqual(inOrder(100))
  })

  it('hold up no other partition', async () => {
    const { consumer, send, kills, applied } = await consumers.create()
    await consumer.start()
    await send(0, [[1, kills(2, 1)]])
    await applied(1)
    await send(0, [[3, kills(2, 3)]])
    for (let record = 1; record <= 3; record++) await send(1, [[record, kills(3, record)]])
    expect(await applied(4)).toEqual(['2:1', '3:1', '3:2', '3:3'])
    await send(0, [[2, kills(2, 2)]])
    expect((await applied(6)).slice(4)).toEqual(['2:2', '2:3'])
  })

  it('are not waited for behind a message that nobody can read', async () => {
    const { consumer, send, sendBytes, kills, applied, parked, metrics } = await consumers.create()
    await send(0, [[1, kills(2, 1)]])
    await sendBytes(0, Buffer.from('{"records":'))
    await send(0, [[3, kills(2, 3)]])
    await consumer.start()
    expect(await applied(2)).toEqual(['2:1', '2:3'])
    expect((await parked()).length).toBe(1)
    expect(await metrics.value('hlstats_missing_records_waits_total')).toBe(0)
  })

  it('leave a partition alone that was stopped', async () => {
    const { consumer, source, send, sendBytes, kills, applied, metrics, stream } = await consumers.create({
      options: { stoppedForMs: 1_500 },
    })
    await send(0, [[1, kills(2, 1)]])
    for (let record = 2; record <= 8; record++) {
      const message = { version: '2.0', stream, partition: 0, batches: [{ number: record }] }
      await sendBytes(0, Buffer.from(JSON.stringify(message)))
    }
    await send(0, [[9, kills(2, 9)]])
    await consumer.start()
    for (const stops of [1, 2]) {
      await until(async () => (await metrics.value('hlstats_consumer_stops_total')) === stops)
      await send(1, [[stops, kills(3, stops)]])
      await applied(1 + stops)
      expect(source.state().reason).toBe('not consuming the queues of partitions 0')
    }
  })

  it('come from a dead replica one by one, with younger ones in between', async ({ skip }) => {
    skip(!takesOneByOne(), 'needs RabbitMQ 4.3 or later')
    const { consumer, service, send, kills, applied } = await consumers.create()
    const wire = await TcpProxy.open(Number(new URL(consumers.broker.url).port))
    const model = await connect(`${wire.through(consumers.broker.url)}?heartbeat=0`)
    model.on('error', () => undefined)
    const channel = await model.createChannel()
    const held: Buffer[] = []
    await channel.prefetch(10)
    await channel.consume(
      workQueue(service, 0),
      (message) => void held.push(message?.content ?? Buffer.alloc(0)),
      {
        arguments: { 'x-consumer-timeout': 3_000 },
      },
    )
    for (let record = 1; record <= 10; record++) await send(0, [[record, kills(2, record)]])
    await until(() => held.length === 10, { what: 'messages that nobody acks' })
    wire.hold('toServer', 'toClient')
    await consumer.start()
    for (let record = 11; record <= 60; record++) await send(0, [[record, kills(2, record)]])
    expect(await applied(60)).toEqual(inOrder(60))
    wire.reset()
    await wire.close()
  })
})
