/** One message as a consumer gets it. */
export interface Delivery {
  readonly partition: number
  readonly body: Buffer
  /** How often it was delivered before and not acked. */
  readonly deliveryCount: number
  /** Settles this and every earlier delivery of its partition that came the same way; does nothing once it is not open. */
  ack(): void
  /** Settles only this one. */
  ackAlone(): void
  /** False when its channel closed: it will come again, here or at another replica. */
  isOpen(): boolean
}

/** Whether deliveries can come, and why not. */
export interface SourceState {
  readonly ok: boolean
  /** Why not; where they can come, what an operator should know all the same. */
  readonly reason?: string
}

/** Where an EventConsumer gets its messages: the broker's queues, or the journal where there is no broker. */
export interface DeliverySource {
  readonly partitions: number
  /** Within this time a message comes again that somebody else has and does not settle. */
  readonly comesAgainWithinMs: number
  start(onDelivery: (delivery: Delivery) => void): Promise<void>
  /** Gives a partition back after the acks: what was delivered and not acked goes elsewhere or comes again later. */
  release(partition: number): Promise<void>
  /** Asks for a released partition again: with `wide` for more at once than usual, to find what is missing. */
  resume(partition: number, how?: { readonly wide: boolean }): void
  stop(): Promise<void>
  state(): SourceState
}
