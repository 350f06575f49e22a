import { ANSWER_WITHIN_MS, openDatabase } from '@hlstats/database'
import { BrokerConnection, ShadowSource } from '@hlstats/infrastructure'
import type { ServiceContext, ServiceOptions } from '@hlstats/service'
import type { ILogger, Metrics } from '@hlstats/telemetry'
import { CommittedRepository } from './committed.repository.ts'
import { CommittedReader } from './committed-reader.ts'
import type { ShadowConsumerConfig } from './config.ts'
import { repeat } from './repeat.ts'
import { Shadow } from './shadow.ts'

export interface ShadowParts {
  readonly config: ShadowConsumerConfig
  readonly logger: ILogger
  readonly metrics: Metrics
}

const SETTLE_MS = 500
const HTTP_STATUS = { pass: 200, fail: 409, unknown: 503 } as const

/** The shadow consumer as `runService` and `startService` take it. */
export function shadowService({ config, logger, metrics }: ShadowParts): ServiceOptions {
  const shadow = new Shadow(config, { logger, metrics })
  return {
    name: 'shadow-consumer',
    config,
    logger,
    metrics,
    build: (context) => build({ config, logger, metrics }, shadow, context),
    routes: (app) => {
      app.get('/report', async () => shadow.report())
      app.get('/verdict', async (_request, reply) => {
        const { verdict, reasons } = shadow.judge()
        return reply.code(HTTP_STATUS[verdict]).send({ verdict, reasons })
      })
    },
  }
}

async function build(
  { config, logger, metrics }: ShadowParts,
  shadow: Shadow,
  { onStop, ready }: ServiceContext,
): Promise<void> {
  const limits = { poolSize: 1, answerWithinMs: ANSWER_WITHIN_MS }
  const database = await openDatabase({ url: config.databaseUrl, ...limits, logger, metrics })
  onStop('database', () => database.close())
  const reader = new CommittedReader({
    database,
    repository: new CommittedRepository(database, config.partitions),
    partitions: config.partitions,
    logger,
    onRead: (committed) => shadow.noteCommitted(committed),
    onNewStart: () => shadow.forgetKills(),
  })
  const connection = new BrokerConnection(
    { url: config.amqpUrl, connectionName: 'hlstats.shadow-consumer' },
    'consume',
    { logger, metrics },
  )
  onStop('broker connection', () => connection.close())
  const source = new ShadowSource({ connection, logger })
  source.start((message) => {
    shadow.receive(message)
    message.ack()
  })
  onStop('shadow queue', () => source.stop())
  onStop(
    'comparison',
    repeat(SETTLE_MS, async () => {
      shadow.settle(source.isConsuming ? await source.waiting() : undefined)
      ready.set('broker', source.isConsuming, source.isConsuming ? '' : 'the shadow queue is not consumed')
    }),
  )
  onStop(
    'reading of the database',
    repeat(config.readMs, async () => {
      await reader.read()
      ready.set('database', reader.problem === '', reader.problem)
    }),
  )
}
