import { Metrics, silentLogger } from '@hlstats/telemetry'
import { TcpProxy, type TestBroker, temporaryFolder, testBroker, until } from '@hlstats/testkit'
import { connect } from 'amqplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BrokerConnection } from './broker-connection.ts'
import { closeChannel } from './channel-close.ts'
import { Journal } from './journal.ts'
import { JournalPublisher } from './publisher.ts'

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

describe('closing a channel', () => {
  it('ends when its connection breaks before the broker has answered', async () => {
    const model = await connect(url)
    model.on('error', () => undefined)
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
})
