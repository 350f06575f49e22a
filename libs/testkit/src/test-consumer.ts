import { encodeMessage, encodeRecord, type GameEvent } from '@hlstats/events'
import {
  BrokerConnection,
  declareTopology,
  EventConsumer,
  type EventConsumerOptions,
  ParkedEvents,
  QueueSource,
  workQueue,
} from '@hlstats/infrastructure'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib'
import { aKill } from './builders.ts'
import { Ledger, type LedgerProbe } from './ledger.ts'
import { type TestBroker, testBroker } from './test-broker.ts'
import { type TestDatabase, testDatabase } from './test-database.ts'
import { until } from './until.ts'

/** Records of one message: number and events. */
export type TestRecords = readonly (readonly [number, readonly GameEvent[]])[]

export interface TestConsumerOptions {
  readonly probe?: LedgerProbe
  readonly options?: EventConsumerOptions
  /** To be one more replica of it. */
  readonly service?: string
  readonly partitions?: number
  readonly heldBytes?: number
  readonly ackWithinMs?: number
  readonly replica?: { readonly name: string; readonly ordinal?: number }
}

let services = 0

/** Consumers of one test file: a broker, a database, and services of their own with queues of two partitions. */
export class TestConsumers {
  readonly broker: TestBroker
  readonly db: TestDatabase
  readonly model: ChannelModel
  readonly channel: ConfirmChannel
  readonly #cleanUps: (() => Promise<void>)[] = []

  private constructor(
    broker: TestBroker,
    db: TestDatabase,
    parts: { model: ChannelModel; channel: ConfirmChannel },
  ) {
    this.broker = broker
    this.db = db
    this.model = parts.model
    this.channel = parts.channel
  }

  /** With a database or broker of the test's own where it wants to kill it. */
  static async open(own: { db?: TestDatabase; broker?: TestBroker } = {}): Promise<TestConsumers> {
    const [broker, db] = await Promise.all([own.broker ?? testBroker(), own.db ?? testDatabase()])
    const model = await connect(broker.url)
    return new TestConsumers(broker, db, { model, channel: await model.createConfirmChannel() })
  }

  /** A service whose module writes a ledger, and a consumer for it that is not started yet. */
  async create(given: TestConsumerOptions = {}) {
    services += 1
    const { service = `test-${services}`, partitions = 2, replica = { name: 'r' } } = given
    const { heldBytes, ackWithinMs } = given
    const limits = {
      ...(heldBytes === undefined ? {} : { heldBytes }),
      ...(ackWithinMs === undefined ? {} : { ackWithinMs }),
    }
    const stream = `stream-${services}`
    const { channel } = this
    const { database } = this.db
    await declareTopology(channel, { services: [service], partitions })
    const [metrics, logger] = [new Metrics(), silentLogger()]
    const ledger = await Ledger.create(database, given.probe)
    const connection = new BrokerConnection({ url: this.broker.url }, 'consume', { logger, metrics })
    const source = new QueueSource(
      { service, partitions, replica, declare: true, ...limits },
      { connection, logger, metrics },
    )
    const readiness = new Map<string, { ok: boolean; reason: string | undefined }>()
    const ready = {
      set: (name: string, ok: boolean, reason?: string) => void readiness.set(name, { ok, reason }),
    }
    const { eventBus, registry } = ledger
    const { options } = given
    const deps = { service, source, database, eventBus, registry, logger, metrics, ready, options }
    const consumer = new EventConsumer(deps)
    this.atEnd(async () => {
      await consumer.stop()
      await connection.close()
    })
    const sendBytes = async (partition: number, body: Buffer) => {
      channel.sendToQueue(workQueue(service, partition), body, { persistent: true })
      await channel.waitForConfirms()
    }
    return {
      ...deps,
      deps,
      consumer,
      connection,
      stream,
      readiness,
      sendBytes,
      send: (partition: number, records: TestRecords) =>
        sendBytes(partition, this.message(stream, partition, records)),
      kills: (serverId: number, ...sequences: number[]) =>
        sequences.map((sequence) => aKill({}, { serverId, stream, sequence })),
      /** `<server>:<sequence>` in the order in which they took effect, once there are so many. */
      applied: (count = 0) =>
        until(async () => {
          const entries = (await ledger.entries()).filter((entry) => entry.stream === stream)
          return entries.length >= count && entries.map(({ serverId, sequence }) => `${serverId}:${sequence}`)
        }),
      parked: () => new ParkedEvents(database).list({ service }),
      /** Messages that no consumer has. */
      waiting: async (partition: number) =>
        (await channel.checkQueue(workQueue(service, partition))).messageCount,
    }
  }

  /** A message as ingress sends it. */
  message(stream: string, partition: number, records: TestRecords): Buffer {
    return encodeMessage(
      stream,
      partition,
      records.map(([record, events]) => encodeRecord(record, events)),
    )
  }

  /** Runs at the end of the test. */
  atEnd(cleanUp: () => Promise<void>): void {
    this.#cleanUps.push(cleanUp)
  }

  /** Stops the consumers of one test. */
  async endTest(): Promise<void> {
    for (const cleanUp of this.#cleanUps.splice(0).reverse()) await cleanUp()
  }

  async close(): Promise<void> {
    await this.model.close()
    await Promise.all([this.broker.drop(), this.db.drop()])
  }
}
