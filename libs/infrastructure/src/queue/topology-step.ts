import { StatsError } from '@hlstats/errors'
import { connect } from 'amqplib'
import type { BrokerOptions } from './broker-connection.ts'
import { readTls } from './tls-files.ts'
import { declareTopology, type TopologyOptions } from './topology.ts'

const CONNECT_TIMEOUT_MS = 10_000

/** Declares everything on a connection of its own: the step of an operator whose processes may not. */
export async function declareTopologyAt(broker: BrokerOptions, options: TopologyOptions): Promise<void> {
  const connection = await connectOnce(broker)
  // A refusal closes the connection and tells why by the failing call; the event would end the process.
  connection.on('error', () => undefined)
  try {
    const channel = await connection.createChannel()
    channel.on('error', () => undefined)
    await declareTopology(channel, options)
  } finally {
    await connection.close().catch(() => undefined)
  }
}

async function connectOnce({ url, tls }: BrokerOptions) {
  const [first = ''] = url.split(',')
  try {
    return await connect(first, { timeout: CONNECT_TIMEOUT_MS, ...readTls(tls) })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StatsError('QUEUE_UNAVAILABLE', `the broker does not let us in: ${reason}; check AMQP_URL`, {
      cause,
    })
  }
}
