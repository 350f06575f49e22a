import { type ModuleRegistration, ShotSourceRepository } from '@hlstats/infrastructure'
import type { ModuleParts } from '@hlstats/service'
import { WEAPON_EVENTS, WeaponModule } from './weapon.module.ts'
import { WeaponRepository } from './weapon.repository.ts'

/** The modules of the weapon service. */
export function weaponModules(parts: ModuleParts): ModuleRegistration[] {
  const handler = new WeaponModule({
    ...parts,
    repository: new WeaponRepository(parts.database),
    shots: new ShotSourceRepository(parts.database, 'weapon'),
  })
  return [{ name: 'weapon', handler, handledEvents: WEAPON_EVENTS }]
}
