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
import {
  countAssist,
  countFire,
  countHit,
  countKill,
  countStats,
  countSuicide,
  countTeamkill,
} from './kill-events.ts'
import type { MatchRepository } from './match.repository.ts'
import { MatchBook } from './match-book.ts'
import { countMatchPlayer, countMatchState } from './match-events.ts'
import { countDisconnect, countIdle, countPresence, countTick } from './roster-events.ts'
import {
  countMapChange,
  countPlayerAction,
  countRoundEnd,
  countRoundStart,
  countWorldAction,
} from './round-events.ts'
import { Roster } from './rules/roster.ts'
import { ServerPlay } from './rules/server-play.ts'
import { NEW_PLAY } from './rules/stored-play.ts'
import type { ServerRepository } from './server.repository.ts'
import { ServerDesk } from './server-desk.ts'

/** What this module claims to handle. */
export const MATCH_EVENTS = [
  'PLAYER_SEEN',
  'PLAYER_CONNECT',
  'PLAYER_ENTRY',
  'PLAYER_DISCONNECT',
  'PLAYER_CHANGE_TEAM',
  'PLAYER_CHANGE_ROLE',
  'PLAYER_CHANGE_NAME',
  'PLAYER_KILL',
  'PLAYER_TEAMKILL',
  'PLAYER_SUICIDE',
  'PLAYER_ASSIST',
  'WEAPON_STATS',
  'WEAPON_FIRE',
  'WEAPON_HIT',
  'ACTION_PLAYER',
  'ACTION_WORLD',
  'ROUND_START',
  'ROUND_END',
  'MAP_CHANGE',
  'MATCH_STATE',
  'MATCH_PLAYER',
  'SERVER_TICK',
  'SERVER_IDLE',
] as const satisfies readonly EventType[]

interface MatchModuleDeps {
  readonly eventBus: IEventBus
  readonly logger: ILogger
  readonly metrics: EventMetrics
  readonly database: Database
  readonly matches: MatchRepository
  readonly servers: ServerRepository
  readonly shots: ShotSourceRepository
}

/** Counts what happens on servers: maps, rounds, who played them, and the totals that the site shows. */
export class MatchModule extends BaseModuleEventHandler {
  readonly #deps: MatchModuleDeps
  readonly #book = new UnitMemory<MatchBook>()

  constructor(deps: MatchModuleDeps) {
    super(deps.eventBus, deps.logger, deps.metrics)
    this.#deps = deps
  }

  override async prepare(events: readonly GameEvent[]): Promise<void> {
    const { database, matches, shots } = this.#deps
    const games = new Map(events.map(({ serverId, game }) => [serverId, game]))
    const serverIds = [...games.keys()].sort((a, b) => a - b)
    const playerIds = await ensurePlayers(database, identitiesOf(events))
    const plays = await matches.lockPlays(serverIds)
    const rosters = await matches.rosters(serverIds)
    const desks = serverIds.map((serverId) => {
      const play = plays.get(serverId) ?? new ServerPlay(NEW_PLAY, false)
      const roster = rosters.get(serverId) ?? new Roster([])
      return new ServerDesk({ serverId, game: games.get(serverId) ?? '', play, roster })
    })
    const book = new MatchBook({
      desks: new Map(desks.map((desk) => [desk.serverId, desk])),
      playerIds,
      shots: await shots.load(events),
    })
    this.#book.keep(book, () => this.#write(book))
  }

  override registerEventHandlers(): void {
    this.#on('PLAYER_SEEN', countPresence)
    this.#on('PLAYER_CONNECT', countPresence)
    this.#on('PLAYER_ENTRY', countPresence)
    this.#on('PLAYER_DISCONNECT', countDisconnect)
    this.#on('PLAYER_CHANGE_TEAM', countPresence)
    this.#on('PLAYER_CHANGE_ROLE', countPresence)
    this.#on('PLAYER_CHANGE_NAME', countPresence)
    this.#on('PLAYER_KILL', countKill)
    this.#on('PLAYER_TEAMKILL', countTeamkill)
    this.#on('PLAYER_SUICIDE', countSuicide)
    this.#on('PLAYER_ASSIST', countAssist)
    this.#on('WEAPON_STATS', countStats)
    this.#on('WEAPON_FIRE', countFire)
    this.#on('WEAPON_HIT', countHit)
    this.#on('ACTION_PLAYER', countPlayerAction)
    this.#on('ACTION_WORLD', countWorldAction)
    this.#on('ROUND_START', countRoundStart)
    this.#on('ROUND_END', countRoundEnd)
    this.#on('MAP_CHANGE', countMapChange)
    this.#on('MATCH_STATE', countMatchState)
    this.#on('MATCH_PLAYER', countMatchPlayer)
    this.#on('SERVER_TICK', countTick)
    this.#on('SERVER_IDLE', countIdle)
  }

  #on<T extends EventType>(
    eventType: T,
    count: (book: MatchBook, event: EventOf<GameEvent, T>) => void,
  ): void {
    this.registerHandler(eventType, async (event) => {
      // Nobody can say whom such an event is about.
      if (event.counted !== 'unknownPlayer') count(this.#book.current, event)
    })
  }

  async #write(book: MatchBook): Promise<void> {
    const { matches, servers, shots } = this.#deps
    shots.save(book.shots)
    const desks = [...book.desks]
    await matches.forget(desks)
    await matches.saveRosters(desks)
    for (const desk of desks) {
      matches.savePlay(desk)
      matches.saveMatches(desk)
      servers.save(desk)
    }
    for (const [game, maps] of book.maps) {
      for (const [map, counts] of maps) servers.countMap(game, map, counts)
    }
    await servers.saveSamples(desks)
  }
}
