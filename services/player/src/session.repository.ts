import type { SqlRow } from '@hlstats/database'
import { BaseRepository } from '@hlstats/infrastructure'
import { Session, type StoredSession } from './rules/session.ts'

const TABLE = 'hlstats_Player_Sessions'
const LIVE = 'hlstats_Livestats'

const COLUMN_OF = {
  uniqueId: 'unique_id',
  rawId: 'raw_id',
  bot: 'bot',
  uid: 'uid',
  name: 'name',
  team: 'team',
  role: 'role',
  address: 'address',
  connectedAt: 'connected_at',
  lastEventAt: 'last_event_at',
  killsInLife: 'kills_in_life',
  deathsInRow: 'deaths_in_row',
  mapKills: 'map_kills',
  mapDeaths: 'map_deaths',
  mapSuicides: 'map_suicides',
  mapHeadshots: 'map_headshots',
  mapShots: 'map_shots',
  mapHits: 'map_hits',
  skillChange: 'skill_change',
  dead: 'dead',
  bomb: 'bomb',
  ping: 'ping',
  stream: 'stream',
  receivedAt: 'received_at',
} as const satisfies Record<keyof Omit<StoredSession, 'serverId' | 'playerId'>, string>

interface SessionRow extends Omit<StoredSession, 'dead' | 'bomb' | 'bot'> {
  readonly dead: number
  readonly bomb: number
  readonly bot: number
}

/** Who is on which server between batches, and what the live list shows of it. */
export class SessionRepository extends BaseRepository {
  /** Everybody on these servers, locked. */
  async lock(serverIds: readonly number[]): Promise<Session[]> {
    const columns = Object.entries(COLUMN_OF).map(([name, column]) => `${column} AS ${name}`)
    const rows = await this.query<SessionRow>(
      `SELECT server_id AS serverId, player_id AS playerId, ${columns.join()} FROM ${TABLE}
        WHERE server_id IN (${serverIds.map(() => '?').join()}) ORDER BY server_id, player_id FOR UPDATE`,
      serverIds,
    )
    return rows.map(
      (row) => new Session({ ...row, dead: row.dead !== 0, bomb: row.bomb !== 0, bot: row.bot !== 0 }, true),
    )
  }

  async save(sessions: Iterable<Session>, skillOf: (playerId: number) => number): Promise<void> {
    const touched = [...sessions].filter(({ changed, ended }) => changed || ended)
    const ended = touched.filter((session) => session.ended)
    await this.#delete(TABLE, ended)
    for (const session of touched) {
      if (session.ended) continue
      const { serverId, playerId } = session.state
      const key = { server_id: serverId, player_id: playerId }
      // All stays of the server were locked when the batch began: what was not there is new.
      if (session.stored) this.assign(TABLE, key, columnsOf(session.state))
      else this.insertLater(TABLE, { ...key, ...columnsOf(session.state) })
    }
    await this.#saveLiveList(touched, skillOf)
  }

  /** One row per player, whatever the server: the stay that moved last has it, and takes it along when it ends. */
  async #saveLiveList(touched: readonly Session[], skillOf: (playerId: number) => number): Promise<void> {
    const shown = touched.filter(isShown)
    const last = new Map<number, Session>()
    for (const session of shown) {
      const other = last.get(session.state.playerId)
      if (other === undefined || other.changedAt < session.changedAt)
        last.set(session.state.playerId, session)
    }
    const gone = [...last.values()].filter(({ ended }) => ended)
    const left = gone.filter(({ changed }) => changed).map(({ state }) => state.playerId)
    if (left.length > 0) {
      await this.database.execute(
        `DELETE FROM ${LIVE} WHERE player_id IN (${left.map(() => '?').join()})`,
        left,
      )
    }
    await this.#delete(
      LIVE,
      gone.filter(({ changed }) => !changed),
    )
    for (const [playerId, { ended, state }] of last) {
      if (ended) continue
      this.upsert(LIVE, { player_id: playerId }, {})
      this.assign(LIVE, { player_id: playerId }, liveColumns(state, skillOf(playerId)))
    }
  }

  async #delete(table: string, sessions: readonly Session[]): Promise<void> {
    if (sessions.length === 0) return
    const pairs = sessions.flatMap(({ state }) => [state.serverId, state.playerId])
    // Not a list of tuples: MariaDB would read, and lock, the whole table for it.
    const places = sessions.map(() => '(server_id = ? AND player_id = ?)').join(' OR ')
    await this.database.execute(`DELETE FROM ${table} WHERE ${places}`, pairs)
  }
}

/** Bots with a made-up slot are not shown. */
function isShown({ state }: Session): boolean {
  return state.uid > 0 || (state.uid === 0 && !state.bot)
}

function columnsOf(state: StoredSession): SqlRow {
  return Object.fromEntries(
    Object.entries(COLUMN_OF).map(([name, column]) => [column, state[name as keyof typeof COLUMN_OF]]),
  )
}

function liveColumns(state: StoredSession, skill: number): SqlRow {
  return {
    server_id: state.serverId,
    cli_address: state.address.slice(0, 32),
    steam_id: state.rawId,
    name: state.name,
    team: state.team,
    kills: state.mapKills,
    deaths: state.mapDeaths,
    suicides: state.mapSuicides,
    headshots: state.mapHeadshots,
    shots: state.mapShots,
    hits: state.mapHits,
    is_dead: state.dead,
    has_bomb: state.bomb,
    ping: state.ping,
    connected: state.connectedAt,
    skill_change: state.skillChange,
    skill,
  }
}
