import { type ModuleRegistration, ShotSourceRepository } from '@hlstats/infrastructure'
import type { ModuleParts } from '@hlstats/service'
import { MATCH_EVENTS, MatchModule } from './match.module.ts'
import { MatchRepository } from './match.repository.ts'
import { ServerRepository } from './server.repository.ts'

/** The modules of the match service. */
export function matchModules(parts: ModuleParts): ModuleRegistration[] {
  const matches = new MatchRepository(parts.database)
  const servers = new ServerRepository(parts.database)
  const shots = new ShotSourceRepository(parts.database, 'match')
  const handler = new MatchModule({ ...parts, matches, servers, shots })
  return [{ name: 'match', handler, handledEvents: MATCH_EVENTS }]
}
