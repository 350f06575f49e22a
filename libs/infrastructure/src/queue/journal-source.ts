import type { Delivery, DeliverySource, SourceState } from './delivery-source.ts'

interface Held {
  readonly body: Buffer
  readonly taken: () => void
  deliveries: number
  isOpen: boolean
}

/** Where a consumer of the journal's own process gets its messages: one at a time per partition, each until it is acked. */
export class JournalSource implements DeliverySource {
  readonly partitions: number
  readonly #held = new Map<number, Held>()
  readonly #released = new Set<number>()
  #onDelivery: ((delivery: Delivery) => void) | undefined

  constructor(partitions: number) {
    this.partitions = partitions
  }

  /** Hands a message over; resolves when the consumer has committed it. The next one of its partition comes after that. */
  deliver(partition: number, body: Buffer): Promise<void> {
    if (this.#held.has(partition)) throw new Error(`partition ${partition} has a message in hand`)
    return new Promise((taken) => {
      this.#held.set(partition, { body, taken, deliveries: 0, isOpen: false })
      this.#offer(partition)
    })
  }

  async start(onDelivery: (delivery: Delivery) => void): Promise<void> {
    this.#onDelivery = onDelivery
    for (const partition of this.#held.keys()) this.#offer(partition)
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
    for (const partition of this.#held.keys()) this.#close(partition)
  }

  state(): SourceState {
    return this.#onDelivery === undefined ? { ok: false, reason: 'not started' } : { ok: true }
  }

  #offer(partition: number): void {
    const held = this.#held.get(partition)
    if (held === undefined || held.isOpen || this.#released.has(partition)) return
    if (this.#onDelivery === undefined) return
    // Another object each time: an ack of an earlier delivery settles nothing.
    const lease: Held = { ...held, deliveries: held.deliveries + 1, isOpen: true }
    this.#held.set(partition, lease)
    this.#onDelivery({
      partition,
      body: lease.body,
      deliveryCount: held.deliveries,
      isOpen: () => lease.isOpen,
      ack: () => {
        if (!lease.isOpen) return
        lease.isOpen = false
        this.#held.delete(partition)
        lease.taken()
      },
    })
  }

  #close(partition: number): void {
    const held = this.#held.get(partition)
    if (held !== undefined) held.isOpen = false
  }
}
