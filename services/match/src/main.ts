import { loadConfig } from '@hlstats/config'
import { runConsumerService } from '@hlstats/service'
import { MATCH_CONFIG } from './config.ts'
import { matchModules } from './service.ts'

await runConsumerService({ name: 'match', config: loadConfig(MATCH_CONFIG), modules: matchModules })
