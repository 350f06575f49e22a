import { createHash } from 'node:crypto'

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
 * With ordinals 0…R-1 present, each replica is highest on at most ⌈P/R⌉ partitions. Without, it is a fair lottery.
 */
export function consumerPriorities(replica: Replica, partitions: number): number[] {
  if (replica.ordinal === undefined) {
    return Array.from({ length: partitions }, (_, k) => hash(`${replica.name}/${k}`))
  }
  const taken = takeovers(replica.ordinal, partitions)
  return Array.from({ length: partitions }, (_, k) =>
    // Who never owns a partition still stands in for it when its owners are gone; ranks differ by hash.
    taken.has(k) ? (replica.ordinal ?? 0) : -1 - (hash(`${replica.ordinal}/${k}`) % 1_000_000),
  )
}

// As if the replicas joined one after the other: replica r takes ⌊P/(r+1)⌋ partitions, one by one from whoever has most.
// Its priority there is r, so a later replica wins while it is there and an earlier owner stands in when it is gone.
function takeovers(ordinal: number, partitions: number): Set<number> {
  const owned: number[][] = [Array.from({ length: partitions }, (_, k) => k)]
  for (let joining = 1; joining <= ordinal; joining++) {
    const share = Math.floor(partitions / (joining + 1))
    const taken: number[] = []
    while (taken.length < share) taken.push(...fullest(owned).splice(-1))
    owned.push(taken)
  }
  return new Set(owned[ordinal])
}

function fullest(owned: readonly number[][]): number[] {
  return owned.reduce(
    (most, candidate) => (candidate.length > most.length ? candidate : most),
    owned[0] ?? [],
  )
}

function hash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) >>> 1
}
