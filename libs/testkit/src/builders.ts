import {
  assertEvent,
  type BaseEvent,
  CATEGORY_OF,
  type EventData,
  type EventType,
  eventIdOf,
  type GameEvent,
  type GameEventOf,
  type KillData,
  MESSAGE_VERSION,
  type PlayerRef,
} from '@hlstats/events'

/** What a test may say about an event besides its data. */
export type EventOverrides = Partial<Omit<BaseEvent, 'eventId' | 'version'>>

const sequences = new Map<string, number>()

/** A valid event: checked by the codec, numbered 1, 2, 3 … per stream and server in the order of the calls. */
export function anEvent<T extends EventType>(
  type: T,
  data: EventData[T],
  overrides: EventOverrides = {},
): GameEventOf<T> {
  const { stream = 'test', serverId = 1 } = overrides
  const sequence = overrides.sequence ?? nextSequence(`${stream}.${serverId}`)
  const base: BaseEvent = {
    version: MESSAGE_VERSION,
    timestamp: new Date(Date.UTC(2026, 0, 1) + sequence * 1_000).toISOString(),
    receivedAt: new Date().toISOString(),
    game: 'cstrike',
    map: 'de_dust2',
    playerCount: 2,
    counted: true,
    ...overrides,
    stream,
    serverId,
    sequence,
    eventId: eventIdOf({ stream, serverId, sequence }),
  }
  const event = { ...base, eventType: type, category: CATEGORY_OF[type], data } as GameEventOf<T>
  assertEvent(event as GameEvent)
  return event
}

/** Makes the events of one CS:S server, one second apart. */
export function aServerLog() {
  let second = 0
  return <T extends EventType>(type: T, data: EventData[T], overrides: EventOverrides = {}) => {
    second += 1
    const timestamp = new Date(Date.UTC(2026, 0, 1, 10, 0, second)).toISOString()
    const moment = { timestamp, receivedAt: timestamp }
    return anEvent(type, data, { game: 'css', stream: 's', map: 'de_nuke', ...moment, ...overrides })
  }
}

/** A Steam player on the CT side; the number makes him and his ids. */
export function aPlayer(number: number, overrides: Partial<PlayerRef> = {}): PlayerRef {
  return {
    uniqueId: `0:${number}`,
    rawId: `STEAM_0:0:${number}`,
    uid: number,
    name: `Player ${number}`,
    team: 'CT',
    role: '',
    bot: false,
    ...overrides,
  }
}

/** Player 1 (CT) kills player 2 (TERRORIST) with an ak47. */
export function aKill(
  data: Partial<KillData> = {},
  overrides: EventOverrides = {},
): GameEventOf<'PLAYER_KILL'> {
  return anEvent('PLAYER_KILL', killData(data), overrides)
}

/** Player 1 kills player 2, both CT. */
export function aTeamkill(
  data: Partial<KillData> = {},
  overrides: EventOverrides = {},
): GameEventOf<'PLAYER_TEAMKILL'> {
  return anEvent('PLAYER_TEAMKILL', killData({ victim: aPlayer(2), ...data }), overrides)
}

/** Player 1 ends himself with `world`. */
export function aSuicide(
  data: Partial<EventData['PLAYER_SUICIDE']> = {},
  overrides: EventOverrides = {},
): GameEventOf<'PLAYER_SUICIDE'> {
  return anEvent('PLAYER_SUICIDE', { player: aPlayer(1), weapon: 'world', ...data }, overrides)
}

function killData(data: Partial<KillData>): KillData {
  return {
    killer: aPlayer(1),
    victim: aPlayer(2, { team: 'TERRORIST' }),
    weapon: 'ak47',
    headshot: false,
    ...data,
  }
}

function nextSequence(key: string): number {
  const next = (sequences.get(key) ?? 0) + 1
  sequences.set(key, next)
  return next
}
