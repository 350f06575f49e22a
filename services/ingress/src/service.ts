import { ANSWER_WITHIN_MS, addServer, type NewServer, openDatabase } from '@hlstats/database'
import { partitionOf } from '@hlstats/events'
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
import { hasRoom, JournalRoom } from './journal-room.ts'
import { LineLimit } from './line-limit.ts'
import { LogHttpServer } from './log-http-server.ts'
import { LogIntake } from './log-intake.ts'
import { type IngressOccurrences, ingressOccurrences } from './occurrences.ts'
import { PostedLogs } from './posted-logs.ts'
import { Registrar } from './registrar.ts'
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
  /** What the names of its settings begin with: INGRESS unless given. */
  readonly settings?: string
  /** Registers a game server of an allowed network, where somebody else writes to the database. */
  readonly register?: (server: NewServer) => Promise<unknown>
  /** Given where the journal is somebody else's; otherwise it is followed to the broker. */
  readonly publishing?: Publishing
}

/** Where it listens for game servers. */
interface IngressPorts {
  readonly udpPort: number
  readonly logHttpPort: number
}

export interface BuiltIngress extends IngressPorts {
  /** Reads the servers from the database now, as it does from time to time by itself. */
  reloadServers(): Promise<void>
}

/** Puts ingress together. Stops run backwards: no new datagram, the end of the stream, then journal and database. */
export async function buildIngress(parts: IngressParts, context: ServiceContext): Promise<BuiltIngress> {
  const { config, logger, metrics } = parts
  const { onStop } = context
  const occurrences = ingressOccurrences(logger, metrics)
  const limits = { poolSize: 2, answerWithinMs: ANSWER_WITHIN_MS }
  const database = await openDatabase({ url: config.databaseUrl, ...limits, logger, metrics })
  onStop('database', () => database.close())
  const queue = parts.publishing ?? (await openQueue(parts, context))
  const { journal } = queue
  const runtimes = await ServerRuntimes.open({
    directory: config.journalDir,
    fsync: config.journalFsync,
    wasAppended: (record) => journal.wasAppended(record),
  })
  onStop('server state', () => runtimes.close())
  runtimes.measure(metrics)
  const directory = new ServerDirectory({ ...config, database, occurrences, logger, metrics })
  await directory.start()
  onStop('server directory', () => directory.stop())
  const eventBus = new EventBus(logger)
  const publisher = queue.createDualPublisher(eventBus)
  const batcher = new EventBatcher({
    stream: journal.stream,
    batchMs: config.batchMs,
    storeState: (entries) => runtimes.store(entries),
    publish: (events, whole) => publisher.publishBatch(events, whole),
    nextRecord: (serverId) => journal.nextRecord(partitionOf(serverId, config.partitions)),
    occurrences,
  })
  batcher.measure(metrics)
  const ingress = new Ingress({ ...config, directory, runtimes, batcher, eventBus })
  ingress.start()
  onStop('stream', () => ingress.stop())
  const register = parts.register ?? ((server: NewServer) => addServer(database, server))
  const registrar = new Registrar({ directory, register, occurrences })
  onStop('registrations', () => registrar.stop())
  const ports = await listen(parts, context, {
    journal,
    runtimes,
    directory,
    batcher,
    registrar,
    occurrences,
  })
  return { ...ports, reloadServers: () => directory.reload() }
}

interface Listened {
  readonly journal: Journal
  readonly runtimes: ServerRuntimes
  readonly directory: ServerDirectory
  readonly batcher: EventBatcher
  readonly registrar: Registrar
  readonly occurrences: IngressOccurrences
}

/** Opens both ways in: datagrams, and posted logs. */
async function listen(
  { config, logger, metrics, strangers, settings = 'INGRESS' }: IngressParts,
  { onStop }: ServiceContext,
  { journal, runtimes, directory, batcher, registrar, occurrences }: Listened,
): Promise<IngressPorts> {
  const address = config.udpAddress
  const limit = new LineLimit(config.linesPerSecond)
  const intake = new LogIntake({ directory, runtimes, batcher, limit, registrar, strangers, occurrences })
  const logs = new PostedLogs({
    runtimes,
    batcher,
    limit,
    intake,
    hasRoom: (bytes) => hasRoom(journal, bytes),
    occurrences,
  })
  const http = await LogHttpServer.open({
    address,
    port: config.logHttpPort,
    settings,
    knownBy: config.logHttpKnownBy,
    requestMs: config.logHttpRequestMs,
    directory,
    logs,
    strangers,
    occurrences,
  })
  onStop('posted logs', async () => {
    await http.close()
    await logs.stop()
  })
  const receiver = await UdpReceiver.open({
    address,
    port: config.udpPort,
    settings,
    bufferBytes: config.udpBufferBytes,
    onDatagram: ({ datagram, sender, readAt }) => intake.receive(datagram, sender, readAt),
    occurrences,
    logger,
    metrics,
  })
  onStop('socket', () => receiver.close())
  logger.info('listening for posted logs', { tcp_port: http.port })
  return { udpPort: receiver.port, logHttpPort: http.port }
}

async function openQueue(
  { config, logger, metrics }: IngressParts,
  { onStop, ready }: ServiceContext,
): Promise<Publishing> {
  const { journalDir: directory, journalMaxBytes: maxBytes, journalFsync: fsync, partitions } = config
  const journal = { directory, maxBytes, fsync }
  const rabbitmq = { url: config.amqpUrl, connectionName: 'hlstats.ingress' }
  const queue = new QueueModule({ rabbitmq, partitions, journal, dualPublisher: {} }, logger, metrics)
  await queue.initialize()
  onStop('journal', () => queue.close())
  const room = new JournalRoom({
    journal: queue.journal,
    remedy: 'is the broker reachable? INGRESS_JOURNAL_MAX_BYTES is the bound',
    setReady: (ok, reason) => ready.set('journal', ok, reason),
  })
  room.start()
  onStop('journal room', () => room.stop())
  onStop('confirms', () => room.emptied(queue.publisher, config.stopWithinMs / 2))
  return queue
}
