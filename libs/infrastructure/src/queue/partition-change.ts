import { type Database, recordedPartitions, recordPartitions } from '@hlstats/database'
import type { BrokerOptions } from './broker-connection.ts'
import { withBroker } from './broker-session.ts'
import { assertStill, type QueueState, queueStates, removeQueues } from './queue-removal.ts'
import { requiredQueues } from './topology.ts'

export interface PartitionChange {
  readonly rabbitmq: BrokerOptions
  readonly database: Database
  readonly services: readonly string[]
  readonly to: number
}

/** How many partitions the system has, 0 where no process ever ran, and what their queues hold. */
export async function inspectPartitions(
  options: Omit<PartitionChange, 'to'>,
): Promise<{ partitions: number; queues: QueueState[] }> {
  const partitions = await recordedPartitions(options.database)
  const queues = requiredQueues({ services: options.services, partitions })
  return { partitions, queues: await withBroker(options.rabbitmq, (model) => queueStates(model, queues)) }
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
  const from = await recordedPartitions(database)
  if (from === to) return from
  await withBroker(rabbitmq, async (model) => {
    await assertStill(model, requiredQueues({ services, partitions: from }))
    const left = new Set(requiredQueues({ services, partitions: to }))
    const before = { services, partitions: from }
    const queues = requiredQueues(before).filter((queue) => !left.has(queue))
    await removeQueues(model, { queues, before, after: { services, partitions: to } })
  })
  await recordPartitions(database, to)
  return from
}
