import { BaseRepository } from '@hlstats/infrastructure'
import { type Member, Roster } from './rules/roster.ts'
import type { ScoreLine } from './rules/scoreboard.ts'
import {
  type MatchChanges,
  NEW_PLAY,
  type RoundChanges,
  ServerPlay,
  type StoredPlay,
} from './rules/server-play.ts'
import type { ServerDesk } from './server-desk.ts'

const STATE = 'hlstats_Server_State'
const MEMBERS = 'hlstats_Server_Members'

interface StateRow extends Omit<StoredPlay, 'matchOpen' | 'roundOpen' | 'roundWon'> {
  readonly serverId: number
  readonly matchOpen: number
  readonly roundOpen: number
  readonly roundWon: number
}

interface MemberRow extends Omit<Member, 'bot'> {
  readonly serverId: number
  readonly bot: number
}

/** Matches, rounds, and who played them. */
export class MatchRepository extends BaseRepository {
  /** Where these servers stand, locked; a server without a row begins. */
  async lockPlays(serverIds: readonly number[]): Promise<Map<number, ServerPlay>> {
    const rows = await this.query<StateRow>(
      `SELECT server_id AS serverId, map, match_number AS \`match\`, match_open AS matchOpen,
              round_number AS round, round_open AS roundOpen, round_won AS roundWon, stream,
              received_at AS receivedAt
         FROM ${STATE} WHERE server_id IN (${marks(serverIds)}) ORDER BY server_id FOR UPDATE`,
      serverIds,
    )
    const plays = new Map(serverIds.map((id) => [id, new ServerPlay(NEW_PLAY, false)]))
    for (const { serverId, matchOpen, roundOpen, roundWon, ...row } of rows) {
      const flags = { matchOpen: matchOpen !== 0, roundOpen: roundOpen !== 0, roundWon: roundWon !== 0 }
      plays.set(serverId, new ServerPlay({ ...row, ...flags }, true))
    }
    return plays
  }

  async rosters(serverIds: readonly number[]): Promise<Map<number, Roster>> {
    const rows = await this.query<MemberRow>(
      `SELECT server_id AS serverId, player_id AS playerId, name, team, role, bot
         FROM ${MEMBERS} WHERE server_id IN (${marks(serverIds)})`,
      serverIds,
    )
    const members = Map.groupBy(rows, ({ serverId }) => serverId)
    return new Map(
      serverIds.map((id) => [
        id,
        new Roster(
          (members.get(id) ?? []).map(({ serverId: _server, bot, ...member }) => ({
            ...member,
            bot: bot !== 0,
          })),
        ),
      ]),
    )
  }

  savePlay({ serverId, play }: ServerDesk): void {
    const { map, match, matchOpen, round, roundOpen, roundWon, stream, receivedAt } = play.state
    const row = {
      map,
      match_number: match,
      match_open: matchOpen,
      round_number: round,
      round_open: roundOpen,
      round_won: roundWon,
      stream,
      received_at: receivedAt,
    }
    if (play.stored) this.assign(STATE, { server_id: serverId }, row)
    else this.insertLater(STATE, { server_id: serverId, ...row })
  }

  /** Members who came or changed, and those who left: all servers in one statement. */
  async saveRosters(desks: readonly ServerDesk[]): Promise<void> {
    const left = desks.flatMap(({ serverId, roster }) =>
      [...roster.left].map((id) => [serverId, id] as const),
    )
    if (left.length > 0) {
      // Not a list of tuples: MariaDB would read, and lock, the whole table for it.
      const places = left.map(() => '(server_id = ? AND player_id = ?)').join(' OR ')
      await this.database.execute(`DELETE FROM ${MEMBERS} WHERE ${places}`, left.flat())
    }
    for (const { serverId, roster } of desks) {
      for (const { playerId, stored, ...member } of roster.changes()) {
        const key = { server_id: serverId, player_id: playerId }
        if (stored) this.assign(MEMBERS, key, { ...member })
        else this.insertLater(MEMBERS, { ...key, ...member })
      }
    }
  }

  saveMatches({ serverId, game, play, scores }: ServerDesk): void {
    for (const [number, changes] of play.matches) this.#saveMatch({ serverId, game, number }, changes)
    for (const [match, rounds] of play.rounds) {
      for (const [number, changes] of rounds) this.#saveRound({ serverId, match, number }, changes)
    }
    for (const [match, lines] of scores.matches) {
      for (const line of lines.values()) {
        const key = { server_id: serverId, match_number: match, player_id: line.scorer.playerId }
        this.#saveScore('hlstats_Match_Players', key, line, { name: line.scorer.name })
      }
    }
    for (const [match, rounds] of scores.rounds) {
      for (const [round, lines] of rounds) {
        for (const line of lines.values()) {
          const { playerId } = line.scorer
          const where = { server_id: serverId, match_number: match, round_number: round }
          this.#saveScore('hlstats_Round_Players', { ...where, player_id: playerId }, line, {})
        }
      }
    }
  }

  #saveMatch({ serverId, game, number }: MatchKey, { opened, endedAt, rounds, wins }: MatchChanges): void {
    const key = { server_id: serverId, number }
    const first = opened === undefined ? {} : { map: opened.map, started_at: opened.startedAt }
    this.upsert('hlstats_Matches', key, { rounds }, { game, ...first })
    if (endedAt !== undefined) this.assign('hlstats_Matches', key, { ended_at: endedAt })
    for (const [team, count] of wins) {
      this.upsert('hlstats_Match_Teams', { server_id: serverId, match_number: number, team }, { wins: count })
    }
  }

  #saveRound({ serverId, match, number }: RoundKey, changes: RoundChanges): void {
    const key = { server_id: serverId, match_number: match, number }
    const { opened, endedAt, winner, reason, kills } = changes
    this.upsert(
      'hlstats_Rounds',
      key,
      { kills },
      opened === undefined ? {} : { started_at: opened.startedAt },
    )
    if (endedAt !== undefined) this.assign('hlstats_Rounds', key, { ended_at: endedAt })
    if (winner !== undefined) this.assign('hlstats_Rounds', key, { winner, reason: reason ?? '' })
  }

  #saveScore(table: string, key: ScoreKey, { scorer, score }: ScoreLine, names: { name?: string }): void {
    this.upsert(table, key, { ...score })
    this.assign(table, key, { team: scorer.team, ...names })
  }
}

interface MatchKey {
  readonly serverId: number
  readonly game: string
  readonly number: number
}

interface RoundKey {
  readonly serverId: number
  readonly match: number
  readonly number: number
}

type ScoreKey = Readonly<Record<string, number>>

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join()
}
