import type { PlayerActionLine, PlayerPlayerActionLine } from './action-lines.ts'
import type { ChatLine, PrivateChatLine } from './chat-lines.ts'
import type { DystopiaRecordLine } from './dystopia-lines.ts'
import type { EngineMessageLine } from './engine-lines.ts'
import type { AttackLine, BlindLine, DamageLine, HealLine, ShotLine, ThrowLine } from './hit-lines.ts'
import type {
  DropLine,
  LeaveBuyZoneLine,
  MoneyLine,
  PickUpLine,
  PurchaseLine,
  SelectWeaponLine,
} from './item-lines.ts'
import type {
  AssistLine,
  IncapLine,
  KillLine,
  KillOtherLine,
  KillPetLine,
  SuicideLine,
} from './kill-lines.ts'
import type { LineBase } from './line-base.ts'
import type {
  AccoladeLine,
  GameOverLine,
  MatchFlowLine,
  MatchMarkerLine,
  MatchStatusLine,
} from './match-lines.ts'
import type { PlayerNoteLine } from './note-lines.ts'
import type { PlayerToken } from './player-token.ts'
import type { AdminMessageLine, PluginMessageLine } from './plugin-lines.ts'
import type {
  ApiRequestLine,
  BanLine,
  ChangeNameLine,
  ChangeRoleLine,
  ConnectLine,
  DisconnectLine,
  EntryLine,
  JoinTeamLine,
  PositionReportLine,
  SpawnLine,
  ValidatedLine,
} from './presence-lines.ts'
import type { RconLine } from './rcon-lines.ts'
import type {
  CvarListLine,
  JsonPartLine,
  LogFileLine,
  MapLoadingLine,
  MapStartedLine,
  ProjectileLine,
  ServerCvarLine,
  ServerMessageLine,
} from './server-lines.ts'
import type { ClanTagLine, LatencyLine, TimeLine, WeaponStatsLine, WeaponTargetsLine } from './stats-lines.ts'
import type { TeamActionLine, TeamAllianceLine, TeamNameLine, TeamScoreLine } from './team-lines.ts'
import type { AuthFailureLine, VoteDetailsLine, VoteLine } from './vote-lines.ts'
import type { KillLocationLine, WorldActionLine } from './world-lines.ts'

/** Two lines glued into one: the second is whole, the first is what was left of it. */
export interface GluedLine extends LineBase {
  readonly kind: 'glued'
  readonly first: ParsedLine
  readonly second: ParsedLine
}

/** None of the kinds: the line without its stamp, and the subject as far as it was understood. */
export interface UnrecognisedLine extends LineBase {
  readonly kind: 'unrecognised'
  readonly text: string
  readonly subject: 'player' | 'world' | 'team' | 'server' | 'none'
  readonly player: PlayerToken | undefined
  /** `ambiguous`: a name imitates a line so well that two readings are whole; neither is believed. */
  readonly reason: 'unknown' | 'ambiguous' | 'empty'
}

type PlayerLine =
  | KillLine
  | KillOtherLine
  | KillPetLine
  | SuicideLine
  | IncapLine
  | AssistLine
  | AttackLine
  | DamageLine
  | HealLine
  | ShotLine
  | BlindLine
  | ThrowLine
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
  | PrivateChatLine
  | ClanTagLine
  | LatencyLine
  | TimeLine
  | PositionReportLine
  | ApiRequestLine
  | PlayerActionLine
  | PlayerPlayerActionLine
  | WeaponStatsLine
  | WeaponTargetsLine
  | PickUpLine
  | DropLine
  | PurchaseLine
  | SelectWeaponLine
  | LeaveBuyZoneLine
  | MoneyLine
  | PlayerNoteLine

type GameLine =
  | KillLocationLine
  | WorldActionLine
  | TeamActionLine
  | TeamScoreLine
  | TeamNameLine
  | TeamAllianceLine
  | MatchStatusLine
  | GameOverLine
  | AccoladeLine
  | MatchFlowLine
  | MatchMarkerLine

type ServerLine =
  | MapLoadingLine
  | MapStartedLine
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
  | EngineMessageLine
  | VoteLine
  | VoteDetailsLine
  | AuthFailureLine

/** Any line of a game server's log, discriminated by `kind`. */
export type ParsedLine = PlayerLine | GameLine | ServerLine | GluedLine | UnrecognisedLine

export type LineKind = ParsedLine['kind']

/** A line of one kind. */
export type LineOf<Kind extends LineKind> = Extract<ParsedLine, { readonly kind: Kind }>
