import type { Delivery } from './delivery-source.ts'
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

// Delivered so often without an ack, the message may be what kills the process: as little as possible goes with it.
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
  /** Events that failed for good in a trial, by id. */
  readonly poison = new Map<string, Error>()
  #arrived: Delivery[] = []
  #queue: QueuedMessage[] = []

  constructor(partition: number) {
    this.partition = partition
  }

  push(delivery: Delivery): void {
    this.#arrived.push(delivery)
  }

  get isEmpty(): boolean {
    return this.#arrived.length === 0 && this.#queue.length === 0
  }

  /** Forgets deliveries whose channel closed: they come again. */
  dropClosed(): void {
    this.#arrived = this.#arrived.filter((delivery) => delivery.isOpen())
    this.#queue = this.#queue.filter(({ delivery }) => delivery.isOpen())
  }

  /** The next parts in order, until there are `maxEvents` in them; at least one where anything waits. */
  take(maxEvents: number): BatchPart[] {
    const parts: BatchPart[] = []
    let events = 0
    for (let index = 0; events < maxEvents; index++) {
      const message = this.#queue[index] ?? this.#decodeNext()
      if (message === undefined) break
      const isSuspicious = message.delivery.deliveryCount >= SUSPICIOUS_DELIVERIES
      if (isSuspicious && parts.length > 0) break
      const part = this.#partOf(message, isSuspicious ? 1 : Number.POSITIVE_INFINITY)
      parts.push(part)
      if (isSuspicious) break
      events += part.records.reduce((sum, record) => sum + record.entries.length, 0)
    }
    return parts
  }

  /** After COMMIT: acks what is whole, in order. */
  settle(parts: readonly BatchPart[]): void {
    let last: QueuedMessage | undefined
    for (const { message, records } of parts) {
      message.taken += records.length
      if (!isWhole(message)) break
      last = message
    }
    if (last === undefined) return
    const settled = new Set(parts.map(({ message }) => message).filter(isWhole))
    this.#queue = this.#queue.filter((message) => !settled.has(message))
    last.delivery.ack()
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

function isWhole({ content, taken }: QueuedMessage): boolean {
  return content.kind !== 'records' || taken >= content.records.length
}
