import { setTimeout as delay } from 'node:timers/promises'
import type { ConfigOf, consumerFields } from '@hlstats/config'
import {
  ANSWER_WITHIN_MS,
  assertPartitions,
  assertSchema,
  type Database,
  openDatabase,
} from '@hlstats/database'
import { dispositionOf, StatsError, toError } from '@hlstats/errors'
import {
  EventBus,
  EventMetrics,
  type IEventBus,
  type ModuleRegistration,
  ModuleRegistry,
  QueueModule,
  replicaOf,
} from '@hlstats/infrastructure'
import { createLogger, createMetrics, type ILogger, type Metrics } from '@hlstats/telemetry'
import { runService } from './run-service.ts'
import type { ServiceContext, ServiceOptions } from './start-service.ts'

/** What a service's modules are built from. */
export interface ModuleParts {
  readonly database: Database
  readonly eventBus: IEventBus
  readonly logger: ILogger
  readonly metrics: EventMetrics
}

export type BuildModules = (parts: ModuleParts) => readonly ModuleRegistration[]

/** Something that runs beside the counting. */
export interface Watch {
  start(): void
  stop(): Promise<void>
}

export interface ConsumerServiceOptions {
  readonly name: string
  readonly config: ConfigOf<ReturnType<typeof consumerFields>>
  readonly modules: BuildModules
  /** Started when the tables are this build's. */
  readonly watch?: (parts: Telemetry & { readonly database: Database }) => Watch
}

interface Telemetry {
  readonly logger: ILogger
  readonly metrics: Metrics
}

/** Runs a service that counts events from its queues into the database, as this process. */
export async function runConsumerService(options: ConsumerServiceOptions): Promise<void> {
  const { name, config } = options
  const logger = createLogger({ name, level: config.logLevel, format: config.logFormat })
  await runService(consumerService(options, { logger, metrics: createMetrics() }))
}

/** The same service as `startService` takes it. */
export function consumerService(
  options: ConsumerServiceOptions,
  { logger, metrics }: Telemetry,
): ServiceOptions {
  const { name, config } = options
  const build = (context: ServiceContext) => buildConsumer(options, { logger, metrics }, context)
  return { name, config, logger, metrics, build }
}

async function buildConsumer(
  { name, config, modules, watch }: ConsumerServiceOptions,
  { logger, metrics }: Telemetry,
  { onStop, ready }: ServiceContext,
): Promise<void> {
  const answerWithinMs = ANSWER_WITHIN_MS
  const database = await openDatabase({ url: config.databaseUrl, answerWithinMs, logger, metrics })
  onStop('database', () => database.close())
  const eventMetrics = new EventMetrics(logger, metrics)
  const eventBus = new EventBus(logger, eventMetrics)
  const registry = new ModuleRegistry(logger)
  for (const module of modules({ database, eventBus, logger, metrics: eventMetrics })) {
    registry.register(module)
  }
  await registry.initializeAll()
  onStop('modules', () => registry.destroyAll())
  const queue = new QueueModule(
    {
      rabbitmq: { url: config.amqpUrl, connectionName: `hlstats.${name}` },
      partitions: config.partitions,
    },
    logger,
    metrics,
  )
  onStop('queue', () => queue.close())
  const consumer = await queue.createConsumer({
    service: name,
    database,
    eventBus,
    registry,
    ready,
    heldBytes: config.heldBytes,
    ackWithinMs: config.ackWithinMs,
    ...(config.replica === '' ? {} : { replica: replicaOf(config.replica) }),
  })
  const beside = watch?.({ database, logger, metrics })
  if (beside !== undefined) onStop('watch', () => beside.stop())
  await startOnSchema({ database, config, logger, ready, onStop }, async () => {
    beside?.start()
    await consumer.start()
  })
}

interface SchemaWait extends Pick<ServiceContext, 'onStop' | 'ready'> {
  readonly database: Database
  readonly config: ConsumerServiceOptions['config']
  readonly logger: ILogger
}

const ASK_AGAIN_MS = 2_000

/** Starts when the tables are this build's. A database that is away or not migrated yet is waited for, not ready. */
async function startOnSchema(wait: SchemaWait, start: () => Promise<void>): Promise<void> {
  const stopped = new AbortController()
  const problem = await schemaProblem(wait)
  if (problem === undefined) return start()
  const waiting = untilSchema(wait, problem, stopped.signal).then((found) => (found ? start() : undefined))
  // What goes wrong later has nobody to throw at but the process itself.
  waiting.catch((error) => {
    setImmediate(() => {
      throw error
    })
  })
  wait.onStop('wait for the schema', () => stopped.abort())
}

async function untilSchema(wait: SchemaWait, first: Error, stopped: AbortSignal): Promise<boolean> {
  let problem: Error | undefined = first
  let told = ''
  while (problem !== undefined) {
    if (problem.message !== told) wait.logger.warn('waiting for the schema', { err: problem })
    told = problem.message
    await delay(ASK_AGAIN_MS, undefined, { signal: stopped }).catch(() => undefined)
    if (stopped.aborted) return false
    problem = await schemaProblem(wait)
  }
  return true
}

/** Undefined when all is well; throws what waiting cannot cure. */
async function schemaProblem({ database, config, ready }: SchemaWait): Promise<Error | undefined> {
  try {
    await assertSchema(database)
    await assertPartitions(database, config.partitions)
    ready.set('schema', true)
    return undefined
  } catch (error) {
    const partitionsDiffer = error instanceof StatsError && error.code === 'QUEUE_PARTITIONS'
    if (partitionsDiffer || dispositionOf(error) === 'park') throw error
    const problem = toError(error)
    ready.set('schema', false, problem.message)
    return problem
  }
}
