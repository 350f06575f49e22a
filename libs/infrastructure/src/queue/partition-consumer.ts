import { CONSUMER_LIMITS } from '@hlstats/config'
import type { ILogger } from '@hlstats/telemetry'
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib'
import { closeChannel } from './amqp-close.ts'
import { brokerVersion, isAtLeast } from './broker-version.ts'
import type { Delivery } from './delivery-source.ts'

export interface PartitionConsumerOptions {
  readonly queue: string
  readonly partition: number
  readonly priority: number
  readonly prefetch: number
  /** What the broker shows for this consumer: which replica it is. */
  readonly consumerTag?: string
  /** RabbitMQ 4.3 and later: a delivery that is not acked within this time goes to another consumer. */
  readonly ackWithinMs?: number
  readonly logger: ILogger
  /** Makes sure that the queue is there, where this process may. */
  prepare(model: ChannelModel): Promise<void>
  onDelivery(delivery: Delivery, headers: Readonly<Record<string, unknown>>): void
}

const REOPEN_MS = 1_000

/** One queue consumed on a channel of its own; each new channel is a new start, deliveries of the old one are void. */
export class PartitionConsumer {
  readonly #options: PartitionConsumerOptions
  #model: ChannelModel | undefined
  #channel: Channel | undefined
  #opening: Promise<void> = Promise.resolve()
  #wanted = true
  #prefetch: number
  #timer: NodeJS.Timeout | undefined

  constructor(options: PartitionConsumerOptions) {
    this.#options = options
    this.#prefetch = options.prefetch
  }

  get consuming(): boolean {
    return this.#channel !== undefined
  }

  /** Uses this connection from now on. */
  connect(model: ChannelModel): void {
    this.#model = model
    this.#reopen()
  }

  disconnect(): void {
    this.#model = undefined
    this.#channel = undefined
  }

  resume(prefetch = this.#options.prefetch): void {
    this.#wanted = true
    this.#prefetch = prefetch
    this.#reopen()
  }

  /**
   * Closes the channel, which sends the acks first and gives the rest back in order. Cancelling the consumer instead
   * would let the next one start while this one still works.
   */
  async release(): Promise<void> {
    this.#wanted = false
    clearTimeout(this.#timer)
    await this.#opening
    const channel = this.#channel
    this.#channel = undefined
    if (channel === undefined) return
    if (keepsReplaced(channel)) channel.nackAll(true)
    await closeChannel(channel)
  }

  #reopen(): void {
    this.#opening = this.#opening.then(() => this.#open())
  }

  async #open(): Promise<void> {
    const model = this.#model
    if (!this.#wanted || model === undefined || this.#channel !== undefined) return
    const { queue, priority, consumerTag, ackWithinMs = CONSUMER_LIMITS.ackWithinMs, logger } = this.#options
    try {
      await this.#options.prepare(model)
      const channel = await model.createChannel()
      // Without a listener an error of this channel would take the connection with it; `close` follows each error.
      channel.on('error', (err) => logger.warn('consumer channel failed', { queue, err }))
      channel.on('close', () => this.#closed(channel))
      this.#channel = channel
      await channel.prefetch(this.#prefetch)
      await channel.consume(queue, (message) => this.#receive(channel, message), {
        priority,
        // It also ends the reign of a consumer that was being replaced when the broker was killed: RabbitMQ 4.3 keeps it
        // as the active one afterwards, though its process is gone (ADR 68).
        arguments: { 'x-consumer-timeout': ackWithinMs },
        ...(consumerTag === undefined ? {} : { consumerTag }),
      })
    } catch (err) {
      logger.warn('queue cannot be consumed, trying again', { queue, err })
      this.#channel = undefined
      this.#retryLater()
    }
  }

  #closed(channel: Channel): void {
    if (this.#channel !== channel) return
    this.#channel = undefined
    this.#retryLater()
  }

  #retryLater(): void {
    clearTimeout(this.#timer)
    if (this.#wanted) this.#timer = setTimeout(() => this.#reopen(), REOPEN_MS)
  }

  #receive(channel: Channel, message: ConsumeMessage | null): void {
    if (message === null) {
      // The broker cancelled the consumer: its queue was deleted or moved, or its timeout passed. What it delivered may
      // be on its way to another replica, so the channel goes too.
      this.#options.logger.warn('broker cancelled the consumer', { queue: this.#options.queue })
      void closeChannel(channel)
      return
    }
    if (this.#channel !== channel) return
    const isOpen = () => this.#channel === channel
    const headers: Readonly<Record<string, unknown>> = message.properties.headers ?? {}
    const count = headers['x-delivery-count']
    const delivery: Delivery = {
      partition: this.#options.partition,
      body: message.content,
      deliveryCount: typeof count === 'number' ? count : 0,
      isOpen,
      ack: () => {
        if (isOpen()) channel.ack(message, true)
      },
      ackAlone: () => {
        if (isOpen()) channel.ack(message)
      },
    }
    this.#options.onDelivery(delivery, headers)
  }
}

/**
 * RabbitMQ 4.3 forgets no consumer that ends while it is being replaced and holds messages: it becomes the active one again
 * when others leave, and gets messages that nobody hears of before their time is up.
 */
function keepsReplaced(channel: Channel): boolean {
  return isAtLeast(brokerVersion(channel), 4, 3)
}
