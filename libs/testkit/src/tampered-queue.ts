import { declareTopology, EVENTS_EXCHANGE, SHADOW_QUEUE } from '@hlstats/infrastructure'
import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib'

/** Publishes as ingress does, and can change what waits in the shadow's queue behind everybody's back. */
export class TamperedQueue {
  readonly #model: ChannelModel
  readonly #channel: ConfirmChannel

  private constructor(model: ChannelModel, channel: ConfirmChannel) {
    this.#model = model
    this.#channel = channel
  }

  /** Connects and declares the topology. */
  static async open(url: string): Promise<TamperedQueue> {
    const model = await connect(url)
    const channel = await model.createConfirmChannel()
    await declareTopology(channel, { services: [], partitions: 0 })
    return new TamperedQueue(model, channel)
  }

  async publish(...bodies: readonly Buffer[]): Promise<void> {
    for (const body of bodies) this.#channel.publish(EVENTS_EXCHANGE, 'p1.kill', body, { persistent: true })
    await this.#channel.waitForConfirms()
  }

  /** Takes every waiting message out and puts back what `change` makes of them. */
  async tamper(change: (bodies: readonly Buffer[]) => readonly Buffer[]): Promise<void> {
    const bodies: Buffer[] = []
    for (;;) {
      const message = await this.#channel.get(SHADOW_QUEUE)
      if (message === false) break
      bodies.push(message.content)
      this.#channel.ack(message)
    }
    for (const body of change(bodies)) this.#channel.sendToQueue(SHADOW_QUEUE, body, { persistent: true })
    await this.#channel.waitForConfirms()
  }

  async waiting(): Promise<number> {
    return (await this.#channel.checkQueue(SHADOW_QUEUE)).messageCount
  }

  async close(): Promise<void> {
    await this.#model.close()
  }
}
