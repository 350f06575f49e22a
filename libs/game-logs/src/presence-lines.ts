import type { LineBase } from './line-base.ts'
import type { PlayerToken, Position } from './player-token.ts'

/** `"P<…>" connected, address "1.2.3.4:27005"` */
export interface ConnectLine extends LineBase {
  readonly kind: 'connect'
  readonly player: PlayerToken
  /** Without the port; '' for `none` and for an empty address. */
  readonly address: string
}

/** `"P<…>" entered the game` */
export interface EntryLine extends LineBase {
  readonly kind: 'entry'
  readonly player: PlayerToken
}

/** `"P<…>" disconnected (reason "Disconnect")`; `kicked`: `Kick: "P<…>" was kicked by "Console" (message "…")`. */
export interface DisconnectLine extends LineBase {
  readonly kind: 'disconnect'
  readonly player: PlayerToken
  readonly reason: string
  readonly kicked: boolean
  /** Who kicked: `Console`, an admin's name; '' when not logged. */
  readonly by: string
}

/** `"P<…>" STEAM USERID validated`, `VALVE USERID validated` */
export interface ValidatedLine extends LineBase {
  readonly kind: 'validated'
  readonly player: PlayerToken
}

/** `Banid: "P<…>" was kicked and banned "for 30.00 minutes" by "Console"` */
export interface BanLine extends LineBase {
  readonly kind: 'ban'
  readonly player: PlayerToken
  readonly kicked: boolean
  /** 0: permanent. */
  readonly minutes: number
  readonly by: string
}

/**
 * `"P<…>" joined team "CT"`; `switched`: CS:GO's and CS2's `"P<…>" switched from team <TERRORIST> to <CT>`, whose token
 * has no team.
 */
export interface JoinTeamLine extends LineBase {
  readonly kind: 'joinTeam'
  readonly player: PlayerToken
  readonly team: string
  /** Of the token, or of `switched from`. */
  readonly previousTeam: string
  readonly switched: boolean
}

/** `"P<…>" changed role to "scout"`, and AMXX's `triggered "player_changeclass" (newclass "…")`. */
export interface ChangeRoleLine extends LineBase {
  readonly kind: 'changeRole'
  readonly player: PlayerToken
  readonly role: string
}

/** `"Old<…>" changed name to "New"`: the token has the old name. */
export interface ChangeNameLine extends LineBase {
  readonly kind: 'changeName'
  readonly player: PlayerToken
  readonly name: string
}

/** `"P<…>" spawned as "Scout"`, L4D's `"P<…>" spawned` with role ''. */
export interface SpawnLine extends LineBase {
  readonly kind: 'spawn'
  readonly player: PlayerToken
  readonly role: string
}

/** `"P<…>" say "gg"`, with ` (dead)` behind it in CS 1.6. The message is taken whole, quotes included. */
export interface ChatLine extends LineBase {
  readonly kind: 'chat'
  readonly player: PlayerToken
  /** 1 say, 2 say_team, 3 say_squad. */
  readonly mode: 1 | 2 | 3
  readonly message: string
  readonly dead: boolean
  /** The line was cut: no closing quote. */
  readonly truncated: boolean
}

/** `"P<…>" triggered "clantag" (value "tag")` */
export interface ClanTagLine extends LineBase {
  readonly kind: 'clanTag'
  readonly player: PlayerToken
  readonly tag: string
}

/** `"P<…>" triggered "latency" (ping "35")` */
export interface LatencyLine extends LineBase {
  readonly kind: 'latency'
  readonly player: PlayerToken
  readonly pingMs: number
}

/** `"P<…>" triggered "time" (time "75:10")`: minutes and seconds on the server. */
export interface TimeLine extends LineBase {
  readonly kind: 'time'
  readonly player: PlayerToken
  readonly seconds: number
}

/** `"P<…>" position_report (position "1 2 3")` */
export interface PositionReportLine extends LineBase {
  readonly kind: 'positionReport'
  readonly player: PlayerToken
  readonly position: Position | undefined
}

/** `"P<…>" api_request "playerinfo" (value "queryId")` */
export interface ApiRequestLine extends LineBase {
  readonly kind: 'apiRequest'
  readonly player: PlayerToken
  readonly request: string
  readonly value: string
}

export type PresenceLine =
  | ConnectLine
  | EntryLine
  | DisconnectLine
  | ValidatedLine
  | BanLine
  | JoinTeamLine
  | ChangeRoleLine
  | ChangeNameLine
  | SpawnLine
  | ChatLine
  | ClanTagLine
  | LatencyLine
  | TimeLine
  | PositionReportLine
  | ApiRequestLine
