import type { Database } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import type { ChannelModel } from 'amqplib'
import type { BrokerOptions } from './broker-connection.ts'
import { withBroker } from './broker-session.ts'
import { declareTopology, EVENTS_EXCHANGE, workQueue } from './topology.ts'

export interface PartitionChange {
  readonly rabbitmq: BrokerOptions
  readonly database: Database
  readonly services: readonly string[]
  readonly to: number
}

/**
 * Changes the number of partitions of a system that stands still. Every work queue must be empty and without a consumer:
 * a server's events in two partitions would be out of order. Returns the number that it was, 0 for a new system.
 */
export async function changePartitions({
  rabbitmq,
  database,
  services,
  to,
}: PartitionChange): Promise<number> {
  const from = await recorded(database)
  if (from === to) return from
  await withBroker(rabbitmq, async (model) => {
    await assertStill(model, services, from)
    const channel = await model.createChannel()
    channel.on('error', () => undefined)
    // Quorum queues can't be deleted on condition: without their bindings they stay as empty as they were seen.
    const surplus = services.flatMap((service) =>
      Array.from({ length: Math.max(0, from - to) }, (_, index) => ({
        queue: workQueue(service, to + index),
        k: to + index,
      })),
    )
    for (const { queue, k } of surplus) await channel.unbindQueue(queue, EVENTS_EXCHANGE, `p${k}.#`)
    await assertStill(model, services, from).catch(async (error) => {
      await declareTopology(channel, { services, partitions: from })
      throw error
    })
    for (const { queue } of surplus) await channel.deleteQueue(queue)
    await declareTopology(channel, { services, partitions: to })
    await channel.close()
  })
  await database.execute(
    "INSERT INTO hlstats_System (name, value) VALUES ('partitions', ?) ON DUPLICATE KEY UPDATE value = VALUES(value)",
    [String(to)],
  )
  return from
}

async function assertStill(
  model: ChannelModel,
  services: readonly string[],
  partitions: number,
): Promise<void> {
  const queues = await queuesOf(model, services, partitions)
  const busy = queues.filter(({ messages, consumers }) => messages + consumers > 0)
  if (busy.length > 0) throw notStill(busy)
}

interface QueueState {
  readonly name: string
  readonly messages: number
  readonly consumers: number
}

/** 0 where no process ever ran. */
async function recorded(database: Database): Promise<number> {
  const [row] = await database.query<{ value: string }>(
    "SELECT value FROM hlstats_System WHERE name = 'partitions'",
  )
  return Number(row?.value ?? 0)
}

async function queuesOf(
  model: ChannelModel,
  services: readonly string[],
  partitions: number,
): Promise<QueueState[]> {
  const states: QueueState[] = []
  for (const service of services) {
    for (let k = 0; k < partitions; k++) {
      const name = workQueue(service, k)
      // A channel each: asking for a queue that is not there closes it.
      const channel = await model.createChannel()
      channel.on('error', () => undefined)
      const found = await channel.checkQueue(name).catch(() => undefined)
      if (found === undefined) continue
      states.push({ name, messages: found.messageCount, consumers: found.consumerCount })
      await channel.close()
    }
  }
  return states
}

function notStill(busy: readonly QueueState[]): StatsError {
  const list = busy.map(
    ({ name, messages, consumers }) => `${name} (${messages} messages, ${consumers} consumers)`,
  )
  return new StatsError(
    'QUEUE_PARTITIONS',
    'the number of partitions can only change while everything stands still: stop ingress, let the services empty ' +
      `their queues, stop them too, then try again. Not still: ${list.join(', ')}`,
  )
}
