import { decodeMessage } from '@hlstats/events'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import { aKill, type PrivateRabbit, startPrivateRabbit, temporaryFolder, until } from '@hlstats/testkit'
import { connect } from 'amqplib'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { BrokerConnection } from './broker-connection.ts'
import { Journal } from './journal.ts'
import { JournalPublisher, type PublisherOptions } from './publisher.ts'
import { declareTopology, EVENTS_EXCHANGE, WORK_QUEUE, workQueue } from './topology.ts'

let rabbit: PrivateRabbit
let services = 0
const cleanUps: (() => Promise<void>)[] = []

beforeAll(async () => {
  rabbit = await startPrivateRabbit()
})

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

afterAll(async () => {
  await rabbit.remove()
})

/** Ingress without a socket: a journal and its publisher, for a service whose queues nobody else requires. */
async function given(options: Partial<PublisherOptions> = {}, directory = temporaryFolder('journal')) {
  services += 1
  const service = `test-${services}`
  const [metrics, logger] = [new Metrics(), silentLogger()]
  const journal = await Journal.open({ directory, partitions: 2, logger, metrics })
  const connection = new BrokerConnection({ url: rabbit.url }, 'publish', { logger, metrics })
  const publisher = new JournalPublisher(
    { partitions: 2, services: [service], declare: true, ...options },
    { journal, connection, logger, metrics },
  )
  const close = async () => {
    await publisher.stop()
    await connection.close()
    await journal.close()
  }
  cleanUps.push(close)
  const append = (partition: number, count: number) =>
    Promise.all(Array.from({ length: count }, () => journal.append(partition, [aKill()])))
  const declare = () => declared(service)
  return { service, metrics, journal, publisher, append, declare, directory, close }
}

async function declared(service: string): Promise<void> {
  await onBroker((channel) => declareTopology(channel, { services: [service], partitions: 2 }))
}

async function onBroker<T>(
  work: (channel: Awaited<ReturnType<typeof open>>['channel']) => Promise<T>,
): Promise<T> {
  const { model, channel } = await open()
  try {
    return await work(channel)
  } finally {
    await model.close()
  }
}

async function open() {
  const model = await connect(rabbit.url)
  model.on('error', () => undefined)
  const channel = await model.createChannel()
  channel.on('error', () => undefined)
  return { model, channel }
}

/** `<stream>/<record>` of everything in a queue, in order. */
async function recordsIn(service: string, partition: number, atLeast: number): Promise<string[]> {
  const { model, channel } = await open()
  const records: string[] = []
  await channel.consume(workQueue(service, partition), (message) => {
    if (message === null) return
    const { stream, records: carried } = decodeMessage(message.content)
    records.push(...carried.map(({ record }) => `${stream}/${record}`))
  })
  await until(() => records.length >= atLeast)
  await model.close()
  return records
}

function numbered(stream: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${stream}/${index + 1}`)
}

describe('JournalPublisher', () => {
  it('sends each partition in order, what was there before the connection first', async () => {
    const { service, journal, publisher, append, metrics } = await given()
    await append(0, 30)
    await append(1, 10)
    await publisher.drain(10_000)
    expect(await recordsIn(service, 0, 30)).toEqual(numbered(journal.stream, 30))
    expect(await recordsIn(service, 1, 10)).toEqual(numbered(journal.stream, 10))
    expect(await metrics.value('hlstats_events_published_total')).toBe(40)
    expect(journal.waitingRecords).toBe(0)
  })

  it('has one unconfirmed message per partition: what arrives meanwhile goes into the next', async () => {
    const { service, journal, publisher, append, metrics } = await given()
    await append(0, 1)
    await publisher.drain(10_000)
    await rabbit.kill('SIGSTOP')
    try {
      for (let n = 0; n < 50; n++) await append(0, 1)
      expect(await metrics.value('hlstats_publisher_messages_total')).toBe(2)
      expect(await metrics.value('hlstats_publisher_unconfirmed_age_seconds')).toBeGreaterThan(0)
    } finally {
      await rabbit.kill('SIGCONT')
    }
    await publisher.drain(10_000)
    expect(await metrics.value('hlstats_publisher_messages_total')).toBe(3)
    expect(await recordsIn(service, 0, 51)).toEqual(numbered(journal.stream, 51))
  })

  it('holds everything while a required queue is missing, says which, and goes on when it is declared', async () => {
    const { service, journal, publisher, append, declare, metrics } = await given({ declare: false })
    await until(() => publisher.held?.reason === 'missing_queue')
    expect(publisher.held?.detail).toContain(workQueue(service, 0))
    await append(0, 5)
    await expect(publisher.drain(300)).rejects.toMatchObject({
      code: 'QUEUE_TIMEOUT',
      message: expect.stringContaining('missing_queue'),
    })
    expect(await metrics.value('hlstats_publisher_messages_total')).toBe(0)
    await declare()
    await publisher.drain(10_000)
    expect(await recordsIn(service, 0, 5)).toEqual(numbered(journal.stream, 5))
  })

  it('notices that a queue is gone while it runs', async () => {
    const { service, publisher, declare } = await given({ declare: false, checkEveryMs: 100 })
    await declare()
    await until(() => publisher.held === undefined)
    await onBroker((channel) => channel.deleteQueue(workQueue(service, 1)))
    await until(() => publisher.held?.reason === 'missing_queue')
    await declare()
    await until(() => publisher.held === undefined)
  })

  it('sends nothing into a queue that somebody made without its binding: binds it first', async () => {
    const { service, journal, publisher, append } = await given({ checkEveryMs: 100 })
    await until(() => publisher.held === undefined)
    await onBroker((channel) => channel.deleteQueue(workQueue(service, 0)))
    await until(() => publisher.held?.reason === 'missing_queue')
    await append(0, 3)
    await onBroker((channel) => channel.assertQueue(workQueue(service, 0), { arguments: WORK_QUEUE }))
    await publisher.drain(10_000)
    expect(await recordsIn(service, 0, 3)).toEqual(numbered(journal.stream, 3))
  })

  it('goes on when a queue is declared while the clock is set back', async () => {
    const { service, journal, publisher, append, declare } = await given({ declare: false })
    await until(() => publisher.held?.reason === 'missing_queue')
    await append(0, 1)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 })
    try {
      await declare()
      await publisher.drain(10_000)
    } finally {
      vi.useRealTimers()
    }
    expect(await recordsIn(service, 0, 1)).toEqual(numbered(journal.stream, 1))
  })

  it('keeps a message that comes back as unroutable, raises the alarm, and sends it when a queue is bound', async () => {
    const { service, journal, publisher, append, declare, metrics } = await given()
    await until(() => publisher.held === undefined)
    await onBroker(async (channel) => {
      await channel.unbindQueue(workQueue(service, 0), EVENTS_EXCHANGE, 'p0.#')
      await channel.unbindQueue('hlstats.shadow', EVENTS_EXCHANGE, '#')
      for (let other = 1; other < services; other++) {
        await channel.deleteQueue(workQueue(`test-${other}`, 0))
      }
    })
    await append(0, 2)
    await until(() => publisher.held?.reason === 'returned')
    expect(await metrics.value('hlstats_queue_messages_returned_total')).toBeGreaterThan(0)
    expect(journal.waitingRecords).toBe(2)
    await declare()
    await publisher.drain(10_000)
    expect(await recordsIn(service, 0, 2)).toEqual(numbered(journal.stream, 2))
  })

  it('sends a message again that the broker refused, before anything later', async () => {
    const { service, journal, publisher, append, metrics } = await given()
    await until(() => publisher.held === undefined)
    const foreign = `full-${service}`
    await onBroker(async (channel) => {
      await channel.assertQueue(foreign, { arguments: { 'x-max-length': 1, 'x-overflow': 'reject-publish' } })
      await channel.bindQueue(foreign, EVENTS_EXCHANGE, 'p0.#')
    })
    await append(0, 1)
    await until(() => journal.waitingRecords === 0)
    await append(0, 1)
    await until(async () => (await metrics.value('hlstats_publisher_refused_total')) > 0)
    await append(0, 3)
    expect(journal.waitingRecords).toBe(4)
    await onBroker((channel) => channel.deleteQueue(foreign))
    await publisher.drain(10_000)
    const found = await recordsIn(service, 0, 5)
    expect([...new Set(found)]).toEqual(numbered(journal.stream, 5))
  })

  it('waits while the broker takes nothing because of its memory alarm', async () => {
    const { service, journal, publisher, append } = await given()
    await append(0, 1)
    await publisher.drain(10_000)
    await rabbit.control('set_vm_memory_high_watermark', '0.000001')
    try {
      await append(0, 1)
      await until(() => publisher.held?.reason === 'blocked', { timeoutMs: 20_000 })
      await append(0, 10)
    } finally {
      await rabbit.control('set_vm_memory_high_watermark', '0.4')
    }
    await publisher.drain(20_000)
    expect(await recordsIn(service, 0, 12)).toEqual(numbered(journal.stream, 12))
  })

  it('sends what is unconfirmed again after the broker was killed, in order, nothing left out', async () => {
    const { service, journal, publisher, append } = await given()
    await append(0, 1)
    await publisher.drain(10_000)
    // RabbitMQ 3.10 writes the names of new quorum queues down half a second late.
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    let isOver = false
    const steady = (async () => {
      for (let n = 0; n < 300 || !isOver; n++) {
        await append(0, 1)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    })()
    for (let round = 0; round < 2; round++) {
      await rabbit.kill('SIGKILL')
      await until(() => publisher.held?.reason === 'disconnected')
      await rabbit.start()
      await until(() => publisher.held === undefined, { timeoutMs: 30_000 })
    }
    isOver = true
    await steady
    await publisher.drain(20_000)
    const last = await journal.append(0, [aKill()])
    await publisher.drain(20_000)
    const found = await recordsIn(service, 0, last)
    expect([...new Set(found)]).toEqual(numbered(journal.stream, last))
  }, 120_000)

  it('sends what a dead process left before its own', async () => {
    const first = await given({ declare: false })
    const { stream } = first.journal
    await first.append(0, 5)
    await first.close()
    const next = await given({}, first.directory)
    await next.append(0, 2)
    await next.publisher.drain(10_000)
    expect(await recordsIn(next.service, 0, 7)).toEqual([
      ...numbered(stream, 5),
      ...numbered(next.journal.stream, 2),
    ])
  })
})
