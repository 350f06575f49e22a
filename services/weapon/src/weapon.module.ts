import { type Database, ensurePlayers, identitiesOf, UnitMemory } from '@hlstats/database'
import type { EventType, GameEvent } from '@hlstats/events'
import {
  BaseModuleEventHandler,
  type EventMetrics,
  type EventOf,
  type IEventBus,
  type ShotSourceRepository,
} from '@hlstats/infrastructure'
import type { ILogger } from '@hlstats/telemetry'
import type { WeaponRepository } from './weapon.repository.ts'
import { WeaponBatch } from './weapon-batch.ts'
import {
  countDamage,
  countFire,
  countHit,
  countKill,
  countStats,
  countTargets,
  countTeamkill,
} from './weapon-events.ts'

/** What this module claims to handle. */
export const WEAPON_EVENTS = [
  'PLAYER_KILL',
  'PLAYER_TEAMKILL',
  'WEAPON_STATS',
  'WEAPON_FIRE',
  'WEAPON_HIT',
  'PLAYER_DAMAGE',
  'WEAPON_TARGETS',
] as const satisfies readonly EventType[]

interface WeaponModuleDeps {
  readonly eventBus: IEventBus
  readonly logger: ILogger
  readonly metrics: EventMetrics
  readonly database: Database
  readonly repository: WeaponRepository
  readonly shots: ShotSourceRepository
}

/** Counts weapons: per game, per player, and as plugins summarise them. */
export class WeaponModule extends BaseModuleEventHandler {
  readonly #database: Database
  readonly #repository: WeaponRepository
  readonly #shots: ShotSourceRepository
  readonly #batch = new UnitMemory<WeaponBatch>()

  constructor({ eventBus, logger, metrics, database, repository, shots }: WeaponModuleDeps) {
    super(eventBus, logger, metrics)
    this.#database = database
    this.#repository = repository
    this.#shots = shots
  }

  override async prepare(events: readonly GameEvent[]): Promise<void> {
    const counted = events.filter((event) => event.counted === true)
    if (counted.length === 0) return
    const shots = await this.#shots.load(counted)
    const batch = new WeaponBatch({
      shots,
      repository: this.#repository,
      playerIds: await ensurePlayers(this.#database, identitiesOf(counted)),
      listed: await this.#repository.listed(),
    })
    this.#batch.keep(batch, () => {
      batch.write()
      this.#shots.save(shots)
    })
  }

  override registerEventHandlers(): void {
    this.#on('PLAYER_KILL', countKill)
    this.#on('PLAYER_TEAMKILL', countTeamkill)
    this.#on('WEAPON_STATS', countStats)
    this.#on('WEAPON_FIRE', countFire)
    this.#on('WEAPON_HIT', countHit)
    this.#on('PLAYER_DAMAGE', countDamage)
    this.#on('WEAPON_TARGETS', countTargets)
  }

  #on<T extends EventType>(
    eventType: T,
    count: (batch: WeaponBatch, event: EventOf<GameEvent, T>) => void,
  ): void {
    this.registerHandler(eventType, async (event) => {
      if (event.counted === true) count(this.#batch.current, event)
    })
  }
}
