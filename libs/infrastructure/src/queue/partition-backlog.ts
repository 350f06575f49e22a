import type { Delivery } from './delivery-source.ts'
import type { GapWait } from './gap-wait.ts'
import { decodeDelivery, type InboundContent, type InboundRecord } from './inbound-message.ts'

/** A delivery that waits for its transaction. */
export interface QueuedMessage {
  readonly delivery: Delivery
  readonly content: InboundContent
  /** How many of its records took effect already. */
  taken: number
}

/** What one transaction does of a message: all that is left of it, or one record. */
export interface BatchPart {
  readonly partition: number
  readonly message: QueuedMessage
  readonly records: readonly InboundRecord[]
}

// Delivered so often without an ack, the message may be what kills the process: as little as possible goes with it. Not
// while records are missing: replicas give what they have back then, and each time counts as a delivery.
const SUSPICIOUS_DELIVERIES = 3

/** The deliveries of one partition in order, and how its transactions went lately. */
export class PartitionBacklog {
  readonly partition: number
  /** Set after a failure: the partition has its transactions to itself until one succeeds. */
  isolated = false
  attempts = 0
  notBefore = 0
  /** Events parked one after the other, without a good one in between. */
  parksInARow = 0
  /** Why it takes nothing until `notBefore`, when it was stopped. */
  stoppedBy: Error | undefined
  /** While records are missing, what came is taken in the order of its numbers. */
  gapWait: GapWait | undefined
  /** When it was asked for with more messages at once, as of `performance.now`. */
  wideSince: number | undefined
  /** Events that failed for good in a trial, by id. */
  readonly poison = new Map<string, Error>()
  // Of this partition alone: that others get done says nothing about it.
  #mostEvents = Number.POSITIVE_INFINITY
  #arrived: Delivery[] = []
  #queue: QueuedMessage[] = []
  #cameBack = 0

  constructor(partition: number) {
    this.partition = partition
  }

  push(delivery: Delivery): void {
    this.#arrived.push(delivery)
  }

  /** Whether it goes on without records that are missing. */
  get mayLeaveGap(): boolean {
    return this.gapWait?.isOver === true
  }

  get isEmpty(): boolean {
    return this.#arrived.length === 0 && this.#queue.length === 0
  }

  /** Forgets deliveries whose channel closed: they come again, which says nothing about them, as this process lives. */
  dropClosed(): void {
    const [arrived, queued] = [this.#arrived.length, this.#queue.length]
    this.#arrived = this.#arrived.filter((delivery) => delivery.isOpen())
    this.#queue = this.#queue.filter(({ delivery }) => delivery.isOpen())
    if (this.#arrived.length < arrived || this.#queue.length < queued) this.#cameBack += 1
  }

  /** The next parts in order, until there are `share` events in them, or as many as it may take; at least one where anything waits. */
  take(share: number): BatchPart[] {
    const maxEvents = Math.min(share, this.#mostEvents)
    const parts: BatchPart[] = []
    let events = 0
    for (const message of this.gapWait === undefined ? this.#asTheyCame() : this.#asNumbered()) {
      const isSuspicious =
        this.gapWait === undefined && message.delivery.deliveryCount >= SUSPICIOUS_DELIVERIES + this.#cameBack
      if (isSuspicious && parts.length > 0) break
      const part = this.#partOf(message, isSuspicious ? 1 : Number.POSITIVE_INFINITY)
      parts.push(part)
      events += eventsIn([part])
      if (isSuspicious || events >= maxEvents) break
    }
    return parts
  }

  /** These took too long: half as many events come next, and twice as many after each success. */
  takeFewer(parts: readonly BatchPart[]): void {
    const own = parts.filter(({ partition }) => partition === this.partition)
    this.#mostEvents = Math.max(1, Math.floor(eventsIn(own) / 2))
  }

  /** After COMMIT: acks what is whole, with one ack where nothing older is left. */
  settle(parts: readonly BatchPart[]): void {
    this.#mostEvents *= 2
    for (const { message, records } of parts) message.taken += records.length
    const settled = new Set(parts.map(({ message }) => message).filter(isWhole))
    const firstLeft = this.#queue.findIndex((message) => !settled.has(message))
    const inOrder = firstLeft === -1 ? this.#queue.length : firstLeft
    this.#queue[inOrder - 1]?.delivery.ack()
    for (const message of this.#queue.slice(inOrder)) if (settled.has(message)) message.delivery.ackAlone()
    this.#queue = this.#queue.filter((message) => !settled.has(message))
    if (this.isEmpty) this.#cameBack = 0
  }

  /** Decodes no more than what is asked for. */
  *#asTheyCame(): Generator<QueuedMessage> {
    for (let index = 0; ; index++) {
      const message = this.#queue[index] ?? this.#decodeNext()
      if (message === undefined) return
      yield message
    }
  }

  /** The streams in the order in which they came, each by its numbers. */
  #asNumbered(): QueuedMessage[] {
    const messages = [...this.#asTheyCame()]
    const streams = new Map<string, number>()
    const placed = messages.map((message, index) => {
      const { stream, record } = firstOf(message) ?? { stream: `${index}.`, record: 0 }
      const place = streams.get(stream) ?? index
      streams.set(stream, place)
      return { message, place, record }
    })
    placed.sort((a, b) => a.place - b.place || a.record - b.record)
    return placed.map(({ message }) => message)
  }

  #decodeNext(): QueuedMessage | undefined {
    const delivery = this.#arrived.shift()
    if (delivery === undefined) return undefined
    const message = { delivery, content: decodeDelivery(delivery), taken: 0 }
    this.#queue.push(message)
    return message
  }

  #partOf(message: QueuedMessage, maxRecords: number): BatchPart {
    const { content, taken } = message
    const records = content.kind === 'records' ? content.records.slice(taken, taken + maxRecords) : []
    return { partition: this.partition, message, records }
  }
}

/** More of its message is left for the next transaction. */
export function isPartial({ message, records }: BatchPart): boolean {
  const { content, taken } = message
  return content.kind === 'records' && taken + records.length < content.records.length
}

function firstOf({ content }: QueuedMessage): InboundRecord | undefined {
  return content.kind === 'records' ? content.records[0] : undefined
}

function eventsIn(parts: readonly BatchPart[]): number {
  return parts.flatMap(({ records }) => records).reduce((sum, { entries }) => sum + entries.length, 0)
}

function isWhole({ content, taken }: QueuedMessage): boolean {
  return content.kind !== 'records' || taken >= content.records.length
}

/** What stands before one record of one of the parts. */
export function partsBefore(
  parts: readonly BatchPart[],
  { part, record }: { readonly part: BatchPart; readonly record: number },
): BatchPart[] {
  const own = parts.filter(({ partition }) => partition === part.partition)
  const before = own.slice(0, own.indexOf(part))
  const records = part.records.filter((candidate) => candidate.record < record)
  return records.length === 0 ? before : [...before, { ...part, records }]
}
