import { BaseRepository } from '@hlstats/infrastructure'
import type { RoleCounts } from './player-book.ts'

/** Running totals of what players do, per role and per action: of rows that exist, never making one. */
export class CountRepository extends BaseRepository {
  role(game: string, code: string, { picked, kills, deaths }: RoleCounts): void {
    this.increment('hlstats_Roles', { game, code }, { picked, kills, deaths })
  }

  action(id: number, count: number): void {
    this.increment('hlstats_Actions', { id }, { count })
  }
}
