import { loadConfig } from '@hlstats/config'
import { runConsumerService } from '@hlstats/service'
import { PLAYER_CONFIG } from './config.ts'
import { ForeignKillsWatch } from './foreign-kills.watch.ts'
import { playerModules } from './service.ts'

await runConsumerService({
  name: 'player',
  config: loadConfig(PLAYER_CONFIG),
  modules: playerModules,
  watch: (parts) => new ForeignKillsWatch(parts),
})
