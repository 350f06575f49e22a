import { decodeMessage } from '@hlstats/events'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import { aKill, type TestBroker, temporaryFolder, testBroker, until } from '@hlstats/testkit'
import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BrokerConnection } from './broker-connection.ts'
import { declareTopologyAt } from './broker-session.ts'
import { Journal } from './journal.ts'
import { JournalPublisher } from './publisher.ts'
import { redeclareQueues } from './queue-removal.ts'
import {
  declareTopology,
  EVENTS_EXCHANGE,
  missingQueue,
  PARKED_QUEUE,
  WORK_QUEUE,
  workQueue,
} from './topology.ts'

const topology = { services: ['player', 'weapon'], partitions: 2 }
const QUEUE = workQueue('player', 1)
let broker: TestBroker
let model: ChannelModel
let channel: ConfirmChannel

beforeEach(async () => {
  broker = await testBroker()
  model = await connect(broker.url)
  channel = await model.createConfirmChannel()
  await declareTopology(channel, topology)
  for (const queue of [QUEUE, PARKED_QUEUE]) await channel.deleteQueue(queue)
  // As a build declared it whose delivery limit was another one.
  await channel.assertQueue(QUEUE, { durable: true, arguments: { ...WORK_QUEUE, 'x-delivery-limit': 20 } })
  await channel.bindQueue(QUEUE, EVENTS_EXCHANGE, 'p1.#')
  await channel.assertQueue(PARKED_QUEUE, { durable: true, arguments: { 'x-queue-type': 'classic' } })
})

afterEach(async () => {
  await model.close()
  await broker.drop()
})

async function openChannel() {
  const opened = await model.createChannel()
  opened.on('error', () => undefined)
  return opened
}

const redeclare = () => redeclareQueues({ url: broker.url }, topology)

async function publish(body: string): Promise<void> {
  channel.publish(EVENTS_EXCHANGE, 'p1.kill', Buffer.from(body), { persistent: true })
  await channel.waitForConfirms()
}

async function barrierIsUp(): Promise<void> {
  await until(async () => (await missingQueue(model, ['hlstats.barrier'])) === undefined, { everyMs: 5 })
}

/** What a command leaves that dies half-way. */
async function dieHalfWay(): Promise<void> {
  const died = await connect(broker.url)
  died.on('error', () => undefined)
  const half = await died.createChannel()
  await half.assertQueue('hlstats.barrier', {
    durable: true,
    arguments: { 'x-queue-type': 'classic', 'x-max-length': 0, 'x-overflow': 'reject-publish' },
  })
  await half.bindQueue('hlstats.barrier', EVENTS_EXCHANGE, '#')
  await half.unbindQueue(QUEUE, EVENTS_EXCHANGE, 'p1.#')
  await died.close()
}

/** `<record>` of everything that comes to the queue, without those that came before, until one was seen. */
async function recordsUntil(last: number): Promise<number[]> {
  const records = new Set<number>()
  const { consumerTag } = await channel.consume(QUEUE, (message) => {
    if (message === null) return
    for (const { record } of decodeMessage(message.content).records) records.add(record)
    channel.ack(message)
  })
  await until(() => records.has(last))
  await channel.cancel(consumerTag)
  return [...records]
}

describe('a queue that another build declared', () => {
  it('is named with what differs, and what to do about it', async () => {
    await expect(declareTopologyAt({ url: broker.url }, topology)).rejects.toMatchObject({
      code: 'QUEUE_TOPOLOGY',
      message: expect.stringMatching(
        /queue hlstats\.player\.p1 .* another x-delivery-limit \(.*1000000000.*20.*hlstats topology redeclare/s,
      ),
    })
  })

  it('is made anew, and no other is touched', async () => {
    channel.sendToQueue(workQueue('weapon', 0), Buffer.from('kept'), { persistent: true })
    await channel.waitForConfirms()
    expect(await redeclare()).toEqual([QUEUE, PARKED_QUEUE])
    expect(await redeclare()).toEqual([])
    await declareTopologyAt({ url: broker.url }, topology)
    await publish('bound')
    expect(await channel.checkQueue(QUEUE)).toMatchObject({ messageCount: 1 })
    expect(await channel.checkQueue(workQueue('weapon', 0))).toMatchObject({ messageCount: 1 })
    expect(await missingQueue(model, ['hlstats.barrier'])).toBe('hlstats.barrier')
  })

  it('is left as it is while it holds a message or a consumer has one in hand', async () => {
    await publish('first')
    await until(async () => (await channel.checkQueue(QUEUE)).messageCount === 1)
    await expect(redeclare()).rejects.toMatchObject({
      code: 'QUEUE_BUSY',
      message: expect.stringContaining('hlstats.player.p1 (1 messages, 0 consumers)'),
    })
    const consumer = await openChannel()
    let inHand = 0
    await consumer.consume(QUEUE, () => {
      inHand += 1
    })
    await until(() => inHand === 1)
    await expect(redeclare()).rejects.toThrow('hlstats.player.p1 (0 messages, 1 consumers)')
    await publish('second')
    await until(() => inHand === 2)
  })

  it('is left as it is when a message comes while it is made anew', async () => {
    const outcome = redeclare().catch((error: unknown) => error)
    await barrierIsUp()
    channel.sendToQueue(QUEUE, Buffer.from('late'), { persistent: true })
    await channel.waitForConfirms()
    expect(await outcome).toMatchObject({ code: 'QUEUE_BUSY' })
    await publish('bound again')
    await until(async () => (await channel.checkQueue(QUEUE)).messageCount === 2)
  })

  it('loses nothing of a publisher that somebody forgot to stop', async () => {
    const [metrics, logger] = [new Metrics(), silentLogger()]
    const journal = await Journal.open({
      directory: temporaryFolder('journal'),
      partitions: 2,
      logger,
      metrics,
    })
    const connection = new BrokerConnection({ url: broker.url }, 'publish', { logger, metrics })
    const publisher = new JournalPublisher(topology, { journal, connection, logger, metrics })
    await until(() => publisher.held === undefined)
    const outcome = redeclare().catch((error: { code?: string }) => error.code)
    await barrierIsUp()
    for (let record = 1; record <= 200; record++) await journal.append(1, [aKill()])
    const first = await outcome
    await publisher.drain(10_000)
    expect(await recordsUntil(200)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
    await publisher.stop()
    // What gets in between the barrier and the end of the bindings makes the command give up; the next one does it then.
    const second = await redeclare()
    expect([first, second]).toEqual(
      first === 'QUEUE_BUSY' ? [first, [QUEUE, PARKED_QUEUE]] : [[QUEUE, PARKED_QUEUE], []],
    )
    await connection.close()
    await journal.close()
  })

  it('is made anew by the next command when one died half-way, and publishers are held until then', async () => {
    await dieHalfWay()
    await expect(publish('held')).rejects.toThrow('nacked')
    expect(await redeclare()).toEqual([QUEUE, PARKED_QUEUE])
    await publish('sent')
    expect(await channel.checkQueue(QUEUE)).toMatchObject({ messageCount: 1 })
  })

  it('is bound again, and publishers go on, when the next command finds it busy', async () => {
    channel.sendToQueue(QUEUE, Buffer.from('first'), { persistent: true })
    await channel.waitForConfirms()
    await dieHalfWay()
    await expect(redeclare()).rejects.toMatchObject({ code: 'QUEUE_BUSY' })
    await publish('second')
    await until(async () => (await channel.checkQueue(QUEUE)).messageCount === 2)
  })

  it('is told of with both errors and what to do when it cannot be put back, and the command can be run again', async () => {
    const outcome = redeclare().catch((error: unknown) => error)
    await barrierIsUp()
    await channel.deleteQueue(QUEUE)
    channel.sendToQueue(PARKED_QUEUE, Buffer.from('late'), { persistent: true })
    await channel.waitForConfirms()
    const error = await outcome
    expect(error).toMatchObject({
      code: 'QUEUE_TOPOLOGY',
      message: expect.stringMatching(
        /hlstats\.parked \(1 messages.*queue hlstats\.player\.p1 is gone.*hlstats\.barrier.*Run the command again/s,
      ),
    })
    await expect(publish('held')).rejects.toThrow('nacked')
    await channel.purgeQueue(PARKED_QUEUE)
    expect(await redeclare()).toEqual([PARKED_QUEUE])
    await publish('sent')
    expect(await channel.checkQueue(QUEUE)).toMatchObject({ messageCount: 1 })
  })
})
