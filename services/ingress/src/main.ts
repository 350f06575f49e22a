import { loadConfig } from '@hlstats/config'
import { runService } from '@hlstats/service'
import { createLogger, createMetrics } from '@hlstats/telemetry'
import { ingressConfig } from './config.ts'
import { buildIngress } from './service.ts'
import { UnknownSenders } from './unknown-senders.ts'

const config = loadConfig(ingressConfig)
const logger = createLogger({ name: 'ingress', level: config.logLevel, format: config.logFormat })
const metrics = createMetrics()
const strangers = new UnknownSenders()
await runService({
  name: 'ingress',
  config,
  logger,
  metrics,
  build: async (context) => void (await buildIngress({ config, logger, metrics, strangers }, context)),
  routes: (app) => void app.get('/unknown-senders', async () => ({ senders: strangers.list() })),
})
