import { Metrics, silentLogger } from '@hlstats/telemetry'
import { type PrivateRabbit, startPrivateRabbit, until } from '@hlstats/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BrokerConnection } from './broker-connection.ts'
import { declareTopologyAt, withBroker } from './broker-session.ts'
import type { Delivery } from './delivery-source.ts'
import { PartitionConsumer } from './partition-consumer.ts'
import { workQueue } from './topology.ts'

const QUEUE = workQueue('test-killed', 0)

let rabbit: PrivateRabbit

beforeAll(async () => {
  rabbit = await startPrivateRabbit()
  await declareTopologyAt({ url: rabbit.url }, { services: ['test-killed'], partitions: 1 })
})

afterAll(() => rabbit.remove())

async function publish(body: string): Promise<void> {
  await withBroker({ url: rabbit.url }, async (model) => {
    const channel = await model.createConfirmChannel()
    channel.sendToQueue(QUEUE, Buffer.from(body), { persistent: true })
    await channel.waitForConfirms()
  })
}

async function consumersAtBroker(): Promise<number> {
  const rows = await rabbit.control('list_consumers', 'queue_name')
  return rows.split('\n').filter((line) => line.trim() === QUEUE).length
}

function consume(priority: number, onDelivery: (delivery: Delivery) => void) {
  const [metrics, logger] = [new Metrics(), silentLogger()]
  const connection = new BrokerConnection({ url: rabbit.url }, 'consume', { metrics, logger })
  const consumer = new PartitionConsumer({
    queue: QUEUE,
    partition: 0,
    priority,
    prefetch: 10,
    ackWithinMs: 5_000,
    logger,
    prepare: () => Promise.resolve(),
    onDelivery,
  })
  connection.onConnect((model) => consumer.connect(model))
  connection.onDisconnect(() => consumer.disconnect())
  return async () => {
    await consumer.release()
    await connection.close()
  }
}

it('a queue whose consumer was being replaced when the broker was killed comes to a consumer that lives', async () => {
  const delivered: string[] = []
  const acked: string[] = []
  let acking = false
  const take = (delivery: Delivery) => {
    delivered.push(delivery.body.toString())
    if (!acking) return
    acked.push(delivery.body.toString())
    delivery.ack()
  }
  const stopOutranked = consume(1, take)
  await publish('before')
  await until(() => delivered.includes('before'), { what: 'a delivery that stays without an ack' })
  const stopPreferred = consume(9, take)
  await until(async () => (await consumersAtBroker()) === 2, { what: 'two consumers' })

  await rabbit.kill()
  acking = true
  await rabbit.start()
  await publish('after')

  await until(() => acked.includes('after'), { timeoutMs: 40_000, what: 'the queue to go on' })
  expect(acked).toEqual(['before', 'after'])
  await Promise.all([stopOutranked(), stopPreferred()])
}, 120_000)
