import { setTimeout as pause } from 'node:timers/promises'
import { StatsError, toError } from '@hlstats/errors'
import type { Channel, ChannelModel, Replies } from 'amqplib'
import { closeChannel } from './amqp-close.ts'
import type { BrokerOptions } from './broker-connection.ts'
import { withBroker } from './broker-session.ts'
import {
  declareTopology,
  EVENTS_EXCHANGE,
  missingQueue,
  requiredQueues,
  type TopologyOptions,
  topologyOf,
} from './topology.ts'

export interface QueueRemoval {
  readonly queues: readonly string[]
  /** What the queues are part of now. */
  readonly before: TopologyOptions
  /** What is declared once they are gone. */
  readonly after: TopologyOptions
}

/** Refuses every message, so that publishers keep theirs. Durable: where a command dies half-way it holds them until the next. */
const BARRIER = 'hlstats.barrier'
// What was on its way into a queue when the barrier went up is inside by then.
const ARRIVE_WITHIN_MS = 1_000
const NOT_FOUND = 404
const PRECONDITION_FAILED = 406
// Queues in one sentence.
const NAMED = 6

/**
 * Deletes queues and declares a topology, without losing a message: a quorum queue can't be deleted on condition, so nothing
 * can get into these any more when they are looked at, and nothing is confirmed to a publisher until everything is declared.
 */
export async function removeQueues(
  model: ChannelModel,
  { queues, before, after }: QueueRemoval,
): Promise<void> {
  const channel = await model.createChannel()
  channel.on('error', () => undefined)
  if (queues.length > 0) await stopBehindBarrier(model, channel, { queues, before })
  try {
    for (const queue of queues) await channel.deleteQueue(queue)
    await declareTopology(channel, after)
    // Also that of a command that died.
    await channel.deleteQueue(BARRIER)
  } catch (error) {
    throw queues.length > 0 ? barrierIsLeft([error]) : error
  }
  await closeChannel(channel)
}

/** Returns when nothing can get into the queues any more, and nothing is in them; otherwise all is as it was. */
async function stopBehindBarrier(
  model: ChannelModel,
  channel: Channel,
  { queues, before }: Omit<QueueRemoval, 'after'>,
): Promise<void> {
  try {
    await assertStill(model, queues)
    await raiseBarrier(channel)
    for (const { queue, source, key } of bindingsOf(before, queues))
      await channel.unbindQueue(queue, source, key)
    await pause(ARRIVE_WITHIN_MS)
    await assertStill(model, queues)
  } catch (error) {
    await putBack(model, { queues, before }).catch((second: unknown) => {
      throw barrierIsLeft([error, second])
    })
    throw error
  }
}

/** Also what a command that died has left. */
async function putBack(model: ChannelModel, { queues, before }: Omit<QueueRemoval, 'after'>): Promise<void> {
  if ((await missingQueue(model, [BARRIER])) !== undefined) return
  // Without the barrier, what is published would be confirmed, and lost for the service whose queue it is.
  const gone = await missingQueue(model, requiredQueues(before))
  if (gone !== undefined) throw new StatsError('QUEUE_TOPOLOGY', `queue ${gone} is gone`)
  const channel = await model.createChannel()
  channel.on('error', () => undefined)
  for (const { queue, source, key } of bindingsOf(before, queues)) await channel.bindQueue(queue, source, key)
  await channel.deleteQueue(BARRIER)
  await closeChannel(channel)
}

function bindingsOf(topology: TopologyOptions, queues: readonly string[]) {
  return topologyOf(topology).bindings.filter(({ queue }) => queues.includes(queue))
}

function barrierIsLeft(errors: readonly unknown[]): StatsError {
  const [first, second] = errors.map((error) => toError(error).message)
  const why = second === undefined ? first : `${first}; and it could not be put back as it was: ${second}`
  return new StatsError(
    'QUEUE_TOPOLOGY',
    `${why}. The queue ${BARRIER} is left: the broker refuses every message, ingress keeps them. Run the command again`,
    { cause: new AggregateError(errors, why) },
  )
}

/** Makes the queues anew that exist otherwise than they are declared now, and returns them. */
export async function redeclareQueues(options: BrokerOptions, topology: TopologyOptions): Promise<string[]> {
  return withBroker(options, async (model) => {
    const queues = await differingQueues(model, topology)
    await removeQueues(model, { queues, before: topology, after: topology })
    return queues
  })
}

/** What a queue holds now; nothing where it does not exist. Messages that a consumer has in hand are not counted. */
export interface QueueState {
  readonly queue: string
  readonly messages: number | undefined
  readonly consumers: number | undefined
}

/** Looks at queues without touching them. */
export async function queueStates(model: ChannelModel, queues: readonly string[]): Promise<QueueState[]> {
  const states: QueueState[] = []
  for (const queue of queues) {
    const found = await stateOf(model, queue)
    states.push({ queue, messages: found?.messageCount, consumers: found?.consumerCount })
  }
  return states
}

/** Throws QUEUE_BUSY unless those of the queues that exist are empty, and nobody has a message of theirs in hand. */
export async function assertStill(model: ChannelModel, queues: readonly string[]): Promise<void> {
  const states = await queueStates(model, queues)
  const busy = states
    .filter(({ messages = 0, consumers = 0 }) => messages + consumers > 0)
    .map(({ queue, messages, consumers }) => `${queue} (${messages} messages, ${consumers} consumers)`)
  if (busy.length === 0) return
  const more = busy.length > NAMED ? ` and ${busy.length - NAMED} more` : ''
  throw new StatsError(
    'QUEUE_BUSY',
    'queues are only replaced while they stand still: stop ingress, let the services empty their queues, stop them ' +
      `too, then try again. Not still: ${busy.slice(0, NAMED).join(', ')}${more}`,
  )
}

/** Those of a topology's queues that exist with other arguments than it declares. */
async function differingQueues(model: ChannelModel, topology: TopologyOptions): Promise<string[]> {
  const differing: string[] = []
  for (const { name, arguments: args } of topologyOf(topology).queues) {
    if ((await stateOf(model, name)) === undefined) continue
    const asDeclared = await onOwnChannel(model, PRECONDITION_FAILED, (channel) =>
      channel.assertQueue(name, { durable: true, arguments: args }),
    )
    if (asDeclared === undefined) differing.push(name)
  }
  return differing
}

function stateOf(model: ChannelModel, queue: string): Promise<Replies.AssertQueue | undefined> {
  return onOwnChannel(model, NOT_FOUND, (channel) => channel.checkQueue(queue))
}

/** Undefined when the broker refuses with this code; a refusal closes the channel. */
async function onOwnChannel<T>(
  model: ChannelModel,
  refusal: number,
  ask: (channel: Channel) => Promise<T>,
): Promise<T | undefined> {
  const channel = await model.createChannel()
  channel.on('error', () => undefined)
  try {
    const answer = await ask(channel)
    await closeChannel(channel)
    return answer
  } catch (error) {
    if ((error as { code?: unknown }).code !== refusal) throw error
    return undefined
  }
}

async function raiseBarrier(channel: Channel): Promise<void> {
  const nothingFits = { 'x-queue-type': 'classic', 'x-max-length': 0, 'x-overflow': 'reject-publish' }
  await channel.assertExchange(EVENTS_EXCHANGE, 'topic', { durable: true })
  await channel.assertQueue(BARRIER, { durable: true, arguments: nothingFits })
  await channel.bindQueue(BARRIER, EVENTS_EXCHANGE, '#')
}
