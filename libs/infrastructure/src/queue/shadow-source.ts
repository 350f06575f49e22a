import type { ILogger } from '@hlstats/telemetry'
import type { Channel, ChannelModel } from 'amqplib'
import { closeChannel } from './amqp-close.ts'
import type { BrokerConnection } from './broker-connection.ts'
import { PartitionConsumer } from './partition-consumer.ts'
import { RESENT_HEADER } from './publisher.ts'
import { declareWherePermitted, SHADOW_QUEUE } from './topology.ts'

/** A message as it came, whether it is one of ours or not. */
export interface ShadowMessage {
  readonly body: Buffer
  /** Sent again by its publisher, or delivered again by the broker: both on purpose. */
  readonly isRepeat: boolean
  ack(): void
}

export interface ShadowSourceDeps {
  readonly connection: BrokerConnection
  readonly logger: ILogger
}

const PREFETCH = 200

/** The queue that gets a copy of everything. It has nothing to do with the work queues and can't slow them down. */
export class ShadowSource {
  readonly #deps: ShadowSourceDeps
  #consumer: PartitionConsumer | undefined
  #probe: { readonly model: ChannelModel; readonly channel: Channel } | undefined

  constructor(deps: ShadowSourceDeps) {
    this.#deps = deps
  }

  /** Whether messages can come. */
  get isConsuming(): boolean {
    return this.#deps.connection.model !== undefined && this.#consumer?.consuming === true
  }

  start(onMessage: (message: ShadowMessage) => void): void {
    const { connection, logger } = this.#deps
    const consumer = new PartitionConsumer({
      queue: SHADOW_QUEUE,
      partition: 0,
      priority: 0,
      prefetch: PREFETCH,
      logger,
      prepare: async (model) => {
        await declareWherePermitted(model, { services: [], partitions: 0 }, logger)
      },
      onDelivery: ({ body, deliveryCount, ack }, headers) =>
        onMessage({ body, isRepeat: deliveryCount > 0 || headers[RESENT_HEADER] === true, ack }),
    })
    this.#consumer = consumer
    connection.onConnect((model) => consumer.connect(model))
    connection.onDisconnect(() => consumer.disconnect())
  }

  /** Messages that wait in the queue and are not here yet; undefined while the broker can't be asked. */
  async waiting(): Promise<number | undefined> {
    const { model } = this.#deps.connection
    if (model === undefined) return undefined
    try {
      if (this.#probe?.model !== model) this.#probe = { model, channel: await this.#openProbe(model) }
      return (await this.#probe.channel.checkQueue(SHADOW_QUEUE)).messageCount
    } catch (err) {
      this.#probe = undefined
      this.#deps.logger.debug('the shadow queue cannot be asked', { err })
      return undefined
    }
  }

  async stop(): Promise<void> {
    await this.#consumer?.release()
    if (this.#probe !== undefined) await closeChannel(this.#probe.channel)
  }

  async #openProbe(model: ChannelModel): Promise<Channel> {
    const channel = await model.createChannel()
    // A queue that does not exist closes the channel; without a listener the connection would go with it.
    channel.on('error', () => undefined)
    return channel
  }
}
