/** Every event type: the same text on the wire, in types and in metrics. */
export const EventType = {
  PLAYER_CONNECT: 'PLAYER_CONNECT',
  PLAYER_ENTRY: 'PLAYER_ENTRY',
  PLAYER_DISCONNECT: 'PLAYER_DISCONNECT',
  PLAYER_SEEN: 'PLAYER_SEEN',
  PLAYER_CHANGE_TEAM: 'PLAYER_CHANGE_TEAM',
  PLAYER_CHANGE_ROLE: 'PLAYER_CHANGE_ROLE',
  PLAYER_CHANGE_NAME: 'PLAYER_CHANGE_NAME',
  PLAYER_CLAN_TAG: 'PLAYER_CLAN_TAG',
  PLAYER_LATENCY: 'PLAYER_LATENCY',
  PLAYER_TIME: 'PLAYER_TIME',
  PLAYER_BAN: 'PLAYER_BAN',
  PLAYER_KILL: 'PLAYER_KILL',
  PLAYER_TEAMKILL: 'PLAYER_TEAMKILL',
  PLAYER_SUICIDE: 'PLAYER_SUICIDE',
  PLAYER_ASSIST: 'PLAYER_ASSIST',
  PLAYER_DAMAGE: 'PLAYER_DAMAGE',
  WEAPON_FIRE: 'WEAPON_FIRE',
  WEAPON_HIT: 'WEAPON_HIT',
  WEAPON_STATS: 'WEAPON_STATS',
  WEAPON_TARGETS: 'WEAPON_TARGETS',
  ACTION_PLAYER: 'ACTION_PLAYER',
  ACTION_PLAYER_PLAYER: 'ACTION_PLAYER_PLAYER',
  ACTION_TEAM: 'ACTION_TEAM',
  ACTION_WORLD: 'ACTION_WORLD',
  CHAT_MESSAGE: 'CHAT_MESSAGE',
  ROUND_START: 'ROUND_START',
  ROUND_END: 'ROUND_END',
  MAP_CHANGE: 'MAP_CHANGE',
  MATCH_STATE: 'MATCH_STATE',
  MATCH_PLAYER: 'MATCH_PLAYER',
  SERVER_TICK: 'SERVER_TICK',
  SERVER_IDLE: 'SERVER_IDLE',
  RCON_COMMAND: 'RCON_COMMAND',
  ADMIN_MESSAGE: 'ADMIN_MESSAGE',
  STREAM_END: 'STREAM_END',
  STREAM_AUDIT: 'STREAM_AUDIT',
} as const

export type EventType = (typeof EventType)[keyof typeof EventType]

/** The routing word of an event: what a foreign queue binds to, as in `#.kill.#`. */
export type EventCategory =
  | 'action'
  | 'admin'
  | 'audit'
  | 'chat'
  | 'damage'
  | 'kill'
  | 'map'
  | 'match'
  | 'presence'
  | 'round'
  | 'server'
  | 'weapon'

export const CATEGORY_OF = {
  PLAYER_CONNECT: 'presence',
  PLAYER_ENTRY: 'presence',
  PLAYER_DISCONNECT: 'presence',
  PLAYER_SEEN: 'presence',
  PLAYER_CHANGE_TEAM: 'presence',
  PLAYER_CHANGE_ROLE: 'presence',
  PLAYER_CHANGE_NAME: 'presence',
  PLAYER_CLAN_TAG: 'presence',
  PLAYER_LATENCY: 'presence',
  PLAYER_TIME: 'presence',
  PLAYER_BAN: 'admin',
  PLAYER_KILL: 'kill',
  PLAYER_TEAMKILL: 'kill',
  PLAYER_SUICIDE: 'kill',
  PLAYER_ASSIST: 'kill',
  PLAYER_DAMAGE: 'damage',
  WEAPON_FIRE: 'weapon',
  WEAPON_HIT: 'weapon',
  WEAPON_STATS: 'weapon',
  WEAPON_TARGETS: 'weapon',
  ACTION_PLAYER: 'action',
  ACTION_PLAYER_PLAYER: 'action',
  ACTION_TEAM: 'action',
  ACTION_WORLD: 'action',
  CHAT_MESSAGE: 'chat',
  ROUND_START: 'round',
  ROUND_END: 'round',
  MAP_CHANGE: 'map',
  MATCH_STATE: 'match',
  MATCH_PLAYER: 'match',
  SERVER_TICK: 'server',
  SERVER_IDLE: 'server',
  RCON_COMMAND: 'admin',
  ADMIN_MESSAGE: 'admin',
  STREAM_END: 'server',
  STREAM_AUDIT: 'audit',
} as const satisfies Record<EventType, EventCategory>
