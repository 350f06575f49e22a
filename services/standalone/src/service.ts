import { DualEventPublisher, Journal, JournalFeed } from '@hlstats/infrastructure'
import { buildIngress, JournalRoom, type UnknownSenders } from '@hlstats/ingress'
import type { ServiceContext } from '@hlstats/service'
import type { ILogger, Metrics } from '@hlstats/telemetry'
import { databaseUrlOf, ingressConfigOf, type StandaloneConfig } from './config.ts'
import type { CountingThread } from './counting-thread.ts'

export interface StandaloneParts {
  readonly config: StandaloneConfig
  readonly logger: ILogger
  readonly metrics: Metrics
  readonly strangers: UnknownSenders
  readonly thread: CountingThread
}

/** Puts ingress and the counting services together in one process: what the broker is between them, the journal is here. */
export async function buildStandalone(parts: StandaloneParts, context: ServiceContext): Promise<void> {
  const { config, logger, metrics, thread } = parts
  const { onStop, ready } = context
  const { partitions, logLevel, logFormat } = config
  const counting = { databaseUrl: databaseUrlOf(config), partitions, logLevel, logFormat }
  onStop('counting thread', () => thread.close())
  await thread.start(counting, (name, ok, reason) => ready.set(name, ok, reason))
  const { journalDir: directory, journalMaxBytes: maxBytes, journalFsync: fsync } = ingressConfigOf(config)
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
  onStop('consumers', () => thread.stop())
  const deliver = (partition: number, body: Buffer) => thread.deliver(partition, body)
  const feed = new JournalFeed({ journal, partitions, deliver, logger, metrics })
  feed.start()
  onStop('feed', () => feed.stop())
  const room = new JournalRoom(journal, (ok, reason) => ready.set('journal', ok, reason))
  room.start()
  onStop('journal room', () => room.stop())
  onStop('commits', () => room.emptied({ held: undefined }, config.stopWithinMs / 2))
  const queue = { journal, publisher: { held: undefined } }
  const publishing = {
    journal,
    createDualPublisher: (eventBus: ConstructorParameters<typeof DualEventPublisher>[0]['eventBus']) =>
      new DualEventPublisher({ eventBus, queue, partitions, logger, metrics }),
  }
  await buildIngress({ ...parts, config: ingressConfigOf(config), publishing }, context)
}
