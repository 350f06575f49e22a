/** Replicas that may be present together, and how much it matters that they share evenly. */
interface Constellation {
  readonly missing: ReadonlySet<number>
  readonly weight: number
  /** Partitions of each replica. */
  readonly load: number[]
}

interface Placement {
  readonly partition: number
  readonly rank: number
  readonly gain: number
}

// All there matters most, then one missing (a restart, a death), then any others. There are too many of these with more replicas.
const [ALL_THERE, ONE_MISSING, MORE_MISSING] = [10_000, 30, 1]
const ANY_MISSING_BELOW = 8
const ONE_MISSING_BELOW = 24

/**
 * For each partition, the replicas 0…P-1 in the order in which they stand in for it: the first one present owns it. No
 * replica has to know who is present, and whoever is missing, the others share evenly. The replicas join the orders one by
 * one, each where the shares then become most even; everybody who calculates this comes to the same.
 */
export function standInOrders(partitions: number): readonly (readonly number[])[] {
  const orders = Array.from({ length: partitions }, (): number[] => [])
  for (let ordinal = 0; ordinal < partitions; ordinal++) join(orders, ordinal)
  return orders
}

function join(orders: readonly number[][], ordinal: number): void {
  const constellations = constellationsWith(ordinal)
  for (const { missing, load } of constellations) {
    for (const order of orders) addTo(load, order[ownerRank(order, missing)] ?? ordinal, 1)
  }
  const placed = orders.map((order) => order.length)
  for (;;) {
    const best = bestPlacement(orders, { ordinal, placed, constellations })
    if (best === undefined) break
    move(orders, { ordinal, placed, constellations }, best)
  }
  for (const [k, order] of orders.entries()) order.splice(placed[k] ?? 0, 0, ordinal)
}

interface Joining {
  readonly ordinal: number
  /** Its rank on each partition so far. */
  readonly placed: number[]
  readonly constellations: readonly Constellation[]
}

/** The change of one rank that evens the shares most: the sum of their squares sinks by twice the gain. */
function bestPlacement(orders: readonly number[][], joining: Joining): Placement | undefined {
  let best: Placement | undefined
  for (const [partition, order] of orders.entries()) {
    const found = bestRank(order, joining, joining.placed[partition] ?? 0)
    if (found.gain > (best?.gain ?? 0)) best = { partition, ...found }
  }
  return best
}

function bestRank(order: readonly number[], joining: Joining, now: number): { rank: number; gain: number } {
  const worth = worthByRank(order, joining, now)
  let best = { rank: order.length, value: 0 }
  let [value, present] = [0, 0]
  for (let rank = order.length; rank >= 0; rank--) {
    value += worth[rank] ?? 0
    if (rank === now) present = value
    if (value > best.value) best = { rank, value }
  }
  return { rank: best.rank, gain: best.value - present }
}

/** What it is worth that the newcomer owns the partition, by the rank of who owns it otherwise. */
function worthByRank(order: readonly number[], joining: Joining, now: number): number[] {
  const worth = order.map(() => 0)
  for (const { missing, weight, load } of joining.constellations) {
    const rank = ownerRank(order, missing)
    const owner = order[rank]
    if (owner === undefined) continue
    const isOwned = now <= rank
    const own = (load[joining.ordinal] ?? 0) - (isOwned ? 1 : 0)
    const others = (load[owner] ?? 0) - (isOwned ? 0 : 1)
    worth[rank] = (worth[rank] ?? 0) + weight * (others - own)
  }
  return worth
}

function move(
  orders: readonly number[][],
  { ordinal, placed, constellations }: Joining,
  to: Placement,
): void {
  const order = orders[to.partition] ?? []
  const before = placed[to.partition] ?? 0
  for (const { missing, load } of constellations) {
    const rank = ownerRank(order, missing)
    const change = Number(to.rank <= rank) - Number(before <= rank)
    const owner = order[rank]
    if (change === 0 || owner === undefined) continue
    addTo(load, ordinal, change)
    addTo(load, owner, -change)
  }
  placed[to.partition] = to.rank
}

function constellationsWith(ordinal: number): Constellation[] {
  return missingBefore(ordinal).map((missing) => ({
    missing: new Set(missing),
    weight: missing.length === 0 ? ALL_THERE : missing.length === 1 ? ONE_MISSING : MORE_MISSING,
    load: Array.from({ length: ordinal + 1 }, () => 0),
  }))
}

/** Which of the earlier replicas may be missing. */
function missingBefore(ordinal: number): number[][] {
  const earlier = Array.from({ length: ordinal }, (_, other) => other)
  if (ordinal >= ONE_MISSING_BELOW) return [[]]
  if (ordinal >= ANY_MISSING_BELOW) return [[], ...earlier.map((other) => [other])]
  return Array.from({ length: 2 ** ordinal }, (_, bits) => earlier.filter((other) => (bits >> other) & 1))
}

function ownerRank(order: readonly number[], missing: ReadonlySet<number>): number {
  const rank = order.findIndex((replica) => !missing.has(replica))
  return rank < 0 ? order.length : rank
}

function addTo(load: number[], replica: number, change: number): void {
  load[replica] = (load[replica] ?? 0) + change
}
