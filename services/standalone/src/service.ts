import type { NewServer } from '@hlstats/database'
import { DualEventPublisher, Journal, JournalFeed } from '@hlstats/infrastructure'
import { buildIngress, JournalRoom, type UnknownSenders } from '@hlstats/ingress'
import type { ServiceContext } from '@hlstats/service'
import type { ILogger, Metrics } from '@hlstats/telemetry'
import { databaseUrlOf, ingressConfigOf, STANDALONE_CONFIG, type StandaloneConfig } from './config.ts'
import type { Control } from './control.ts'
import type { CountingThread } from './counting-thread.ts'
import { addServerOperation } from './operations.ts'

export interface StandaloneParts {
  readonly config: StandaloneConfig
  readonly logger: ILogger
  readonly metrics: Metrics
  readonly strangers: UnknownSenders
  readonly thread: CountingThread
  readonly control: Control
}

/** Puts ingress and the counting services together in one process: what the broker is between them, the journal is here. */
export async function buildStandalone(parts: StandaloneParts, context: ServiceContext): Promise<void> {
  const { config, logger, metrics, thread, control } = parts
  const { onStop, ready } = context
  const { partitions, logLevel, logFormat } = config
  const counting = { databaseUrl: databaseUrlOf(config), partitions, logLevel, logFormat }
  onStop('counting thread', () => thread.close())
  const { journalDir: directory, journalMaxBytes: maxBytes, journalFsync: fsync } = ingressConfigOf(config)
  // Its lock is the first thing: who does not get it must not touch the database file either.
  const journal = await Journal.open({
    directory,
    maxBytes,
    fsync,
    partitions,
    secure: () => thread.checkpoint(),
    logger,
    metrics,
  })
  onStop('journal', () => journal.close())
  await thread.start(counting, (name, ok, reason) => ready.set(name, ok, reason))
  onStop('consumers', () => thread.stop())
  const deliver = (partition: number, body: Buffer) => thread.deliver(partition, body)
  const feed = new JournalFeed({ journal, partitions, deliver, logger, metrics })
  feed.start()
  onStop('feed', () => feed.stop())
  const room = new JournalRoom({
    journal,
    remedy: 'does a partition stand? STANDALONE_JOURNAL_MAX_BYTES is the bound',
    setReady: (ok, reason) => ready.set('journal', ok, reason),
  })
  room.start()
  onStop('journal room', () => room.stop())
  onStop('commits', () => room.emptied({ held: undefined }, config.stopWithinMs / 2))
  const queue = { journal, publisher: { held: undefined } }
  const publishing = {
    journal,
    createDualPublisher: (eventBus: ConstructorParameters<typeof DualEventPublisher>[0]['eventBus']) =>
      new DualEventPublisher({ eventBus, queue, partitions, logger, metrics }),
  }
  // Its own connection only reads: the counting thread has the one that writes.
  const register = (server: NewServer) => thread.perform(addServerOperation(server))
  const ingress = await buildIngress(
    { ...parts, config: ingressConfigOf(config), settings: STANDALONE_CONFIG.prefix, publishing, register },
    context,
  )
  onStop('command line', () => control.close())
  await control.open(async (operation) => {
    const answer = await thread.perform(operation)
    // A server that was added is heard from now on.
    await ingress.reloadServers()
    return answer
  })
}
