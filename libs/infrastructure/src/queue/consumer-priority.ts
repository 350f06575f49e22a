import { createHash } from 'node:crypto'
import { standInOrders } from './stand-in-orders.ts'

/** Who a replica is: its ordinal where it has one, else a name that no other replica has. */
export interface Replica {
  readonly name: string
  readonly ordinal?: number
}

// Host names like `player-3` end in the pod's index; longer numbers are random suffixes of other controllers.
const ORDINAL = /-(\d{1,3})$/

/** The replica behind a host or pod name. */
export function replicaOf(name: string): Replica {
  const match = ORDINAL.exec(name)
  return match?.[1] === undefined ? { name } : { name, ordinal: Number(match[1]) }
}

/**
 * The consumer priority of a replica on each partition; the broker makes the highest one present the active consumer.
 * With ordinals each replica is highest on at most ⌈P/R⌉ partitions; without, it is a fair lottery.
 */
export function consumerPriorities({ name, ordinal }: Replica, partitions: number): number[] {
  if (ordinal === undefined) return Array.from({ length: partitions }, (_, k) => hash(`${name}/${k}`))
  return standInOrders(partitions).map((order, k) => {
    const rank = order.indexOf(ordinal)
    // A replica beyond the number of partitions owns none, and stands in when all others are gone.
    return rank < 0 ? -1 - (hash(`${ordinal}/${k}`) % 1_000_000) : order.length - rank
  })
}

function hash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) >>> 1
}
