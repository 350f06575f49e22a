export type { PlayerActionLine, PlayerPlayerActionLine } from './action-lines.ts'
export type { ChatLine, PrivateChatLine } from './chat-lines.ts'
export type { DystopiaRecordLine } from './dystopia-lines.ts'
export type { EngineMessageLine } from './engine-lines.ts'
export type { AttackLine, BlindLine, DamageLine, HealLine, ShotLine, ThrowLine } from './hit-lines.ts'
export type {
  DropLine,
  LeaveBuyZoneLine,
  MoneyLine,
  PickUpLine,
  PurchaseLine,
  SelectWeaponLine,
} from './item-lines.ts'
export { jsonCells, jsonEntry } from './json-block.ts'
export type {
  AssistLine,
  IncapLine,
  KillLine,
  KillOtherLine,
  KillPetLine,
  SuicideLine,
} from './kill-lines.ts'
export type { LineBase } from './line-base.ts'
export type { LogTime } from './log-time.ts'
export type {
  AccoladeLine,
  GameOverLine,
  MatchFlowLine,
  MatchMarkerLine,
  MatchStatusLine,
} from './match-lines.ts'
export { type IdKind, type NormalisedId, normaliseId } from './normalise-id.ts'
export type { PlayerNoteLine } from './note-lines.ts'
export { decodeLines, decodePacket, type Packet, type PacketForm } from './packet.ts'
export { parseLine } from './parse-line.ts'
export type { GluedLine, LineKind, ParsedLine, UnrecognisedLine } from './parsed-line.ts'
export type { IsOnServer } from './player-line.ts'
export type { PlayerToken, Position, SurvivorState } from './player-token.ts'
export type { AdminMessageLine, PluginMessageLine } from './plugin-lines.ts'
export type {
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
export type { Properties } from './properties.ts'
export type { RconLine } from './rcon-lines.ts'
export type {
  CvarListLine,
  JsonPartLine,
  LogFileLine,
  MapLoadingLine,
  MapStartedLine,
  ProjectileLine,
  ServerCvarLine,
  ServerMessageLine,
} from './server-lines.ts'
export type { ClanTagLine, LatencyLine, TimeLine, WeaponStatsLine, WeaponTargetsLine } from './stats-lines.ts'
export type { Capper, TeamActionLine, TeamAllianceLine, TeamNameLine, TeamScoreLine } from './team-lines.ts'
export { toInstant } from './time-zone.ts'
export type { AuthFailureLine, VoteDetailsLine, VoteLine } from './vote-lines.ts'
export type { KillLocationLine, WorldActionLine } from './world-lines.ts'
