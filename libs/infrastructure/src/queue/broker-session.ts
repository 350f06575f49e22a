import { brokerUrls } from '@hlstats/config'
import { StatsError, toError } from '@hlstats/errors'
import { type ChannelModel, connect } from 'amqplib'
import { closeChannel, closeConnection } from './amqp-close.ts'
import type { BrokerOptions } from './broker-connection.ts'
import { encodeReplay } from './inbound-message.ts'
import type { ParkedEvent } from './parking.ts'
import { readTls } from './tls-files.ts'
import { declareTopology, type TopologyOptions, workQueue } from './topology.ts'

const CONNECT_TIMEOUT_MS = 10_000

/** For commands: one connection for one piece of work; QUEUE_UNAVAILABLE when there is no broker. */
export async function withBroker<T>(
  options: BrokerOptions,
  work: (model: ChannelModel) => Promise<T>,
): Promise<T> {
  const model = await open(options)
  try {
    return await work(model)
  } finally {
    // A connection that the broker closed has its reason in what `work` threw.
    await closeConnection(model)
  }
}

/** Declares exchanges, queues and bindings. */
export async function declareTopologyAt(options: BrokerOptions, topology: TopologyOptions): Promise<void> {
  await withBroker(options, async (model) => {
    const channel = await model.createChannel()
    channel.on('error', () => undefined)
    await declareTopology(channel, topology)
    await closeChannel(channel)
  })
}

/**
 * Asks the service to take parked events again. The event is not in the message but in its row, whose change from parked
 * to replayed is part of the transaction: asking twice takes effect once. The number of partitions may have changed since
 * they were parked.
 */
export async function requestReplay(
  options: BrokerOptions,
  events: readonly ParkedEvent[],
  partitions = Number.POSITIVE_INFINITY,
): Promise<void> {
  await withBroker(options, async (model) => {
    const channel = await model.createConfirmChannel()
    let unroutable = ''
    channel.on('return', (message) => {
      unroutable = message.fields.routingKey
    })
    for (const { id, service, partition } of events) {
      const flags = { persistent: true, mandatory: true }
      channel.sendToQueue(workQueue(service, partition % partitions), encodeReplay(id), flags)
    }
    await channel.waitForConfirms()
    await closeChannel(channel)
    if (unroutable !== '') throw new StatsError('QUEUE_TOPOLOGY', `queue ${unroutable} does not exist`)
  })
}

async function open({ url, tls }: BrokerOptions): Promise<ChannelModel> {
  const refusals: string[] = []
  const causes: unknown[] = []
  for (const node of brokerUrls(url)) {
    try {
      const model = await connect(node, { timeout: CONNECT_TIMEOUT_MS, ...readTls(tls) })
      // Without a listener a lost connection would end the process; the work under way fails by itself.
      model.on('error', () => undefined)
      return model
    } catch (cause) {
      const { hostname, port } = new URL(node)
      refusals.push(`RabbitMQ at ${hostname}:${port} cannot be reached: ${toError(cause).message}`)
      causes.push(cause)
    }
  }
  throw new StatsError('QUEUE_UNAVAILABLE', refusals.join('; '), { cause: causes[0] })
}
