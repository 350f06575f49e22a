import { loadConfig } from '@hlstats/config'
import { runConsumerService } from '@hlstats/service'
import { WEAPON_CONFIG } from './config.ts'
import { weaponModules } from './service.ts'

await runConsumerService({ name: 'weapon', config: loadConfig(WEAPON_CONFIG), modules: weaponModules })
