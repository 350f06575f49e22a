import { BaseRepository } from '@hlstats/infrastructure'
import { Account, type Counters, type StoredPlayer } from './rules/account.ts'

/** Reads and writes players: their rows, their days, their names. */
export class PlayerRepository extends BaseRepository {
  /** Reads players and keeps everybody else from changing them until the unit of work ends. */
  async lock(playerIds: ReadonlySet<number>): Promise<Map<number, Account>> {
    const ids = [...playerIds].sort((a, b) => a - b)
    if (ids.length === 0) return new Map()
    const rows = await this.query<StoredPlayer>(
      `SELECT playerId, game, skill, kills, last_event AS lastEvent, createdate AS createdAt, last_skill_change AS lastSkillChange,
              hideranking AS hideRanking, clan, lastName
         FROM hlstats_Players WHERE playerId IN (${ids.map(() => '?').join()})
        ORDER BY playerId FOR UPDATE`,
      ids,
    )
    return new Map(rows.map((row) => [row.playerId, new Account(row)]))
  }

  save(account: Account): void {
    if (!account.touched) return
    this.#savePlayer(account)
    this.#saveDays(account)
    this.#saveNames(account)
    this.#saveTotals(account)
  }

  #savePlayer(account: Account): void {
    const key = { playerId: account.playerId }
    this.increment('hlstats_Players', key, columnsOf(account.counters))
    this.raise('hlstats_Players', key, { kill_streak: account.killStreak, death_streak: account.deathStreak })
    this.assign('hlstats_Players', key, {
      skill: account.skill,
      last_event: account.lastEvent,
      createdate: account.createdAt,
      last_skill_change: account.lastSkillChange,
      hideranking: account.hideRanking,
      clan: account.clan,
      lastName: account.lastName,
      activity: 100,
      ...(account.lastAddress === undefined ? {} : { lastAddress: account.lastAddress }),
    })
  }

  #saveDays(account: Account): void {
    for (const [day, changes] of account.days) {
      const key = { eventTime: day, playerId: account.playerId, game: account.game }
      const deltas = { ...columnsOf(changes.counters), skill_change: changes.skillChange }
      this.upsert('hlstats_Players_History', key, deltas)
      this.assign('hlstats_Players_History', key, { skill: changes.skill })
      this.raise('hlstats_Players_History', key, {
        kill_streak: changes.killStreak,
        death_streak: changes.deathStreak,
      })
    }
  }

  #saveNames(account: Account): void {
    for (const [name, changes] of account.names) {
      const key = { playerId: account.playerId, name }
      const { teamkills: _notPerName, ...counters } = columnsOf(changes.counters)
      this.upsert('hlstats_PlayerNames', key, { ...counters, numuses: changes.uses })
      this.raise('hlstats_PlayerNames', key, { lastuse: changes.lastUse })
    }
  }

  #saveTotals({ playerId, assists, flashAssists }: Account): void {
    if (assists === 0) return
    const totals = { assists, flash_assists: flashAssists }
    this.upsert('hlstats_Player_Totals', { player_id: playerId }, totals)
  }
}

function columnsOf({ connectionTime, ...counters }: Counters) {
  return { ...counters, connection_time: connectionTime }
}
