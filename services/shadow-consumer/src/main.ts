import { loadConfig } from '@hlstats/config'
import { runService } from '@hlstats/service'
import { createLogger, createMetrics } from '@hlstats/telemetry'
import { SHADOW_CONSUMER_CONFIG } from './config.ts'
import { shadowService } from './service.ts'

const config = loadConfig(SHADOW_CONSUMER_CONFIG)
const logger = createLogger({ name: 'shadow-consumer', level: config.logLevel, format: config.logFormat })
await runService(shadowService({ config, logger, metrics: createMetrics() }))
