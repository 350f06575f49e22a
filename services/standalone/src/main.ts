import { loadConfig } from '@hlstats/config'
import { UnknownSenders } from '@hlstats/ingress'
import { runService } from '@hlstats/service'
import { createLogger, createMetrics } from '@hlstats/telemetry'
import { controlFileOf, STANDALONE_CONFIG } from './config.ts'
import { Control } from './control.ts'
import { CountingThread } from './counting-thread.ts'
import { buildStandalone } from './service.ts'

const config = loadConfig(STANDALONE_CONFIG)
const logger = createLogger({ name: 'standalone', level: config.logLevel, format: config.logFormat })
const metrics = createMetrics()
const strangers = new UnknownSenders()
const thread = new CountingThread()
const control = new Control(controlFileOf(config))
await runService({
  name: 'standalone',
  config,
  logger,
  metrics,
  build: (context) => buildStandalone({ config, logger, metrics, strangers, thread, control }, context),
  routes: (app) => {
    control.attach(app)
    app.get('/unknown-senders', async () => ({ senders: strangers.list() }))
    // Pages of their own: each part counts under the names that it has as a service.
    app.get<{ Params: { part: string } }>('/metrics/:part', async ({ params }, reply) => {
      const text = await thread.metrics(params.part)
      if (text === undefined) return reply.code(404).send({ error: `there is no part "${params.part}"` })
      return reply.type(metrics.contentType).send(text)
    })
  },
})
