import type { EventData } from './event-data.ts'
import type { CATEGORY_OF, EventType } from './event-types.ts'

/** Why an event must not score: it is recorded nowhere but in metrics, yet travels so that state can follow. */
export type NotCounted = 'minPlayers' | 'bonusRound' | 'bot' | 'warmup' | 'unknownPlayer'

/** Fields that every event has. */
export interface BaseEvent {
  /** `<stream>.<serverId>.<sequence>`: unique, ordered within its server. */
  readonly eventId: string
  /** Of the message format: a new minor is accepted, a new major is parked. */
  readonly version: string
  /** When it happened by the log line's own clock in the server's time zone, ISO 8601 with milliseconds. */
  readonly timestamp: string
  /** When ingress received the line, ISO 8601 with milliseconds. */
  readonly receivedAt: string
  readonly serverId: number
  /** Game code of the server: `cstrike`, `tf`, `cs2` … */
  readonly game: string
  /** One life of one ingress process. */
  readonly stream: string
  /** 1, 2, 3 … per server within the stream. */
  readonly sequence: number
  readonly map: string
  /** Trackable players on the server when the line came. */
  readonly playerCount: number
  readonly counted: true | NotCounted
}

/** One event of one type: `GameEventOf<'PLAYER_KILL'>`. */
export type GameEventOf<T extends EventType> = BaseEvent & {
  readonly eventType: T
  readonly category: (typeof CATEGORY_OF)[T]
  readonly data: EventData[T]
}

/** Any event, discriminated by `eventType`. */
export type GameEvent = { [T in EventType]: GameEventOf<T> }[EventType]

export type PlayerConnectEvent = GameEventOf<'PLAYER_CONNECT'>
export type PlayerEntryEvent = GameEventOf<'PLAYER_ENTRY'>
export type PlayerDisconnectEvent = GameEventOf<'PLAYER_DISCONNECT'>
export type PlayerKillEvent = GameEventOf<'PLAYER_KILL'>
export type PlayerTeamkillEvent = GameEventOf<'PLAYER_TEAMKILL'>
export type PlayerSuicideEvent = GameEventOf<'PLAYER_SUICIDE'>
export type WeaponFireEvent = GameEventOf<'WEAPON_FIRE'>
export type WeaponHitEvent = GameEventOf<'WEAPON_HIT'>
export type MapChangeEvent = GameEventOf<'MAP_CHANGE'>
export type RoundStartEvent = GameEventOf<'ROUND_START'>
export type RoundEndEvent = GameEventOf<'ROUND_END'>
export type ChatMessageEvent = GameEventOf<'CHAT_MESSAGE'>
