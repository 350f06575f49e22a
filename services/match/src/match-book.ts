import { playerKey } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import type { GameEvent, PlayerRef } from '@hlstats/events'
import type { ShotSources } from '@hlstats/infrastructure'
import type { Score, ShownScore } from './rules/scoreboard.ts'
import type { ServerDesk } from './server-desk.ts'

export interface MapCounts {
  readonly kills: number
  readonly headshots: number
}

interface BookRows {
  readonly desks: ReadonlyMap<number, ServerDesk>
  readonly playerIds: ReadonlyMap<string, number>
  readonly shots: ShotSources
}

/** The servers of one batch: rows read and locked once, changed event by event, written once. */
export class MatchBook {
  /** By game, then by map. */
  readonly maps = new Map<string, Map<string, MapCounts>>()
  readonly shots: ShotSources
  readonly #rows: BookRows

  constructor(rows: BookRows) {
    this.#rows = rows
    this.shots = rows.shots
  }

  get desks(): Iterable<ServerDesk> {
    return this.#rows.desks.values()
  }

  desk(event: GameEvent): ServerDesk {
    const desk = this.#rows.desks.get(event.serverId)
    if (desk === undefined)
      throw new StatsError('HANDLER_FAILED', `server ${event.serverId} was not prepared`)
    return desk
  }

  playerId(event: GameEvent, { uniqueId }: PlayerRef): number {
    const id = this.#rows.playerIds.get(playerKey(event.game, uniqueId))
    if (id === undefined) throw new StatsError('HANDLER_FAILED', `player ${uniqueId} was not prepared`)
    return id
  }

  countMap(game: string, map: string, kill: MapCounts): void {
    const maps = this.maps.get(game) ?? new Map<string, MapCounts>()
    const known = maps.get(map) ?? { kills: 0, headshots: 0 }
    this.maps.set(game, maps)
    maps.set(map, { kills: known.kills + kill.kills, headshots: known.headshots + kill.headshots })
  }

  /** Credits a player in the match and round that his server is in. */
  score(event: GameEvent, player: PlayerRef, amounts: Partial<Score>): void {
    const { play } = this.desk(event)
    if (!play.isInMatch) return
    const { match, round } = play.state
    const playerId = this.playerId(event, player)
    play.scores.add({ match, round }, { playerId, name: player.name, team: player.team }, amounts)
  }

  /** Counts what a player did besides fighting in the match that is played. */
  act(event: GameEvent, player: PlayerRef, action: string): void {
    const { play } = this.desk(event)
    if (play.isInMatch) play.scores.act(play.state.match, this.playerId(event, player), action)
  }

  /** What the game itself shows for a player of the match that is played. */
  show(event: GameEvent, player: PlayerRef, shown: ShownScore): void {
    const { play } = this.desk(event)
    if (!play.isInMatch) return
    const playerId = this.playerId(event, player)
    play.scores.show(play.state.match, { playerId, name: player.name, team: player.team }, shown)
  }
}
