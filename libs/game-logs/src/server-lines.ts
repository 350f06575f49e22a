import type { LineBase } from './line-base.ts'
import type { PlayerToken } from './player-token.ts'
import type { Properties } from './properties.ts'

/** `Loading map "de_dust2"` */
export interface MapLoadingLine extends LineBase {
  readonly kind: 'mapLoading'
  readonly map: string
}

/** `Started map "de_dust2" (CRC "-1352213912")`; CS2's `Started:  ""` has no map name. */
export interface MapStartedLine extends LineBase {
  readonly kind: 'mapStarted'
  readonly map: string
}

/** `Team "CT" scored "3" with "5" players`, `Team "Red" current score "1" with "6" players`, `… final score …` */
export interface TeamScoreLine extends LineBase {
  readonly kind: 'teamScore'
  readonly team: string
  readonly phase: 'scored' | 'current' | 'final'
  readonly score: number
  readonly players: number
}

/** `Team playing "CT": Astralis`, also behind `MatchStatus: ` */
export interface TeamNameLine extends LineBase {
  readonly kind: 'teamName'
  readonly team: string
  readonly name: string
}

/** `Team "Red" formed alliance with team "Blue"` */
export interface TeamAllianceLine extends LineBase {
  readonly kind: 'teamAlliance'
  readonly team: string
  readonly ally: string
}

/** `MatchStatus: Score: 3:2 on map "de_inferno" RoundsPlayed: 5` */
export interface MatchStatusLine extends LineBase {
  readonly kind: 'matchStatus'
  readonly scoreCt: number
  readonly scoreT: number
  readonly map: string
  /** -1 before the first round. */
  readonly roundsPlayed: number
}

/** `Game Over: competitive mg_de_cache de_cache score 16:1 after 21 min` */
export interface GameOverLine extends LineBase {
  readonly kind: 'gameOver'
  readonly mode: string
  readonly mapGroup: string
  readonly map: string
  readonly scoreCt: number
  readonly scoreT: number
  readonly minutes: number
}

/** `ACCOLADE, FINAL: {pistolkills},	Name<2>,	VALUE: 5.000000,	POS: 1,	SCORE: 8.095239` */
export interface AccoladeLine extends LineBase {
  readonly kind: 'accolade'
  readonly phase: string
  readonly accolade: string
  readonly name: string
  readonly uid: number
  readonly value: number
  readonly position: number
  readonly score: number
}

/** Match flow in words: `Starting Freeze period`, `Match pause is enabled - mp_pause_match` … */
export interface MatchFlowLine extends LineBase {
  readonly kind: 'matchFlow'
  readonly phase: 'freezePeriod' | 'paused' | 'unpaused'
  readonly text: string
}

/** Markers of the match plugins: `[MatchZy] …`, `Get5Event: {…}`, `eBot triggered "Begin_Match"`. */
export interface MatchMarkerLine extends LineBase {
  readonly kind: 'matchMarker'
  readonly plugin: string
  readonly text: string
}

/** `Log file started (file "logs/L0101000.log") (game "cstrike") (version "48/1.1.2.7")`, `Log file closed` */
export interface LogFileLine extends LineBase {
  readonly kind: 'logFile'
  readonly phase: 'started' | 'closed'
  readonly properties: Properties
}

/** `server_cvar: "mp_timelimit" "30"`, `Server cvar "mp_timelimit" = "30"`, `"mp_timelimit" = "30"`. Passwords are masked. */
export interface ServerCvarLine extends LineBase {
  readonly kind: 'serverCvar'
  readonly name: string
  readonly value: string
}

/** `Server cvars start`, `Server cvars end` */
export interface CvarListLine extends LineBase {
  readonly kind: 'cvarList'
  readonly phase: 'start' | 'end'
}

/**
 * `rcon from "1.2.3.4:5": command "status"`, `Rcon: "rcon 123 "secret" status" from "1.2.3.4:5"`, `Bad Rcon: …`.
 * The password is never part of it.
 */
export interface RconLine extends LineBase {
  readonly kind: 'rcon'
  readonly ok: boolean
  /** Without the port. */
  readonly address: string
  readonly command: string
}

/** `Server say "hello"`, `server_message: "quit"`, `Server shutdown` */
export interface ServerMessageLine extends LineBase {
  readonly kind: 'serverMessage'
  readonly source: 'say' | 'message' | 'shutdown'
  readonly text: string
}

/** `[basechat.smx] …`, `[admin.amxx] …`, `[MANI_ADMIN_PLUGIN] …`, `[BeetlesMod] …`, `[ADMIN:name] ADMIN Command: …` */
export interface AdminMessageLine extends LineBase {
  readonly kind: 'adminMessage'
  readonly source: string
  readonly text: string
  /** Of `[ADMIN:name]`; '' elsewhere. */
  readonly playerName: string
}

/** What engine modules and other plugins say: `[META] …`, `[DPROTO]: …`, `(MOB) …`. */
export interface PluginMessageLine extends LineBase {
  readonly kind: 'pluginMessage'
  readonly source: string
  readonly text: string
}

/** `Molotov projectile spawned at 1.0 2.0 3.0, velocity 4.0 5.0 6.0` */
export interface ProjectileLine extends LineBase {
  readonly kind: 'projectile'
  readonly projectile: string
  readonly text: string
}

/** A line of a JSON block: `JSON_BEGIN{`, its inner lines, `}}JSON_END`. The assembler joins them. */
export interface JsonPartLine extends LineBase {
  readonly kind: 'jsonPart'
  readonly part: 'begin' | 'inner' | 'end'
  readonly text: string
}

/** Dystopia's unquoted records: `weapon { steam_id: 'STEAM_0:1:2', weapon_id: 9, … }` */
export interface DystopiaRecordLine extends LineBase {
  readonly kind: 'dystopiaRecord'
  readonly record: string
  readonly fields: Properties
}

/** Two lines glued into one: the second is whole, the first is what was left of it. */
export interface GluedLine extends LineBase {
  readonly kind: 'glued'
  readonly first: SingleLine
  readonly second: SingleLine | GluedLine
}

/** Nothing of the above: the line without its stamp, and the subject as far as it was understood. */
export interface UnrecognisedLine extends LineBase {
  readonly kind: 'unrecognised'
  readonly text: string
  readonly subject: 'player' | 'world' | 'team' | 'server' | 'none'
  readonly player: PlayerToken | undefined
  /** `ambiguous`: a name imitates a line so well that two readings are whole; neither is believed. */
  readonly reason: 'unknown' | 'truncated' | 'ambiguous' | 'empty'
}

export type ServerLine =
  | MapLoadingLine
  | MapStartedLine
  | TeamScoreLine
  | TeamNameLine
  | TeamAllianceLine
  | MatchStatusLine
  | GameOverLine
  | AccoladeLine
  | MatchFlowLine
  | MatchMarkerLine
  | LogFileLine
  | ServerCvarLine
  | CvarListLine
  | RconLine
  | ServerMessageLine
  | AdminMessageLine
  | PluginMessageLine
  | ProjectileLine
  | JsonPartLine
  | DystopiaRecordLine
  | UnrecognisedLine

type SingleLine = Exclude<import('./parsed-line.ts').ParsedLine, GluedLine>
