import type { SqlRow } from '@hlstats/database'
import { BaseRepository } from '@hlstats/infrastructure'
import { Session, type StoredSession } from './rules/session.ts'

const TABLE = 'hlstats_Player_Sessions'

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
    const all = [...sessions]
    await this.#remove(all.filter(({ ended, stored }) => ended && stored))
    for (const session of all) {
      if (session.ended || !session.changed) continue
      const { serverId, playerId } = session.state
      const key = { server_id: serverId, player_id: playerId }
      // All stays of the server were locked when the batch began: what was not there is new.
      if (session.stored) this.assign(TABLE, key, columnsOf(session.state))
      else this.insertLater(TABLE, { ...key, ...columnsOf(session.state) })
      if (isShown(session)) this.#show(session, skillOf(playerId))
    }
  }

  #show({ state, stored }: Session, skill: number): void {
    const key = { player_id: state.playerId }
    // One row per player, whatever the server: the last one he came to has it.
    if (!stored) this.upsert('hlstats_Livestats', key, {})
    this.assign('hlstats_Livestats', key, liveColumns(state, skill))
  }

  async #remove(ended: readonly Session[]): Promise<void> {
    if (ended.length === 0) return
    const pairs = ended.flatMap(({ state }) => [state.serverId, state.playerId])
    // Not a list of tuples: MariaDB would read, and lock, the whole table for it.
    const places = ended.map(() => '(server_id = ? AND player_id = ?)').join(' OR ')
    await this.database.execute(`DELETE FROM ${TABLE} WHERE ${places}`, pairs)
    await this.database.execute(`DELETE FROM hlstats_Livestats WHERE ${places}`, pairs)
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
