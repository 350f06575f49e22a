export {
  assertEvent,
  type DecodedEntry,
  type DecodedMessage,
  type DecodedRecord,
  decodeEvent,
  decodeMessage,
  type EventRecord,
  encodeMessage,
  encodeRecord,
  MESSAGE_VERSION,
} from './codec.ts'
export { eventDigest, rangeDigest, rawEventDigest } from './digest.ts'
export type {
  ActionMembers,
  EventData,
  KillData,
  PlayerRef,
  Position,
} from './event-data.ts'
export { CATEGORY_OF, type EventCategory, EventType } from './event-types.ts'
export type {
  BaseEvent,
  ChatMessageEvent,
  GameEvent,
  GameEventOf,
  MapChangeEvent,
  NotCounted,
  PlayerConnectEvent,
  PlayerDisconnectEvent,
  PlayerEntryEvent,
  PlayerKillEvent,
  PlayerSuicideEvent,
  PlayerTeamkillEvent,
  RoundEndEvent,
  RoundStartEvent,
  WeaponFireEvent,
  WeaponHitEvent,
} from './game-event.ts'
export { playersOf } from './players.ts'
export { eventIdOf, partitionOf, routingKey } from './routing.ts'
export { type Arrival, isReceivedBefore, newStream, streamTime } from './stream-id.ts'
export { isTimeZone, wallClock, zoneOffsetMs } from './time-zone.ts'
