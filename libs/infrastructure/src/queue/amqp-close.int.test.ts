import { Metrics, silentLogger } from '@hlstats/telemetry'
import { TcpProxy, type TestBroker, temporaryFolder, testBroker, until } from '@hlstats/testkit'
import { type ChannelModel, connect } from 'amqplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeChannel, closeConnection } from './amqp-close.ts'
import { BrokerConnection } from './broker-connection.ts'
import { declareTopologyAt } from './broker-session.ts'
import { Journal } from './journal.ts'
import { PartitionConsumer } from './partition-consumer.ts'
import { JournalPublisher } from './publisher.ts'
import { PARKED_QUEUE } from './topology.ts'

let broker: TestBroker
let wire: TcpProxy
let url: string

beforeAll(async () => {
  broker = await testBroker()
  wire = await TcpProxy.open(Number(new URL(broker.url).port))
  url = wire.through(broker.url)
})

afterAll(async () => {
  await wire.close()
  await broker.drop()
})

/** Cuts the wire after a request for which no answer came. */
function cut(): void {
  wire.reset()
  wire.release()
}

async function connected(): Promise<ChannelModel> {
  const model = await connect(url)
  model.on('error', () => undefined)
  return model
}

describe('closing a connection', () => {
  it('ends when it breaks before the broker has answered', async () => {
    const model = await connected()
    wire.hold('toClient')
    const closing = closeConnection(model)
    cut()
    await closing
    await closeConnection(model)
  })

  it('ends when it comes back by itself otherwise', async () => {
    const connection = new BrokerConnection({ url }, 'consume', {
      logger: silentLogger(),
      metrics: new Metrics(),
    })
    await until(() => connection.model !== undefined)
    wire.hold('toClient')
    const closing = connection.close()
    cut()
    await closing
    await connection.close()
  })
})

describe('closing a channel', () => {
  it('ends when its connection breaks before the broker has answered', async () => {
    const model = await connected()
    const channel = await model.createChannel()
    wire.hold('toClient')
    const closing = closeChannel(channel)
    cut()
    await closing
    await closeChannel(channel)
  })

  it('is no trap for a publisher that stops', async () => {
    const [metrics, logger] = [new Metrics(), silentLogger()]
    const journal = await Journal.open({ directory: temporaryFolder('journal'), partitions: 1 })
    const connection = new BrokerConnection({ url }, 'publish', { logger, metrics })
    const options = { partitions: 1, services: ['test-close'], declare: true }
    const publisher = new JournalPublisher(options, { journal, connection, logger, metrics })
    await until(() => publisher.held === undefined)
    wire.hold('toClient')
    const stopping = publisher.stop()
    cut()
    await stopping
    expect(publisher.held).toMatchObject({ reason: 'stopped' })
    await connection.close()
    await journal.close()
  })

  it('is no trap for who gives a partition back', async () => {
    await declareTopologyAt({ url: broker.url }, { services: [], partitions: 0 })
    const logger = silentLogger()
    const connection = new BrokerConnection({ url }, 'consume', { logger, metrics: new Metrics() })
    const consumer = new PartitionConsumer({
      queue: PARKED_QUEUE,
      partition: 0,
      priority: 0,
      prefetch: 1,
      logger,
      prepare: () => Promise.resolve(),
      onDelivery: () => undefined,
    })
    connection.onConnect((model) => consumer.connect(model))
    await until(() => consumer.consuming)
    wire.hold('toClient')
    const giving = consumer.release()
    cut()
    await giving
    consumer.resume()
    await until(() => consumer.consuming, { timeoutMs: 20_000 })
    await connection.close()
  })
})
