import { type ModuleRegistration, ShotSourceRepository } from '@hlstats/infrastructure'
import type { ModuleParts } from '@hlstats/service'
import { BookKeeper } from './book-keeper.ts'
import { CatalogueRepository } from './catalogue.repository.ts'
import { ClanRepository } from './clan.repository.ts'
import { CountRepository } from './count.repository.ts'
import { EventRepository } from './event.repository.ts'
import { PLAYER_EVENTS, PlayerModule } from './player.module.ts'
import { PlayerRepository } from './player.repository.ts'
import { SessionRepository } from './session.repository.ts'

/** The modules of the player service. */
export function playerModules({ database, eventBus, logger, metrics }: ModuleParts): ModuleRegistration[] {
  const keeper = new BookKeeper(database, {
    catalogues: new CatalogueRepository(database, metrics.optionReport('player')),
    players: new PlayerRepository(database),
    sessions: new SessionRepository(database),
    clans: new ClanRepository(database),
    events: new EventRepository(database),
    counts: new CountRepository(database),
    shots: new ShotSourceRepository(database, 'player'),
  })
  const handler = new PlayerModule({ eventBus, logger, metrics, keeper })
  return [{ name: 'player', handler, handledEvents: PLAYER_EVENTS }]
}
