import { hostname } from 'node:os'
import type { Database } from '@hlstats/database'
import { type ILogger, Metrics } from '@hlstats/telemetry'
import type { IEventBus } from '../event-bus/event-bus.ts'
import type { ModuleRegistry } from '../module-registry.ts'
import { BrokerConnection, type BrokerOptions } from './broker-connection.ts'
import { type Replica, replicaOf } from './consumer-priority.ts'
import { DualEventPublisher, type DualPublisherOptions } from './dual-event-publisher.ts'
import { EventConsumer, type EventConsumerDeps } from './event-consumer.ts'
import { Journal, type JournalOptions } from './journal.ts'
import { ParkedInbox } from './parked-inbox.ts'
import { JournalPublisher } from './publisher.ts'
import { QueueSource } from './queue-source.ts'
import { WORK_SERVICES } from './topology.ts'

export interface QueueModuleConfig {
  readonly rabbitmq: BrokerOptions
  readonly partitions?: number
  /** Services whose queues must exist before anything is published. */
  readonly services?: readonly string[]
  readonly journal?: Pick<JournalOptions, 'directory' | 'maxBytes' | 'fsync'>
  /** Present where this process publishes. */
  readonly dualPublisher?: DualPublisherOptions
  /** Consumers start when they are created. */
  readonly autoStartConsumers?: boolean
  /** Declare what is missing where the broker permits it; false where an operator does it. */
  readonly declareTopology?: boolean
}

export interface ConsumerParts {
  readonly service: string
  readonly database: Database
  readonly eventBus: IEventBus
  readonly registry: ModuleRegistry
  readonly replica?: Replica
  readonly heldBytes?: number
  readonly ackWithinMs?: number
  readonly ready?: EventConsumerDeps['ready']
  readonly options?: EventConsumerDeps['options']
}

const DEFAULT_PARTITIONS = 8
// A good end leaves an empty journal; a broker that is away does not hold up a stop.
const FINISH_WITHIN_MS = 2_000
const DEFAULT_JOURNAL = './data/journal'

/** Everything between this process and RabbitMQ: the journal with its publisher, and consumers. */
export class QueueModule {
  readonly #config: QueueModuleConfig
  readonly #logger: ILogger
  readonly #metrics: Metrics
  readonly #consumers: EventConsumer[] = []
  #inbox: ParkedInbox | undefined
  #publishing:
    | {
        readonly journal: Journal
        readonly publisher: JournalPublisher
        readonly connection: BrokerConnection
      }
    | undefined
  #consuming: BrokerConnection | undefined

  constructor(config: QueueModuleConfig, logger: ILogger, metrics: Metrics = new Metrics()) {
    this.#config = config
    this.#logger = logger
    this.#metrics = metrics
  }

  /** Opens the journal and follows it to the broker, where this process publishes. The broker may be away. */
  async initialize(): Promise<void> {
    const { dualPublisher, rabbitmq } = this.#config
    if (dualPublisher === undefined || dualPublisher.enableQueue === false || this.#publishing !== undefined)
      return
    const [logger, metrics] = [this.#logger, this.#metrics]
    const { partitions, services, declare } = this.#topology
    const journal = await Journal.open({
      directory: DEFAULT_JOURNAL,
      ...this.#config.journal,
      partitions,
      logger,
      metrics,
    })
    const connection = new BrokerConnection(rabbitmq, 'publish', { logger, metrics })
    const publisher = new JournalPublisher(
      { partitions, services, declare },
      { journal, connection, logger, metrics },
    )
    this.#publishing = { journal, publisher, connection }
  }

  /** Publishes to this bus and to the queue, as configured. */
  createDualPublisher(eventBus: IEventBus): DualEventPublisher {
    return new DualEventPublisher(
      {
        eventBus,
        queue: this.#publishing,
        partitions: this.#topology.partitions,
        logger: this.#logger,
        metrics: this.#metrics,
      },
      this.#config.dualPublisher,
    )
  }

  /** Consumes the queues of one service into its bus and modules. */
  async createConsumer(parts: ConsumerParts): Promise<EventConsumer> {
    const [logger, metrics] = [this.#logger, this.#metrics]
    const { partitions, declare } = this.#topology
    const { replica = replicaOf(hostname()), heldBytes, ackWithinMs, ...rest } = parts
    this.#consuming ??= new BrokerConnection(this.#config.rabbitmq, 'consume', { logger, metrics })
    const source = new QueueSource(
      {
        service: parts.service,
        partitions,
        replica,
        declare,
        ...(heldBytes === undefined ? {} : { heldBytes }),
        ...(ackWithinMs === undefined ? {} : { ackWithinMs }),
      },
      { connection: this.#consuming, logger, metrics },
    )
    const consumer = new EventConsumer({ ...rest, source, logger, metrics })
    this.#consumers.push(consumer)
    this.#inbox ??= new ParkedInbox({
      connection: this.#consuming,
      database: parts.database,
      logger,
      metrics,
    })
    this.#inbox.start()
    if (this.#config.autoStartConsumers === true) await consumer.start()
    return consumer
  }

  /** The journal of this process: its stream names this life. */
  get journal(): Journal {
    if (this.#publishing === undefined) throw new Error('the queue module is not initialized for publishing')
    return this.#publishing.journal
  }

  /** Follows the journal; tells why nothing is sent. */
  get publisher(): JournalPublisher {
    if (this.#publishing === undefined) throw new Error('the queue module is not initialized for publishing')
    return this.#publishing.publisher
  }

  /** Stops consumers after their batch, then sends what it can; what is not confirmed stays in the journal. */
  async close(): Promise<void> {
    for (const consumer of this.#consumers.splice(0)) await consumer.stop()
    await this.#inbox?.stop()
    this.#inbox = undefined
    await this.#consuming?.close()
    this.#consuming = undefined
    const publishing = this.#publishing
    this.#publishing = undefined
    await publishing?.publisher.finish(FINISH_WITHIN_MS)
    await publishing?.connection.close()
    await publishing?.journal.close()
  }

  get #topology() {
    const { partitions = DEFAULT_PARTITIONS, services = WORK_SERVICES, declareTopology = true } = this.#config
    return { partitions, services, declare: declareTopology }
  }
}
