import { BaseRepository } from '@hlstats/infrastructure'
import { type Member, Roster } from './rules/roster.ts'
import type { ScoreLine } from './rules/scoreboard.ts'
import { ServerPlay } from './rules/server-play.ts'
import { type MatchChanges, NEW_PLAY, type RoundChanges, type StoredPlay } from './rules/stored-play.ts'
import type { ServerDesk } from './server-desk.ts'

const STATE = 'hlstats_Server_State'
const MEMBERS = 'hlstats_Server_Members'

/** All rows of a match, by table and the column of its number. */
const MATCH_TABLES = [
  ['hlstats_Matches', 'number'],
  ['hlstats_Match_Players', 'match_number'],
  ['hlstats_Match_Teams', 'match_number'],
  ['hlstats_Match_Actions', 'match_number'],
  ['hlstats_Rounds', 'match_number'],
  ['hlstats_Round_Players', 'match_number'],
  ['hlstats_Round_Scores', 'match_number'],
] as const

type Flag = 'matchOpen' | 'matchPlayed' | 'roundOpen' | 'roundWon'
type StateRow = Omit<StoredPlay, Flag> & Readonly<Record<Flag | 'serverId', number>>

interface MemberRow extends Omit<Member, 'bot'> {
  readonly serverId: number
  readonly bot: number
}

/** Matches, rounds, and who played them. */
export class MatchRepository extends BaseRepository {
  /** Where these servers stand, locked; a server without a row begins. */
  async lockPlays(serverIds: readonly number[]): Promise<Map<number, ServerPlay>> {
    const rows = await this.query<StateRow>(
      `SELECT server_id AS serverId, map, phase, match_number AS \`match\`, match_open AS matchOpen,
              match_played AS matchPlayed, match_started_at AS matchStartedAt, external_id AS externalId,
              round_number AS round, round_open AS roundOpen, round_started_at AS roundStartedAt,
              round_won AS roundWon, stream, received_at AS receivedAt
         FROM ${STATE} WHERE server_id IN (${marks(serverIds)}) ORDER BY server_id FOR UPDATE`,
      serverIds,
    )
    const plays = new Map(serverIds.map((id) => [id, new ServerPlay(NEW_PLAY, false)]))
    for (const { serverId, ...row } of rows) {
      const flags = {
        matchOpen: row.matchOpen !== 0,
        matchPlayed: row.matchPlayed !== 0,
        roundOpen: row.roundOpen !== 0,
        roundWon: row.roundWon !== 0,
      }
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
    const { state } = play
    const row = {
      map: state.map,
      phase: state.phase,
      match_number: state.match,
      match_open: state.matchOpen,
      match_played: state.matchPlayed,
      match_started_at: state.matchStartedAt,
      external_id: state.externalId,
      round_number: state.round,
      round_open: state.roundOpen,
      round_started_at: state.roundStartedAt,
      round_won: state.roundWon,
      stream: state.stream,
      received_at: state.receivedAt,
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

  /** Takes the rows of matches away in which nothing happened: before anything else, their numbers are used again. */
  async forget(desks: readonly ServerDesk[]): Promise<void> {
    const places = desks.flatMap(({ serverId, play }) =>
      [...play.forgotten].map((number) => [serverId, number] as const),
    )
    if (places.length === 0) return
    for (const [table, column] of MATCH_TABLES) {
      const found = places.map(() => `(server_id = ? AND ${column} = ?)`).join(' OR ')
      await this.database.execute(`DELETE FROM ${table} WHERE ${found}`, places.flat())
    }
  }

  saveMatches({ serverId, game, play }: ServerDesk): void {
    const { scores } = play
    for (const [number, changes] of play.matches) this.#saveMatch({ serverId, game, number }, changes)
    for (const [match, rounds] of play.rounds) {
      for (const [number, changes] of rounds) this.#saveRound({ serverId, match, number }, changes)
    }
    for (const [match, lines] of scores.matches) this.#saveMatchPlayers(serverId, match, lines)
    for (const [match, players] of scores.actions) this.#saveActions(serverId, match, players)
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

  #saveActions(serverId: number, match: number, players: ReadonlyMap<number, Actions>): void {
    for (const [playerId, actions] of players) {
      for (const [action, times] of actions) {
        const key = { server_id: serverId, match_number: match, player_id: playerId, action }
        this.upsert('hlstats_Match_Actions', key, { times })
      }
    }
  }

  #saveMatchPlayers(serverId: number, match: number, lines: ReadonlyMap<number, ScoreLine>): void {
    for (const line of lines.values()) {
      const key = { server_id: serverId, match_number: match, player_id: line.scorer.playerId }
      this.#saveScore('hlstats_Match_Players', key, line, { name: line.scorer.name })
      if (line.shown !== undefined) this.raise('hlstats_Match_Players', key, { ...line.shown })
    }
  }

  #saveMatch({ serverId, game, number }: MatchKey, changes: MatchChanges): void {
    const key = { server_id: serverId, number }
    const { opened, ended, externalId, rounds, wins, scores, names } = changes
    const first = opened === undefined ? {} : { map: opened.map, started_at: opened.startedAt }
    this.upsert('hlstats_Matches', key, { rounds }, { game, ...first })
    if (externalId !== undefined) this.assign('hlstats_Matches', key, { external_id: externalId })
    if (ended !== undefined) {
      const { at, durationSeconds, finished } = ended
      this.assign('hlstats_Matches', key, { ended_at: at, duration_seconds: durationSeconds, finished })
    }
    for (const team of new Set([...wins.keys(), ...scores.keys(), ...names.keys()])) {
      const teamKey = { server_id: serverId, match_number: number, team }
      const [score, name] = [scores.get(team), names.get(team)]
      this.upsert('hlstats_Match_Teams', teamKey, { wins: wins.get(team) ?? 0 })
      if (score !== undefined) this.assign('hlstats_Match_Teams', teamKey, { score })
      if (name !== undefined) this.assign('hlstats_Match_Teams', teamKey, { name })
    }
  }

  #saveRound({ serverId, match, number }: RoundKey, changes: RoundChanges): void {
    const key = { server_id: serverId, match_number: match, number }
    const { opened, ended, winner, reason, kills, scores } = changes
    const first = opened === undefined ? {} : { started_at: opened.startedAt }
    this.upsert('hlstats_Rounds', key, { kills }, first)
    if (ended !== undefined) {
      this.assign('hlstats_Rounds', key, { ended_at: ended.at, duration_seconds: ended.durationSeconds })
    }
    if (winner !== undefined) this.assign('hlstats_Rounds', key, { winner, reason: reason ?? '' })
    for (const [team, score] of scores) {
      const teamKey = { server_id: serverId, match_number: match, round_number: number, team }
      this.upsert('hlstats_Round_Scores', teamKey, {})
      this.assign('hlstats_Round_Scores', teamKey, { score })
    }
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

/** Times by action. */
type Actions = ReadonlyMap<string, number>

type ScoreKey = Readonly<Record<string, number>>

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join()
}
