import { openDatabase } from '@hlstats/database'
import {
  type DualEventPublisher,
  EventBus,
  type IEventBus,
  type Journal,
  QueueModule,
} from '@hlstats/infrastructure'
import type { ServiceContext } from '@hlstats/service'
import type { ILogger, Metrics } from '@hlstats/telemetry'
import type { IngressConfig } from './config.ts'
import { EventBatcher } from './event-batcher.ts'
import { Ingress } from './ingress.ts'
import { JournalRoom } from './journal-room.ts'
import { LogIntake } from './log-intake.ts'
import { ingressOccurrences } from './occurrences.ts'
import { ServerDirectory } from './server-directory.ts'
import { ServerRuntimes } from './server-runtimes.ts'
import { UdpReceiver } from './udp-receiver.ts'
import type { UnknownSenders } from './unknown-senders.ts'

export { type IngressConfig, ingressConfig } from './config.ts'
export { JournalRoom } from './journal-room.ts'
export { UnknownSenders } from './unknown-senders.ts'

/** Where events go: a journal, which somebody follows, and the publisher that appends to it. */
export interface Publishing {
  readonly journal: Journal
  createDualPublisher(eventBus: IEventBus): DualEventPublisher
}

export interface IngressParts {
  readonly config: IngressConfig
  readonly logger: ILogger
  readonly metrics: Metrics
  readonly strangers: UnknownSenders
  /** Given where the journal is somebody else's; otherwise it is followed to the broker. */
  readonly publishing?: Publishing
}

/** Puts ingress together. Stops run backwards: no new datagram, the end of the stream, then journal and database. */
export async function buildIngress(parts: IngressParts, context: ServiceContext): Promise<UdpReceiver> {
  const { config, logger, metrics, strangers } = parts
  const { onStop } = context
  const occurrences = ingressOccurrences(logger, metrics)
  const database = await openDatabase({ url: config.databaseUrl, poolSize: 2, logger, metrics })
  onStop('database', () => database.close())
  const queue = parts.publishing ?? (await openQueue(parts, context))
  const runtimes = await ServerRuntimes.open({ directory: config.journalDir, fsync: config.journalFsync })
  onStop('server state', () => runtimes.close())
  runtimes.measure(metrics)
  const directory = new ServerDirectory({ ...config, database, occurrences, logger })
  await directory.start()
  onStop('server directory', () => directory.stop())
  const eventBus = new EventBus(logger)
  const publisher = queue.createDualPublisher(eventBus)
  const batcher = new EventBatcher({
    stream: queue.journal.stream,
    batchMs: config.batchMs,
    storeState: (entries) => runtimes.store(entries),
    publish: (events) => publisher.publishBatch(events),
    occurrences,
  })
  batcher.measure(metrics)
  const ingress = new Ingress({ ...config, directory, runtimes, batcher, eventBus })
  ingress.start()
  onStop('stream', () => ingress.stop())
  const intake = new LogIntake({ directory, runtimes, batcher, strangers, occurrences })
  const receiver = await UdpReceiver.open({
    address: config.udpAddress,
    port: config.udpPort,
    bufferBytes: config.udpBufferBytes,
    onDatagram: (datagram, sender) => intake.receive(datagram, sender),
    occurrences,
    logger,
    metrics,
  })
  onStop('socket', () => receiver.close())
  return receiver
}

async function openQueue(
  { config, logger, metrics }: IngressParts,
  { onStop, ready }: ServiceContext,
): Promise<Publishing> {
  const { journalDir: directory, journalMaxBytes: maxBytes, journalFsync: fsync, partitions } = config
  const journal = { directory, maxBytes, fsync }
  const rabbitmq = { url: config.amqpUrl }
  const queue = new QueueModule({ rabbitmq, partitions, journal, dualPublisher: {} }, logger, metrics)
  await queue.initialize()
  onStop('journal', () => queue.close())
  const room = new JournalRoom(queue.journal, (ok, reason) => ready.set('journal', ok, reason))
  room.start()
  onStop('journal room', () => room.stop())
  onStop('confirms', () => room.emptied(queue.publisher, config.stopWithinMs / 2))
  return queue
}
