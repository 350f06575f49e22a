import { playerKey } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import type { GameEvent, PlayerRef } from '@hlstats/events'
import type { ShotSources } from '@hlstats/infrastructure'
import { WeaponBook } from './rules/weapon-book.ts'
import { type WeaponRepository, weaponKey } from './weapon.repository.ts'

interface BatchRows {
  readonly repository: WeaponRepository
  /** By game and unique id, as `ensurePlayers` answers. */
  readonly playerIds: ReadonlyMap<string, number>
  readonly listed: ReadonlySet<string>
  readonly shots: ShotSources
}

/** The weapons of one batch: counted event by event, written once. */
export class WeaponBatch {
  readonly book = new WeaponBook()
  readonly repository: WeaponRepository
  readonly shots: ShotSources
  readonly #rows: BatchRows

  constructor(rows: BatchRows) {
    this.#rows = rows
    this.repository = rows.repository
    this.shots = rows.shots
  }

  playerId(event: GameEvent, { uniqueId }: PlayerRef): number {
    const id = this.#rows.playerIds.get(playerKey(event.game, uniqueId))
    if (id === undefined) throw new StatsError('HANDLER_FAILED', `player ${uniqueId} was not prepared`)
    return id
  }

  write(): void {
    const { repository, listed } = this.#rows
    for (const [game, weapons] of this.book.weapons) {
      for (const [code, use] of weapons) {
        if (listed.has(weaponKey(game, code))) repository.count(game, code, use.counts)
        else repository.discover(game, code, use)
      }
    }
    for (const [playerId, weapons] of this.book.players) {
      for (const [code, counts] of weapons) repository.countOfPlayer(playerId, code, counts)
    }
  }
}
