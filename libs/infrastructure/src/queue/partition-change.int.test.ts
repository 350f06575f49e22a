import { assertPartitions } from '@hlstats/database'
import { type TestBroker, type TestDatabase, testBroker, testDatabase } from '@hlstats/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withBroker } from './broker-session.ts'
import { changePartitions, inspectPartitions } from './partition-change.ts'
import { declareTopology, EVENTS_EXCHANGE, missingQueue, workQueue } from './topology.ts'

let broker: TestBroker
let db: TestDatabase

beforeAll(async () => {
  ;[broker, db] = await Promise.all([testBroker(), testDatabase()])
})

afterAll(async () => {
  await Promise.all([broker.drop(), db.drop()])
})

it('changes the number of partitions of a system that stands still, and of no other', async () => {
  const { database } = db
  const rabbitmq = { url: broker.url }
  const services = ['player', 'weapon']
  const change = (to: number) => changePartitions({ rabbitmq, database, services, to })
  const inspect = () => inspectPartitions({ rabbitmq, database, services })
  expect(await inspect()).toEqual({ partitions: 0, queues: [] })
  await assertPartitions(database, 4)
  await withBroker(rabbitmq, async (model) => {
    const channel = await model.createConfirmChannel()
    await declareTopology(channel, { services, partitions: 4 })
    channel.publish(EVENTS_EXCHANGE, 'p3.kill', Buffer.from('x'))
    await channel.waitForConfirms()
    await expect(change(2)).rejects.toMatchObject({
      code: 'QUEUE_BUSY',
      message: expect.stringContaining('hlstats.weapon.p3 (1 messages, 0 consumers)'),
    })
    expect((await inspect()).queues.filter(({ messages }) => messages !== 0)).toEqual([
      { queue: 'hlstats.player.p3', messages: 1, consumers: 0 },
      { queue: 'hlstats.weapon.p3', messages: 1, consumers: 0 },
    ])
    for (const service of services) await channel.purgeQueue(workQueue(service, 3))
    const { consumerTag } = await channel.consume(workQueue('player', 0), () => undefined)
    await expect(change(2)).rejects.toThrow('hlstats.player.p0 (0 messages, 1 consumers)')
    await channel.cancel(consumerTag)
    expect(await change(2)).toBe(4)
    expect(await missingQueue(model, [workQueue('player', 1), workQueue('weapon', 2)])).toBe(
      'hlstats.weapon.p2',
    )
    // As a command leaves it that died on its way to one partition.
    await channel.deleteQueue(workQueue('player', 1))
    expect(await change(1)).toBe(2)
  })
  await assertPartitions(database, 1)
  await expect(assertPartitions(database, 4)).rejects.toMatchObject({ code: 'QUEUE_PARTITIONS' })
  expect(await change(6)).toBe(1)
  await withBroker(rabbitmq, async (model) => {
    const all = services.flatMap((service) => [0, 1, 2, 3, 4, 5].map((k) => workQueue(service, k)))
    expect(await missingQueue(model, all)).toBeUndefined()
  })
})
