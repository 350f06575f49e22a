import { silentLogger } from '@hlstats/telemetry'
import { type TestBroker, testBroker, until } from '@hlstats/testkit'
import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  declareTopology,
  declareWherePermitted,
  EVENTS_EXCHANGE,
  missingQueue,
  requiredQueues,
  SHADOW_QUEUE,
  WORK_SERVICES,
  workQueue,
} from './topology.ts'

const options = { services: WORK_SERVICES, partitions: 3 }
let broker: TestBroker
let model: ChannelModel
let channel: ConfirmChannel

beforeAll(async () => {
  broker = await testBroker()
  model = await connect(broker.url)
  channel = await model.createConfirmChannel()
  await declareTopology(channel, options)
})

afterAll(async () => {
  await model.close()
  await broker.drop()
})

async function publish(key: string, body = key): Promise<void> {
  channel.publish(EVENTS_EXCHANGE, key, Buffer.from(body), { persistent: true, mandatory: true })
  await channel.waitForConfirms()
}

async function depth(queue: string): Promise<number> {
  return (await channel.checkQueue(queue)).messageCount
}

describe('topology', () => {
  it("brings every partition's messages to exactly its queue of every service, and all of them to the shadow", async () => {
    await publish('p0.kill')
    await publish('p1.action.chat.kill')
    await publish('p2.round')
    await publish('p2.map')
    await until(async () => (await depth(SHADOW_QUEUE)) === 4)
    for (const service of WORK_SERVICES) {
      const depths = await Promise.all([0, 1, 2].map((k) => depth(workQueue(service, k))))
      expect(depths).toEqual([1, 1, 2])
    }
  })

  it('lets a foreign queue pick by category', async () => {
    const { queue } = await channel.assertQueue('', { exclusive: true })
    await channel.bindQueue(queue, EVENTS_EXCHANGE, '#.kill.#')
    for (const key of ['p0.kill', 'p1.action.kill.map', 'p2.chat', 'p12.killer']) await publish(key)
    await until(async () => (await depth(queue)) === 2)
  })

  it('may be declared again, and is refused where a queue exists otherwise', async () => {
    await declareTopology(channel, options)
    const other = await model.createChannel()
    other.on('error', () => undefined)
    await other.assertQueue(workQueue('other', 0), { durable: true })
    await expect(declareTopology(other, { services: ['other'], partitions: 1 })).rejects.toMatchObject({
      code: 'QUEUE_TOPOLOGY',
    })
  })

  it('names a missing queue, and keeps the connection for it', async () => {
    expect(await missingQueue(model, requiredQueues(options))).toBeUndefined()
    expect(await missingQueue(model, requiredQueues({ ...options, services: ['player', 'ranks'] }))).toBe(
      'hlstats.ranks.p0',
    )
    await publish('p0.kill')
  })

  it('says false where declaring is refused, and keeps the connection', async () => {
    expect(await declareWherePermitted(model, { services: ['other'], partitions: 1 }, silentLogger())).toBe(
      false,
    )
    await publish('p0.kill')
  })

  it('gives one queue to one consumer at a time, and the rest in order to the next when its channel closes', async () => {
    const queue = workQueue('player', 1)
    await channel.purgeQueue(queue)
    for (let n = 0; n < 20; n++) await publish('p1.kill', String(n))
    const seen: string[] = []
    const consume = async (name: string, limit: number) => {
      const own = await model.createChannel()
      await own.prefetch(5)
      let taken = 0
      await own.consume(queue, (message) => {
        if (message === null || taken === limit) return
        taken += 1
        seen.push(`${name}${message.content}`)
        own.ack(message)
      })
      return own
    }
    const first = await consume('a', 7)
    const second = await consume('b', 100)
    await until(() => seen.length === 7)
    await first.close()
    await until(() => seen.length === 20)
    expect(seen).toEqual(Array.from({ length: 20 }, (_, n) => `${n < 7 ? 'a' : 'b'}${n}`))
    await second.close()
  })

  it('never gives up a message whose consumers were closed in good order, however often', async () => {
    const queue = workQueue('weapon', 1)
    await channel.purgeQueue(queue)
    for (const body of ['first', 'second']) await publish('p1.kill', body)
    for (let n = 0; n < 25; n++) {
      const own = await model.createChannel()
      let first = ''
      await own.consume(queue, (message) => {
        first ||= String(message?.content)
      })
      await until(() => first !== '')
      expect(first).toBe('first')
      await own.close()
    }
  })
})
