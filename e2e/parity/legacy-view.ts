import {
  type ActionMembers,
  type EventType,
  type GameEvent,
  type PlayerRef,
  playersOf,
} from '@hlstats/events'
import type { ParsedLine } from '@hlstats/game-logs'
import { type SingleLine, singleLines } from '../../services/ingress/src/rules/advance.ts'
import { putPlayer } from '../../services/ingress/src/rules/game-server.ts'
import { INFERRED, leave } from '../../services/ingress/src/rules/roster.ts'
import type { DraftEvent } from '../../services/ingress/src/rules/turn.ts'
import type { View } from './replay.ts'

/**
 * The stream as the original daemon would have understood it, where we decided to understand it better. Each rule undoes
 * one decision of docs/parity.md, so that what is left must be equal.
 */

/** Lines that the original cannot read (assists-and-hits, team-switch-lines): they do not exist for it. */
const UNKNOWN_KINDS = new Set<SingleLine['kind']>([
  'attack',
  'assist',
  'blind',
  'throw',
  'pickUp',
  'drop',
  'purchase',
  'leaveBuyZone',
  'money',
  'killOther',
  'matchStatus',
  'teamScore',
])

/**
 * lines-that-ran-together: the original sees one line, by whom its first part names. A kill at the end is his
 * kill; anything else there is lost.
 */
function gluedAsOne(line: ParsedLine): readonly SingleLine[] {
  if (line.kind !== 'glued') return [line]
  const parts = singleLines(line)
  const [first, last] = [parts[0], parts.at(-1)]
  if (first === undefined || last === undefined) return []
  const named = 'player' in first ? first.player : undefined
  return last.kind === 'kill' && named !== undefined ? [{ ...last, player: named }] : [first]
}

/** A line as the original reads it; undefined where it does not. */
function lineOfOriginal(line: SingleLine): SingleLine | undefined {
  if (UNKNOWN_KINDS.has(line.kind)) return undefined
  if (line.kind === 'joinTeam' && line.switched) return undefined
  // owner-by-any-id: ids like [U:1:2] are never taken for the owner of a building.
  if (line.kind === 'playerAction' && line.objectOwner?.rawId.startsWith('[U:')) {
    return { ...line, objectOwner: undefined }
  }
  return line
}

/** From the soonest to the latest; our own roster knows a player's last line to 30 seconds. */
export const IDLE_AFTER_MS = [250_000, 280_000, 310_000, 340_000]

/**
 * The original looks for silent players every 30 to 60 seconds, at random, and reading from a file it takes out bots as
 * well: whoever has been silent for 250 seconds is gone at once, or a minute later. A reward to his team and the start of a map
 * are signs of life.
 */
export function originalView(idleAfterMs: number): View {
  return {
    lines: (line) => gluedAsOne(line).flatMap((single) => lineOfOriginal(single) ?? []),
    // Ingress' own look is never due.
    before: (state, at) => {
      state.sweptAt = at
    },
    after: (turn, drafts) => {
      const { server, at } = turn
      for (const uniqueId of drafts.flatMap((draft) => refreshed(draft, server.roster.keys()))) {
        const entry = server.roster.get(uniqueId)
        if (entry !== undefined) putPlayer(server, { ...entry, seenAt: at })
      }
      for (const entry of [...server.roster.values()]) {
        if (at - entry.seenAt > idleAfterMs) leave(turn, entry, INFERRED.idle, true)
      }
      return turn.events
    },
  }
}

/** Whom the original takes for active though no line names him: members of a rewarded team, everybody at a map's start. */
function refreshed({ eventType, data }: DraftEvent, everybody: Iterable<string>): string[] {
  if (eventType === 'MAP_CHANGE' && data.phase === 'started') return [...everybody]
  return 'members' in data ? (data.members ?? []).map(({ uniqueId }) => uniqueId) : []
}

/** A rule over the events of one line. */
type Rule = (events: readonly GameEvent[]) => readonly GameEvent[]

/** paid-once: an action `against` somebody is paid again as the player's own, without its properties. */
const paidTwice: Rule = (events) => {
  const pair = events.find((event) => event.eventType === 'ACTION_PLAYER_PLAYER' && event.counted === true)
  if (pair?.eventType !== 'ACTION_PLAYER_PLAYER') return events
  const again = [pair.data.action, ...(ALSO_PAID_TWICE[pair.data.action] ?? [])]
  return events.flatMap((event) => {
    if (event.eventType !== 'ACTION_PLAYER' || !again.includes(event.data.action)) return [event]
    const { player, action, members } = event.data
    const data = { player, action, ...(members === undefined ? {} : { members }) }
    return [{ ...event, data }, event]
  })
}

/** Codes that become others on their way. */
const ALSO_PAID_TWICE: Readonly<Record<string, readonly string[]>> = {
  'kill assist': ['kill_assist_medic'],
  medic_death: ['killed_charged_medic'],
}

const RULES: readonly Rule[] = [paidTwice]

/** map-after-started: after CS2's `Started: ""` the original does not know the map until one is loaded. */
function forgetMaps(events: readonly GameEvent[]): GameEvent[] {
  let forgotten = false
  return events.map((event) => {
    if (event.game !== 'cs2') return event
    if (event.eventType === 'MAP_CHANGE') forgotten = event.data.phase === 'started'
    return forgotten ? { ...event, map: '' } : event
  })
}

/** slot-zero: the human in slot 0 of CS2 never wins or loses points, and is no member of a team. */
function slotZero(events: readonly GameEvent[]): GameEvent[] {
  const zero = new Set<string>()
  return events.map((event) => {
    if (event.game !== 'cs2') return event
    for (const { uid, uniqueId, bot } of playersOf(event)) if (uid === 0 && !bot) zero.add(uniqueId)
    return { ...event, data: withoutSlotZero(event.data, zero) } as GameEvent
  })
}

function withoutSlotZero(data: object, zero: ReadonlySet<string>): object {
  const copy: Record<string, unknown> = { ...data }
  for (const who of ['player', 'killer', 'victim']) {
    const ref = copy[who] as PlayerRef | undefined
    if (ref !== undefined && zero.has(ref.uniqueId)) copy[who] = { ...ref, uid: -1 }
  }
  const members = copy.members as ActionMembers | undefined
  if (members !== undefined) copy.members = members.filter(({ uniqueId }) => !zero.has(uniqueId))
  return copy
}

/** Kinds of events that the original does not have. */
const UNKNOWN_EVENTS = new Set<EventType>(['PLAYER_ASSIST', 'PLAYER_DAMAGE', 'WEAPON_FIRE', 'WEAPON_HIT'])

/** Events grouped by the line they came from: `receivedAt` is one per line here. */
export function asOriginal(events: readonly GameEvent[]): GameEvent[] {
  const known = events.filter(({ eventType }) => !UNKNOWN_EVENTS.has(eventType))
  const lines = Map.groupBy(slotZero(forgetMaps(known)), ({ receivedAt }) => receivedAt)
  return [...lines.values()].flatMap((line) =>
    RULES.reduce<readonly GameEvent[]>((now, rule) => rule(now), line),
  )
}
