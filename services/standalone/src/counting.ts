import {
  addServer,
  assertPartitions,
  changeKeys,
  changeNetwork,
  type Database,
  type KeyChange,
  migrate,
  type NetworkChange,
  type NewServer,
  openDatabase,
} from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import {
  EventBus,
  EventConsumer,
  EventMetrics,
  JournalSource,
  ModuleRegistry,
  ParkedEvents,
} from '@hlstats/infrastructure'
import { matchModules } from '@hlstats/match'
import { playerModules } from '@hlstats/player'
import type { BuildModules } from '@hlstats/service'
import { createLogger, createMetrics, type Metrics } from '@hlstats/telemetry'
import { weaponModules } from '@hlstats/weapon'
import type { CountingOptions } from './messages.ts'
import type { Operations, ReplayOutcome } from './operations.ts'

const SERVICES: ReadonlyArray<readonly [string, BuildModules]> = [
  ['player', playerModules],
  ['weapon', weaponModules],
  ['match', matchModules],
]

export type LogLevelName = 'debug' | 'info' | 'warn' | 'error' | 'fatal'
type SetReady = (name: string, ok: boolean, reason?: string) => void

interface Part {
  readonly name: string
  readonly metrics: Metrics
  readonly source: JournalSource
  readonly consumer: EventConsumer
  readonly registry: ModuleRegistry
}

/** The counting services on one database file, each with the bus, modules, consumer and positions of its own. */
export class Counting implements Operations {
  readonly #database: Database
  readonly #databaseMetrics: Metrics
  readonly #parts: readonly Part[]

  private constructor(database: Database, databaseMetrics: Metrics, parts: readonly Part[]) {
    this.#database = database
    this.#databaseMetrics = databaseMetrics
    this.#parts = parts
  }

  /** Brings the file to this build's tables and starts the consumers. */
  static async start(options: CountingOptions, onCondition: SetReady): Promise<Counting> {
    const level = options.logLevel
    const logger = createLogger({ name: 'database', level, format: options.logFormat })
    const metrics = createMetrics()
    const database = await openDatabase({ url: options.databaseUrl, logger, metrics })
    await migrate(database, { seed: true })
    await assertPartitions(database, options.partitions)
    const parts: Part[] = []
    for (const [name, modules] of SERVICES) {
      parts.push(await startPart({ name, modules, database, options, onCondition }))
    }
    return new Counting(database, metrics, parts)
  }

  /** Resolves when every service has committed the message. */
  async deliver(partition: number, body: Buffer): Promise<void> {
    await Promise.all(this.#parts.map(({ source }) => source.deliver(partition, body)))
  }

  addServer(server: NewServer): Promise<number> {
    return addServer(this.#database, server)
  }

  changeKeys(change: KeyChange): Promise<number> {
    return changeKeys(this.#database, change)
  }

  changeNetwork(change: NetworkChange): Promise<boolean> {
    return changeNetwork(this.#database, change)
  }

  replayParked(ids: readonly number[]): Promise<readonly ReplayOutcome[]> {
    return Promise.all(ids.map((id) => this.#replay(id)))
  }

  discardParked(id: number): Promise<boolean> {
    return new ParkedEvents(this.#database).discard(id)
  }

  checkpoint(): Promise<boolean> {
    return this.#database.checkpoint()
  }

  async metrics(name: string): Promise<string | undefined> {
    if (name === 'database') return this.#databaseMetrics.text()
    return this.#parts.find((part) => part.name === name)?.metrics.text()
  }

  async stop(): Promise<void> {
    for (const { consumer, registry } of this.#parts) {
      await consumer.stop()
      await registry.destroyAll()
    }
  }

  close(): Promise<void> {
    return this.#database.close()
  }

  async #replay(id: number): Promise<ReplayOutcome> {
    const parked = new ParkedEvents(this.#database)
    const event = await parked.find(id)
    const part = this.#parts.find(({ name }) => name === event?.service)
    if (event === undefined || part === undefined) {
      throw new StatsError('INPUT_INVALID', `no event ${id} is parked for a service of this process`)
    }
    await part.source.replay(event)
    return (await parked.find(id))?.state ?? 'parked'
  }
}

interface PartOptions {
  readonly name: string
  readonly modules: BuildModules
  readonly database: Database
  readonly options: CountingOptions
  readonly onCondition: SetReady
}

async function startPart({ name, modules, database, options, onCondition }: PartOptions): Promise<Part> {
  const logger = createLogger({ name, level: options.logLevel, format: options.logFormat })
  const metrics = createMetrics()
  const eventMetrics = new EventMetrics(logger, metrics)
  const eventBus = new EventBus(logger, eventMetrics)
  const registry = new ModuleRegistry(logger)
  for (const module of modules({ database, eventBus, logger, metrics: eventMetrics }))
    registry.register(module)
  await registry.initializeAll()
  const source = new JournalSource(options.partitions)
  const ready = {
    set: (condition: string, ok: boolean, reason?: string) => onCondition(`${name} ${condition}`, ok, reason),
  }
  const consumer = new EventConsumer({
    service: name,
    source,
    database,
    eventBus,
    registry,
    logger,
    metrics,
    ready,
  })
  await consumer.start()
  return { name, metrics, source, consumer, registry }
}
