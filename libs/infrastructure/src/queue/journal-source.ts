import type { Delivery, DeliverySource, SourceState } from './delivery-source.ts'
import { encodeReplay } from './inbound-message.ts'
import type { ParkedEvent } from './parking.ts'

interface Held {
  readonly body: Buffer
  readonly taken: () => void
  deliveries: number
  isOpen: boolean
}

/** Where a consumer of the journal's own process gets its messages: one at a time per partition, each until it is acked. */
export class JournalSource implements DeliverySource {
  readonly partitions: number
  /** Nobody else has any. */
  readonly comesAgainWithinMs = 0
  readonly #lines = new Map<number, Held[]>()
  readonly #released = new Set<number>()
  #onDelivery: ((delivery: Delivery) => void) | undefined

  constructor(partitions: number) {
    this.partitions = partitions
  }

  /** Hands a message over; resolves when the consumer has committed it. The next one of its partition comes after that. */
  deliver(partition: number, body: Buffer): Promise<void> {
    return new Promise((taken) => {
      const message = { body, taken, deliveries: 0, isOpen: false }
      const line = this.#lines.get(partition)
      if (line === undefined) this.#lines.set(partition, [message])
      else line.push(message)
      this.#offer(partition)
    })
  }

  /** Asks for a parked event to be taken again; resolves when that was tried, and its row says with what outcome. */
  replay({ id, partition }: Pick<ParkedEvent, 'id' | 'partition'>): Promise<void> {
    return this.deliver(partition, encodeReplay(id))
  }

  async start(onDelivery: (delivery: Delivery) => void): Promise<void> {
    this.#onDelivery = onDelivery
    for (const partition of this.#lines.keys()) this.#offer(partition)
  }

  async release(partition: number): Promise<void> {
    this.#released.add(partition)
    this.#close(partition)
  }

  resume(partition: number): void {
    this.#released.delete(partition)
    this.#offer(partition)
  }

  async stop(): Promise<void> {
    this.#onDelivery = undefined
    for (const partition of this.#lines.keys()) this.#close(partition)
  }

  state(): SourceState {
    return this.#onDelivery === undefined ? { ok: false, reason: 'not started' } : { ok: true }
  }

  #offer(partition: number): void {
    const line = this.#lines.get(partition) ?? []
    const [held] = line
    if (held === undefined || held.isOpen || this.#released.has(partition)) return
    if (this.#onDelivery === undefined) return
    // Another object each time: an ack of an earlier delivery settles nothing.
    const lease: Held = { ...held, deliveries: held.deliveries + 1, isOpen: true }
    line[0] = lease
    const ack = () => {
      if (!lease.isOpen) return
      lease.isOpen = false
      line.shift()
      lease.taken()
      this.#offer(partition)
    }
    this.#onDelivery({
      partition,
      body: lease.body,
      deliveryCount: held.deliveries,
      isOpen: () => lease.isOpen,
      ack,
      ackAlone: ack,
    })
  }

  #close(partition: number): void {
    const held = this.#lines.get(partition)?.[0]
    if (held !== undefined) held.isOpen = false
  }
}
