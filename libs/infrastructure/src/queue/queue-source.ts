import { CONSUMER_LIMITS } from '@hlstats/config'
import type { ILogger, Metrics } from '@hlstats/telemetry'
import type { ChannelModel } from 'amqplib'
import type { BrokerConnection } from './broker-connection.ts'
import { isAtLeast } from './broker-version.ts'
import { consumerPriorities, type Replica } from './consumer-priority.ts'
import type { Delivery, DeliverySource, SourceState } from './delivery-source.ts'
import { PartitionConsumer } from './partition-consumer.ts'
import { MESSAGE_BYTES } from './publisher.ts'
import { declareWherePermitted, workQueue } from './topology.ts'

export interface QueueSourceOptions {
  readonly service: string
  readonly partitions: number
  readonly replica: Replica
  /** Bytes of unacked messages that may be here, over all partitions; what is more waits in the queues. */
  readonly heldBytes?: number
  /** RabbitMQ 4.3 and later: a delivery that is not acked within this time goes to another replica. */
  readonly ackWithinMs?: number
  /** Declares the service's own queues when they are missing, where the broker permits it. */
  readonly declare?: boolean
}

export interface QueueSourceDeps {
  readonly connection: BrokerConnection
  readonly logger: ILogger
  readonly metrics: Metrics
}

// More of one partition makes no transaction larger, and comes again when its replica dies.
const MOST_MESSAGES = 20
// What a dead replica held, what a living one got meanwhile, and some.
const WIDE = 5
// For the way from the broker, once it has taken a message back.
const ON_THE_WAY_MS = 5_000
// A partition with deliveries within this time is one that this replica is the active consumer of.
const ACTIVE_MS = 60_000
const DECLARE_EVERY_MS = 900

/** The partition queues of one service, each on a channel of its own; the broker decides which replica gets which. */
export class QueueSource implements DeliverySource {
  readonly partitions: number
  readonly #options: QueueSourceOptions
  readonly #deps: QueueSourceDeps
  readonly #lastDelivery: number[]
  #consumers: readonly PartitionConsumer[] = []
  #isStopped = false
  #declared: { readonly model: ChannelModel; readonly at: number; readonly done: Promise<void> } | undefined

  constructor(options: QueueSourceOptions, deps: QueueSourceDeps) {
    this.partitions = options.partitions
    this.#options = options
    this.#deps = deps
    this.#lastDelivery = Array.from({ length: options.partitions }, () => 0)
    this.#measure()
  }

  /** True when the broker spreads the partitions by priority; before RabbitMQ 4 a new replica only gets what another leaves. */
  get balances(): boolean {
    return isAtLeast(this.#deps.connection.brokerVersion, 4)
  }

  get comesAgainWithinMs(): number {
    return (this.#options.ackWithinMs ?? CONSUMER_LIMITS.ackWithinMs) + ON_THE_WAY_MS
  }

  async start(onDelivery: (delivery: Delivery) => void): Promise<void> {
    const { service, partitions, replica, ackWithinMs } = this.#options
    const { connection, logger } = this.#deps
    const receive = (delivery: Delivery) => {
      this.#lastDelivery[delivery.partition] = Date.now()
      onDelivery(delivery)
    }
    this.#consumers = consumerPriorities(replica, partitions).map(
      (priority, partition) =>
        new PartitionConsumer({
          queue: workQueue(service, partition),
          partition,
          priority,
          prefetch: this.#prefetch,
          consumerTag: replica.name,
          ...(ackWithinMs === undefined ? {} : { ackWithinMs }),
          logger,
          prepare: (model) => this.#declare(model),
          onDelivery: receive,
        }),
    )
    connection.onConnect((model) => {
      if (!this.balances) logger.warn(this.#imbalance)
      for (const consumer of this.#consumers) consumer.connect(model)
    })
    connection.onDisconnect(() => {
      for (const consumer of this.#consumers) consumer.disconnect()
    })
  }

  async release(partition: number): Promise<void> {
    await this.#consumers[partition]?.release()
  }

  resume(partition: number, { wide }: { readonly wide: boolean } = { wide: false }): void {
    if (this.#isStopped) return
    this.#consumers[partition]?.resume(wide ? this.#prefetch * WIDE : this.#prefetch)
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await Promise.all(this.#consumers.map((consumer) => consumer.release()))
  }

  state(): SourceState {
    if (this.#deps.connection.model === undefined) return { ok: false, reason: 'not connected to the broker' }
    const without = this.#consumers.flatMap((consumer, k) => (consumer.consuming ? [] : [k]))
    if (without.length === 0) return this.balances ? { ok: true } : { ok: true, reason: this.#imbalance }
    return { ok: false, reason: `not consuming the queues of partitions ${without.join(', ')}` }
  }

  // The broker counts messages, not bytes; the publisher bounds their size.
  get #prefetch(): number {
    const { partitions, heldBytes = CONSUMER_LIMITS.heldBytes } = this.#options
    return Math.max(1, Math.min(MOST_MESSAGES, Math.floor(heldBytes / partitions / MESSAGE_BYTES)))
  }

  get #imbalance(): string {
    const { brokerVersion } = this.#deps.connection
    return (
      `RabbitMQ ${brokerVersion} does not spread partitions over replicas, 4.x does: ` +
      'a new replica only takes over what another one leaves'
    )
  }

  // All partitions come here at about the same time, after a connect or when queues were deleted: one answer for all.
  #declare(model: ChannelModel): Promise<void> {
    const { service, partitions, declare = false } = this.#options
    const isRecent =
      this.#declared?.model === model && performance.now() - this.#declared.at < DECLARE_EVERY_MS
    if (!declare || (isRecent && this.#declared !== undefined))
      return this.#declared?.done ?? Promise.resolve()
    const done = declareWherePermitted(model, { services: [service], partitions }, this.#deps.logger).then(
      () => undefined,
    )
    this.#declared = { model, at: performance.now(), done }
    return done
  }

  #measure(): void {
    const { metrics } = this.#deps
    metrics.gauge({
      name: 'hlstats_partition_active',
      help: '1 while deliveries of the partition come to this replica.',
      labels: ['partition'],
      collect: (gauge) => {
        const since = Date.now() - ACTIVE_MS
        for (const [k, last] of this.#lastDelivery.entries())
          gauge.set({ partition: String(k) }, last > since ? 1 : 0)
      },
    })
    metrics.gauge({
      name: 'hlstats_consumer_balancing',
      help: '1 when the broker spreads partitions over replicas (RabbitMQ 4 and later).',
      collect: (gauge) => gauge.set(this.balances ? 1 : 0),
    })
  }
}
