import { BaseRepository } from '@hlstats/infrastructure'
import type { MapCounts } from './match-book.ts'
import type { ServerDesk } from './server-desk.ts'

const LOAD_COLUMNS_MAX = 127
const SAMPLE_SECONDS = 300

interface ServerOption {
  readonly serverId: number
  readonly parameter: string
  readonly value: string
}

/** What the site shows of servers, maps and their load. */
export class ServerRepository extends BaseRepository {
  save({ serverId, play, roster, lastEvent, maxPlayers }: ServerDesk): void {
    const table = 'hlstats_Servers'
    const key = { serverId }
    const { server, map, mapStarted } = play.counts
    this.increment(table, key, { ...server })
    this.assign(table, key, {
      act_map: play.state.map,
      act_players: roster.size,
      ...(maxPlayers === undefined ? {} : { max_players: maxPlayers }),
    })
    if (mapStarted === undefined) this.increment(table, key, { ...map })
    else this.assign(table, key, { ...map, map_started: mapStarted })
    this.raise(table, key, { last_event: lastEvent })
  }

  countMap(game: string, map: string, { kills, headshots }: MapCounts): void {
    this.upsert('hlstats_Maps_Counts', { game, map }, { kills, headshots })
  }

  /** Writes the load samples that servers sent, as far as their options want them. */
  async saveSamples(desks: readonly ServerDesk[]): Promise<void> {
    const talking = desks.filter(({ samples }) => samples.length > 0)
    if (talking.length === 0) return
    const options = await this.#sampleOptions(talking.map(({ serverId }) => serverId))
    for (const { serverId, samples } of talking) {
      const values = options.get(serverId)
      if (!isOn(values?.get('TrackServerLoad'))) continue
      const minPlayers = Number.parseInt(values?.get('MinPlayers') ?? '6', 10) || 0
      for (const { seconds, players, maxPlayers, map } of samples) {
        this.insertLater('hlstats_server_load', {
          server_id: serverId,
          timestamp: seconds,
          act_players: Math.min(players, maxPlayers > 0 ? maxPlayers : players, LOAD_COLUMNS_MAX),
          min_players: Math.min(minPlayers, LOAD_COLUMNS_MAX),
          max_players: Math.min(maxPlayers, LOAD_COLUMNS_MAX),
          map,
        })
      }
    }
    const games = Map.groupBy(talking, ({ game }) => game)
    for (const [game, ofGame] of games) {
      const newest = Math.max(...ofGame.flatMap(({ samples }) => samples.map(({ seconds }) => seconds)))
      await this.#sampleGame(game, newest)
    }
  }

  /** One sample of a game for each five minutes, whichever replica comes first. */
  async #sampleGame(game: string, seconds: number): Promise<void> {
    await this.database.execute(
      `UPDATE hlstats_Servers SET players =
         (SELECT COUNT(*) FROM hlstats_Players WHERE game = ? AND hideranking <> 2) WHERE game = ?`,
      [game, game],
    )
    const slot = Math.floor(seconds / SAMPLE_SECONDS)
    await this.database.execute(
      'INSERT INTO hlstats_Trend_Slots (game, slot) VALUES (?, 0) ON DUPLICATE KEY UPDATE slot = slot',
      [game],
    )
    const claimed = await this.database.execute(
      `UPDATE hlstats_Trend_Slots SET slot = ? WHERE game = ? AND slot < ?
          AND EXISTS (SELECT 1 FROM hlstats_Options WHERE keyname = 'TrackStatsTrend' AND value NOT IN ('', '0'))`,
      [slot, game, slot],
    )
    if (claimed === 0) return
    await this.database.execute(
      `INSERT INTO hlstats_Trend (timestamp, game, players, kills, headshots, servers, act_slots, max_slots)
       SELECT ?, ?, (SELECT COUNT(*) FROM hlstats_Players WHERE game = ?), SUM(kills), SUM(headshots), COUNT(*),
              LEAST(SUM(act_players), SUM(max_players)), SUM(max_players)
         FROM hlstats_Servers WHERE game = ? HAVING COUNT(*) > 0`,
      [seconds, game, game, game],
    )
  }

  async #sampleOptions(serverIds: readonly number[]): Promise<Map<number, Map<string, string>>> {
    const rows = await this.query<ServerOption>(
      `SELECT serverId, parameter, value FROM hlstats_Servers_Config
        WHERE serverId IN (${serverIds.map(() => '?').join()}) AND parameter IN ('TrackServerLoad', 'MinPlayers')`,
      serverIds,
    )
    const servers = new Map<number, Map<string, string>>()
    for (const { serverId, parameter, value } of rows) {
      const values = servers.get(serverId) ?? new Map<string, string>()
      servers.set(serverId, values.set(parameter, value))
    }
    return servers
  }
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0'
}
