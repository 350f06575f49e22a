import type { EventType, GameEvent } from '@hlstats/events'
import {
  BaseModuleEventHandler,
  type EventMetrics,
  type EventOf,
  type IEventBus,
} from '@hlstats/infrastructure'
import type { ILogger } from '@hlstats/telemetry'
import { countPairAction, countPlayerAction, countTeamAction, countWorldAction } from './action-events.ts'
import { countAdminMessage, countBan, countRcon } from './admin-events.ts'
import type { BookKeeper } from './book-keeper.ts'
import { countAssist, countKill, countSuicide, countTeamkill } from './kill-events.ts'
import type { PlayerBook } from './player-book.ts'
import {
  countClanTag,
  countConnect,
  countDisconnect,
  countEntry,
  countNameChange,
  countRoleChange,
  countSeen,
  countTeamChange,
} from './presence-events.ts'
import { countChat, countFire, countHit, countLatency, countTime, countWeaponStats } from './record-events.ts'
import { countIdle, countMapChange, countRoundEnd, countRoundStart, countTick } from './server-events.ts'

/** What this module claims to handle. */
export const PLAYER_EVENTS = [
  'PLAYER_SEEN',
  'PLAYER_CONNECT',
  'PLAYER_ENTRY',
  'PLAYER_DISCONNECT',
  'PLAYER_CHANGE_TEAM',
  'PLAYER_CHANGE_ROLE',
  'PLAYER_CHANGE_NAME',
  'PLAYER_CLAN_TAG',
  'PLAYER_LATENCY',
  'PLAYER_TIME',
  'PLAYER_BAN',
  'PLAYER_KILL',
  'PLAYER_TEAMKILL',
  'PLAYER_SUICIDE',
  'PLAYER_ASSIST',
  'WEAPON_STATS',
  'WEAPON_FIRE',
  'WEAPON_HIT',
  'ACTION_PLAYER',
  'ACTION_PLAYER_PLAYER',
  'ACTION_TEAM',
  'ACTION_WORLD',
  'CHAT_MESSAGE',
  'ROUND_START',
  'ROUND_END',
  'MAP_CHANGE',
  'RCON_COMMAND',
  'ADMIN_MESSAGE',
  'SERVER_TICK',
  'SERVER_IDLE',
] as const satisfies readonly EventType[]

interface PlayerModuleDeps {
  readonly eventBus: IEventBus
  readonly logger: ILogger
  readonly metrics: EventMetrics
  readonly keeper: BookKeeper
}

/** Counts what players do: one book per batch, in which each event is entered in its order. */
export class PlayerModule extends BaseModuleEventHandler {
  readonly #keeper: BookKeeper

  constructor({ eventBus, logger, metrics, keeper }: PlayerModuleDeps) {
    super(eventBus, logger, metrics)
    this.#keeper = keeper
  }

  override async prepare(events: readonly GameEvent[]): Promise<void> {
    await this.#keeper.open(events)
  }

  override registerEventHandlers(): void {
    this.#on('PLAYER_SEEN', countSeen)
    this.#on('PLAYER_CONNECT', countConnect)
    this.#on('PLAYER_ENTRY', countEntry)
    this.#on('PLAYER_DISCONNECT', countDisconnect)
    this.#on('PLAYER_CHANGE_TEAM', countTeamChange)
    this.#on('PLAYER_CHANGE_ROLE', countRoleChange)
    this.#on('PLAYER_CHANGE_NAME', countNameChange)
    this.#on('PLAYER_CLAN_TAG', countClanTag)
    this.#on('PLAYER_LATENCY', countLatency)
    this.#on('PLAYER_TIME', countTime)
    this.#on('PLAYER_BAN', countBan)
    this.#on('PLAYER_KILL', countKill)
    this.#on('PLAYER_TEAMKILL', countTeamkill)
    this.#on('PLAYER_SUICIDE', countSuicide)
    this.#on('PLAYER_ASSIST', countAssist)
    this.#on('WEAPON_STATS', countWeaponStats)
    this.#on('WEAPON_FIRE', countFire)
    this.#on('WEAPON_HIT', countHit)
    this.#on('ACTION_PLAYER', countPlayerAction)
    this.#on('ACTION_PLAYER_PLAYER', countPairAction)
    this.#on('ACTION_TEAM', countTeamAction)
    this.#on('ACTION_WORLD', countWorldAction)
    this.#on('CHAT_MESSAGE', countChat)
    this.#on('ROUND_START', countRoundStart)
    this.#on('ROUND_END', countRoundEnd)
    this.#on('MAP_CHANGE', countMapChange)
    this.#on('RCON_COMMAND', countRcon)
    this.#on('ADMIN_MESSAGE', countAdminMessage)
    this.#on('SERVER_TICK', countTick)
    this.#on('SERVER_IDLE', countIdle)
  }

  #on<T extends EventType>(
    eventType: T,
    count: (book: PlayerBook, event: EventOf<GameEvent, T>) => void,
  ): void {
    this.registerHandler(eventType, async (event) => {
      // Nobody can say whom such an event is about.
      if (event.counted !== 'unknownPlayer') count(this.#keeper.book, event)
    })
  }
}
