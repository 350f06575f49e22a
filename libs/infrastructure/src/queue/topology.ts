import { StatsError, toError } from '@hlstats/errors'
import type { ILogger } from '@hlstats/telemetry'
import type { Channel, ChannelModel } from 'amqplib'
import { closeChannel } from './amqp-close.ts'

/** Where every event message is published. */
export const EVENTS_EXCHANGE = 'hlstats.events'
/** Where the work queues send what they may not deliver any more. */
const DEAD_EXCHANGE = 'hlstats.dead'
/** Inbox of dead letters: drained into the parked table. */
export const PARKED_QUEUE = 'hlstats.parked'
/** A copy of everything, for the shadow consumer. */
export const SHADOW_QUEUE = 'hlstats.shadow'

/** The services that own work queues, one per partition each. */
export const WORK_SERVICES = ['player', 'weapon', 'match'] as const

export interface TopologyOptions {
  readonly services: readonly string[]
  readonly partitions: number
}

type Arguments = Readonly<Record<string, string | number | boolean>>

export interface Topology {
  readonly exchanges: readonly { readonly name: string; readonly type: 'topic' | 'fanout' }[]
  readonly queues: readonly { readonly name: string; readonly arguments: Arguments }[]
  readonly bindings: readonly { readonly source: string; readonly queue: string; readonly key: string }[]
}

// Never reached. Brokers count a consumer that closes its channel in good order as a failed delivery, so that a real
// limit gives innocent messages up, out of order; a consumer finds poison itself. Not left out: RabbitMQ 4 takes 20 then.
// Not -1: 3.x refuses it.
const DELIVERY_LIMIT = 1_000_000_000
const SHADOW_LIMIT_BYTES = 256 * 1024 * 1024

const QUORUM: Arguments = { 'x-queue-type': 'quorum' }

// No length limit: a limit on one service's queue would refuse the message for all. `at-least-once` dead-lettering needs
// `reject-publish` to be set, which does nothing without a limit.
/** How a work queue is declared. */
export const WORK_QUEUE: Arguments = {
  ...QUORUM,
  'x-single-active-consumer': true,
  'x-delivery-limit': DELIVERY_LIMIT,
  'x-dead-letter-exchange': DEAD_EXCHANGE,
  'x-dead-letter-strategy': 'at-least-once',
  'x-overflow': 'reject-publish',
}

const SHADOW_ARGUMENTS: Arguments = {
  ...QUORUM,
  'x-max-length-bytes': SHADOW_LIMIT_BYTES,
  'x-overflow': 'drop-head',
}

/** The queue that holds one partition's events for one service. */
export function workQueue(service: string, partition: number): string {
  return `hlstats.${service}.p${partition}`
}

/** The service and partition of a work queue's name. */
export function parseWorkQueue(queue: string): { service: string; partition: number } | undefined {
  const match = /^hlstats\.([a-z][a-z0-9-]*)\.p(\d+)$/.exec(queue)
  return match?.[1] === undefined ? undefined : { service: match[1], partition: Number(match[2]) }
}

/** The work queues of these services: without all of them nothing may be published. */
export function requiredQueues({ services, partitions }: TopologyOptions): string[] {
  return services.flatMap((service) => range(partitions).map((k) => workQueue(service, k)))
}

/** The one list of exchanges, queues and bindings. */
export function topologyOf(options: TopologyOptions): Topology {
  const { services, partitions } = options
  const work = services.flatMap((service) =>
    range(partitions).map((k) => ({ queue: workQueue(service, k), source: EVENTS_EXCHANGE, key: `p${k}.#` })),
  )
  return {
    exchanges: [
      { name: EVENTS_EXCHANGE, type: 'topic' },
      { name: DEAD_EXCHANGE, type: 'fanout' },
    ],
    queues: [
      ...work.map(({ queue }) => ({ name: queue, arguments: WORK_QUEUE })),
      { name: SHADOW_QUEUE, arguments: SHADOW_ARGUMENTS },
      { name: PARKED_QUEUE, arguments: QUORUM },
    ],
    bindings: [
      ...work,
      { queue: SHADOW_QUEUE, source: EVENTS_EXCHANGE, key: '#' },
      { queue: PARKED_QUEUE, source: DEAD_EXCHANGE, key: '' },
    ],
  }
}

/** Declares everything; what exists as declared is left alone, what exists otherwise is refused by the broker, with QUEUE_TOPOLOGY. */
export async function declareTopology(channel: Channel, options: TopologyOptions): Promise<void> {
  const topology = topologyOf(options)
  try {
    for (const { name, type } of topology.exchanges)
      await channel.assertExchange(name, type, { durable: true })
    // Each queue is bound at once: a publisher that waits for the last of them may see it and begin.
    for (const { name, arguments: args } of topology.queues) {
      await channel.assertQueue(name, { durable: true, arguments: args })
      for (const { source, key } of topology.bindings.filter(({ queue }) => queue === name))
        await channel.bindQueue(name, source, key)
    }
  } catch (cause) {
    throw new StatsError('QUEUE_TOPOLOGY', `the topology cannot be declared: ${refusalOf(cause)}`, { cause })
  }
}

function refusalOf(cause: unknown): string {
  const { message } = toError(cause)
  const [, argument, queue, values] =
    /inequivalent arg '(.+?)' for queue '(.+?)' .*?: (.*)/.exec(message) ?? []
  if (queue === undefined) return `${message} (rights are in docs/delivery.md)`
  return (
    `queue ${queue} was declared by another build or by hand with another ${argument} (${values}), which cannot be ` +
    'changed: `hlstats topology redeclare` makes the queue anew without losing a message'
  )
}

/** Declares what this process has the rights to; false when the broker refused, because an operator does it there. */
export async function declareWherePermitted(
  connection: ChannelModel,
  options: TopologyOptions,
  logger: ILogger,
): Promise<boolean> {
  const channel = await connection.createChannel()
  // The refusal closes the channel, and without a listener it would take the whole connection with it.
  channel.on('error', () => undefined)
  try {
    await declareTopology(channel, options)
    await closeChannel(channel)
    return true
  } catch (err) {
    logger.warn('topology is not declared by this process', { err })
    return false
  }
}

/** The first of these queues that does not exist. On a channel of its own, because the refusal closes the channel. */
export async function missingQueue(
  connection: ChannelModel,
  queues: readonly string[],
): Promise<string | undefined> {
  const channel = await connection.createChannel()
  channel.on('error', () => undefined)
  for (const queue of queues) {
    try {
      await channel.checkQueue(queue)
    } catch {
      return queue
    }
  }
  await closeChannel(channel)
  return undefined
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}
