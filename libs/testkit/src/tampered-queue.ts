import { declareTopology, EVENTS_EXCHANGE, SHADOW_QUEUE } from '@hlstats/infrastructure'
import { type ChannelModel, type ConfirmChannel, type ConsumeMessage, connect } from 'amqplib'
import { until } from './until.ts'

const CONSUMER_TAG = 'tampering'

/** Publishes as ingress does, and can change what waits in a queue behind everybody's back. */
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

  /** Takes every message out that waits in the queue, and puts back what `change` makes of them. */
  async tamper(
    change: (bodies: readonly Buffer[]) => readonly Buffer[],
    queue = SHADOW_QUEUE,
  ): Promise<void> {
    await this.send(queue, change(await this.#takeAll(queue)))
  }

  async send(queue: string, bodies: readonly Buffer[]): Promise<void> {
    for (const body of bodies) this.#channel.sendToQueue(queue, body, { persistent: true })
    await this.#channel.waitForConfirms()
  }

  async waiting(queue = SHADOW_QUEUE): Promise<number> {
    return (await this.#channel.checkQueue(queue)).messageCount
  }

  async delete(queue: string): Promise<void> {
    await this.#channel.deleteQueue(queue)
  }

  /** Everything that is published from now on, as it comes. */
  async tap(): Promise<readonly Buffer[]> {
    const bodies: Buffer[] = []
    const { queue } = await this.#channel.assertQueue('', { exclusive: true })
    await this.#channel.bindQueue(queue, EVENTS_EXCHANGE, '#')
    await this.#channel.consume(
      queue,
      (message) => {
        if (message !== null) bodies.push(message.content)
      },
      { noAck: true },
    )
    return bodies
  }

  async close(): Promise<void> {
    await this.#model.close()
  }

  // As a consumer: a queue with a single active consumer lets nobody take a message by itself.
  async #takeAll(queue: string): Promise<Buffer[]> {
    const wanted = await this.waiting(queue)
    const bodies: Buffer[] = []
    if (wanted === 0) return bodies
    const take = (message: ConsumeMessage | null) => {
      if (message === null) return
      bodies.push(message.content)
      this.#channel.ack(message)
    }
    await this.#channel.consume(queue, take, { consumerTag: CONSUMER_TAG })
    // A message that was confirmed just now may not be counted yet. Left behind, it would come before the others.
    await until(async () => bodies.length >= wanted && (await this.waiting(queue)) === 0, {
      what: `everything that waits in ${queue}`,
    })
    await this.#channel.cancel(CONSUMER_TAG)
    return bodies
  }
}
