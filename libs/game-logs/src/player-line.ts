import { ACTION_VERBS } from './action-lines.ts'
import { CHAT_VERBS } from './chat-lines.ts'
import type { Cursor } from './cursor.ts'
import { HIT_VERBS } from './hit-lines.ts'
import { ITEM_VERBS } from './item-lines.ts'
import { KILL_VERBS } from './kill-lines.ts'
import { NOTE_VERBS } from './note-lines.ts'
import type { ParsedLine } from './parsed-line.ts'
import { type PlayerToken, readTeamlessToken, readToken } from './player-token.ts'
import { PRESENCE_VERBS, SWITCHED_TEAM } from './presence-lines.ts'
import { takePlace, type Verb } from './subject.ts'

/**
 * Tells whether a player is on the server by exactly this name, slot and id; asked only when a name or a text imitates a
 * whole line. All three must agree: chat may hold the slot and the id of somebody else.
 */
export type IsOnServer = (player: PlayerToken) => boolean

// The longest name and L4D's longest identity end here; and no name is long enough for more readings.
const FARTHEST_TOKEN = 480
const MOST_READINGS = 12

function indexByFirstLetter(verbs: readonly Verb[]): readonly (readonly Verb[])[] {
  const index: Verb[][] = Array.from({ length: 128 }, () => [])
  for (const verb of verbs) index[verb.words.charCodeAt(0)]?.push(verb)
  return index
}

const VERBS = indexByFirstLetter([
  ...ACTION_VERBS,
  ...KILL_VERBS,
  ...HIT_VERBS,
  ...CHAT_VERBS,
  ...PRESENCE_VERBS,
  ...ITEM_VERBS,
  ...NOTE_VERBS,
])

/** Takes the words of a verb; undefined when none of ours stands here. */
function takeVerb(cursor: Cursor): Verb | undefined {
  if (!cursor.take(' ')) return undefined
  const verbs = VERBS[cursor.peek()]
  if (verbs !== undefined) {
    for (const verb of verbs) if (cursor.take(verb.words)) return verb
  }
  return undefined
}

/** What the subject's side of a line gave: the whole line, or the player as far as he was understood. */
export interface SubjectReading {
  readonly line: ParsedLine | undefined
  readonly player: PlayerToken | undefined
  readonly ambiguous: boolean
}

function readFrom(cursor: Cursor, from: number, quote: number): SubjectReading | undefined {
  cursor.at = quote + 1
  const position = takePlace(cursor)
  const verb = takeVerb(cursor)
  if (verb === undefined) return undefined
  const teamless = verb === SWITCHED_TEAM ? readTeamlessToken(cursor.text, from, quote) : undefined
  const player = teamless ?? readToken(cursor.text, from, quote, position)
  if (player === undefined) return undefined
  return { line: verb.read(cursor, player), player, ambiguous: false }
}

/** Of two whole readings the one whose player is on the server; chat before all, when nobody knows. */
function decide(
  first: SubjectReading,
  readings: readonly SubjectReading[],
  isOnServer?: IsOnServer,
): SubjectReading {
  const known = isOnServer ? readings.filter(({ player }) => player !== undefined && isOnServer(player)) : []
  const [only] = known
  if (only !== undefined && known.length === 1) return only
  if (first.line?.kind === 'chat') return first
  return { line: undefined, player: undefined, ambiguous: true }
}

/**
 * Reads a line whose subject is the player behind the quote before `from`. Every place where his token may end is
 * tried; a reading counts only when it takes the whole line. Two of them mean that somebody's name or text imitates a
 * line.
 */
export function readPlayerLine(
  cursor: Cursor,
  from: number,
  isOnServer?: IsOnServer,
): SubjectReading | undefined {
  const { text } = cursor
  const limit = Math.min(cursor.end, from + FARTHEST_TOKEN)
  let first: SubjectReading | undefined
  let others: SubjectReading[] | undefined
  let partial: SubjectReading | undefined
  let tries = 0
  for (let at = text.indexOf('>"', from); at >= 0 && at < limit; at = text.indexOf('>"', at + 2)) {
    const reading = readFrom(cursor, from, at + 1)
    if (reading === undefined) continue
    if (reading.line === undefined) partial ??= reading
    else if (first === undefined) first = reading
    else others = [...(others ?? []), reading]
    tries += 1
    if (tries === MOST_READINGS || (reading.line?.kind === 'chat' && isOnServer === undefined)) break
  }
  if (first === undefined) return partial
  return others === undefined ? first : decide(first, [first, ...others], isOnServer)
}
