import type { EventData, EventType, NotCounted, PlayerRef } from '@hlstats/events'
import type { GameServer, RosterEntry } from './game-server.ts'
import type { ServerSettings } from './server-settings.ts'

/** An event before it gets its number: what happened, and what the server looked like at that moment. */
export type DraftEvent = { [T in EventType]: DraftOf<T> }[EventType]

export interface DraftOf<T extends EventType> {
  readonly eventType: T
  readonly data: EventData[T]
  readonly counted: true | NotCounted
  readonly map: string
  readonly playerCount: number
}

/** One line's turn: the server it may change, the clock of the line, the events it gave so far. */
export interface Turn {
  readonly server: GameServer
  readonly settings: ServerSettings
  /** Log clock of the line, milliseconds. */
  readonly at: number
  readonly events: DraftEvent[]
  /** Who came with this very line: not a member of a team that it rewards. */
  readonly newcomers: Set<string>
  /** Who was there and, as this line shows, is not any more. */
  readonly gone: Set<string>
}

export function newTurn(server: GameServer, settings: ServerSettings, at: number): Turn {
  return { server, settings, at, events: [], newcomers: new Set(), gone: new Set() }
}

export function emit<T extends EventType>(
  turn: Turn,
  eventType: T,
  data: EventData[T],
  counted: true | NotCounted = true,
): void {
  const draft: DraftOf<T> = {
    eventType,
    data,
    counted,
    map: turn.server.map,
    playerCount: trackableCount(turn),
  }
  // One interface per type makes the union; the compiler cannot see that a generic T is one of them.
  turn.events.push(draft as unknown as DraftEvent)
}

/** Players that make a game: in a team that plays, and no bots where bots are ignored. */
export function trackableCount({ server, settings }: Turn): number {
  const known = server.trackable
  if (known !== undefined && known.ignoreBots === settings.ignoreBots) return known.count
  let count = 0
  for (const entry of server.roster.values()) {
    if (isPlayingTeam(entry.team) && !(settings.ignoreBots && isArtificial(settings, entry))) count++
  }
  server.trackable = { ignoreBots: settings.ignoreBots, count }
  return count
}

/** Bots, and what stands for bots: ids of 0 and below. In CS2 the first human has 0. */
export function isArtificial(settings: ServerSettings, entry: Pick<RosterEntry, 'bot' | 'uid'>): boolean {
  return entry.bot || entry.uid < 0 || (entry.uid === 0 && settings.family !== 'cs2')
}

function isPlayingTeam(team: string): boolean {
  return team !== '' && !/spectator/i.test(team)
}

export function refOf(entry: RosterEntry): PlayerRef {
  const { uniqueId, rawId, uid, name, team, role, bot } = entry
  return { uniqueId, rawId, uid, name, team, role, bot }
}
