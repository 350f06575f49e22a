import { Metrics, silentLogger } from '@hlstats/telemetry'
import { type PrivateRabbit, startPrivateRabbit, until } from '@hlstats/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BrokerConnection } from './broker-connection.ts'
import { declareTopologyAt, withBroker } from './broker-session.ts'
import type { Delivery } from './delivery-source.ts'
import { PartitionConsumer } from './partition-consumer.ts'
import { workQueue } from './topology.ts'

const QUEUE = workQueue('test-replaced', 0)

let broker: PrivateRabbit

beforeAll(async () => {
  broker = await startPrivateRabbit()
  await declareTopologyAt({ url: broker.url }, { services: ['test-replaced'], partitions: 1 })
})

afterAll(() => broker.remove())

async function publish(...bodies: string[]): Promise<void> {
  await withBroker({ url: broker.url }, async (model) => {
    const channel = await model.createConfirmChannel()
    for (const body of bodies) channel.sendToQueue(QUEUE, Buffer.from(body), { persistent: true })
    await channel.waitForConfirms()
  })
}

async function consumersAtBroker(): Promise<number> {
  const rows = await broker.control('list_consumers', 'queue_name')
  return rows.split('\n').filter((line) => line.trim() === QUEUE).length
}

/** A consumer that acks nothing. */
function consume(priority: number) {
  const [metrics, logger] = [new Metrics(), silentLogger()]
  const connection = new BrokerConnection({ url: broker.url }, 'consume', { metrics, logger })
  const delivered: string[] = []
  const consumer = new PartitionConsumer({
    queue: QUEUE,
    partition: 0,
    priority,
    prefetch: 2,
    ackWithinMs: 60_000,
    logger,
    prepare: () => Promise.resolve(),
    onDelivery: ({ body }: Delivery) => void delivered.push(body.toString()),
  })
  connection.onConnect((model) => consumer.connect(model))
  connection.onDisconnect(() => consumer.disconnect())
  const stop = async () => {
    await consumer.release()
    await connection.close()
  }
  const gets = (...bodies: string[]) =>
    until(() => delivered.join() === bodies.join(), { what: bodies.join() })
  return { stop, gets }
}

it('a consumer that leaves while it is being replaced is forgotten, and its messages go on in order', async () => {
  await publish('1', '2', '3')
  const outranked = consume(1)
  await outranked.gets('1', '2')
  const preferred = consume(9)
  await until(async () => (await consumersAtBroker()) === 2, { what: 'two consumers' })
  await outranked.stop()
  await preferred.gets('1', '2')
  await preferred.stop()
  const next = consume(1)
  await next.gets('1', '2')
  expect(await consumersAtBroker()).toBe(1)
  await next.stop()
})
