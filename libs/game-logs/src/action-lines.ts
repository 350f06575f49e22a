import { type Cursor, positionOf } from './cursor.ts'
import { hitOfTrigger } from './hit-lines.ts'
import type { LineBase } from './line-base.ts'
import type { ParsedLine } from './parsed-line.ts'
import { type PlayerToken, type Position, readToken } from './player-token.ts'
import { type Properties, readProperties } from './properties.ts'
import { statsOfTrigger } from './stats-lines.ts'
import { takePlace, type Verb } from './subject.ts'

/**
 * `"P<…>" triggered "Defused_The_Bomb" (position "1 2 3")`, `triggered a "dod_control_point" - "hill"`. Any code that
 * has no kind of its own.
 */
export interface PlayerActionLine extends LineBase {
  readonly kind: 'playerAction'
  readonly player: PlayerToken
  readonly action: string
  /** `triggered a` instead of `triggered`. */
  readonly article: boolean
  /** What stands behind the action: TFC's `with "Red Flag"`, DoD's `- "hill"`; '' without. */
  readonly detail: string
  readonly position: Position | undefined
  /** The token in `(objectowner "Name<…>")`. */
  readonly objectOwner: PlayerToken | undefined
  readonly properties: Properties
}

/** `"P<…>" triggered "domination" against "V<…>" (position "…") (victim_position "…")`, L4D's tongue grab. */
export interface PlayerPlayerActionLine extends LineBase {
  readonly kind: 'playerPlayerAction'
  readonly player: PlayerToken
  readonly victim: PlayerToken
  readonly action: string
  readonly article: boolean
  /** `against "V" with "weapon"`; '' without. */
  readonly weapon: string
  readonly position: Position | undefined
  readonly victimPosition: Position | undefined
  readonly properties: Properties
}

/** The player whose token is the value of a property. */
export function tokenOf(value: string | undefined): PlayerToken | undefined {
  return value === undefined ? undefined : readToken(value, 0, value.length, undefined)
}

function actorPosition(properties: Properties): Position | undefined {
  return positionOf(properties.position ?? properties.assister_position ?? properties.attacker_position)
}

/** Takes the player behind ` against "`: he ends at the last `>"` that does not close a property. */
function takeOpponent(cursor: Cursor): PlayerToken | undefined {
  const { text, at } = cursor
  let quote = text.lastIndexOf('>"') + 1
  while (quote > at && text.charCodeAt(quote + 1) === 41) quote = text.lastIndexOf('>"', quote - 2) + 1
  if (quote <= at) return undefined
  cursor.at = quote + 1
  return readToken(text, at, quote, takePlace(cursor))
}

/** ` with "weapon"`, ` - "hill"`: one word and a quoted text. */
function takeDetail(cursor: Cursor): string | undefined {
  if (!cursor.take(' ')) return undefined
  return cursor.until(' "') === undefined ? undefined : cursor.untilQuote()
}

function readAgainst(
  cursor: Cursor,
  player: PlayerToken,
  how: { action: string; article: boolean },
): ParsedLine | undefined {
  const start = cursor.at
  const word = cursor.take(' ') ? cursor.until(' "') : undefined
  const victim = word === undefined || word.includes(' ') ? undefined : takeOpponent(cursor)
  if (victim === undefined) {
    cursor.at = start
    return undefined
  }
  const weapon =
    cursor.peek() === 32 && cursor.text.charCodeAt(cursor.at + 1) !== 40 ? takeDetail(cursor) : ''
  const properties = readProperties(cursor)
  if (weapon === undefined || properties === undefined) return undefined
  const hit = hitOfTrigger(cursor, how.action, { player, victim }, properties)
  if (hit !== undefined) return hit
  return {
    kind: 'playerPlayerAction',
    time: cursor.time,
    stamp: cursor.stamp,
    player,
    victim,
    action: how.action,
    article: how.article,
    weapon,
    position: actorPosition(properties) ?? player.position,
    victimPosition: positionOf(properties.victim_position) ?? victim.position,
    properties,
  }
}

function readDetailed(
  cursor: Cursor,
  player: PlayerToken,
  how: { action: string; article: boolean },
): PlayerActionLine | undefined {
  const detail =
    cursor.peek() === 32 && cursor.text.charCodeAt(cursor.at + 1) !== 40 ? takeDetail(cursor) : ''
  if (detail === undefined) return undefined
  // TFC: `triggered "gainitem" with "Red Flag" at 1.0 2.0 3.0`
  const place = cursor.take(' at ') ? cursor.position() : undefined
  const properties = readProperties(cursor)
  if (properties === undefined) return undefined
  return {
    kind: 'playerAction',
    time: cursor.time,
    stamp: cursor.stamp,
    player,
    action: how.action,
    article: how.article,
    detail,
    position: actorPosition(properties) ?? place ?? player.position,
    objectOwner: tokenOf(properties.objectowner),
    properties,
  }
}

function readTriggered(article: boolean): Verb['read'] {
  return (cursor, player) => {
    const action = cursor.untilQuote()
    if (action === undefined) return undefined
    const how = { action, article }
    const next = cursor.text.charCodeAt(cursor.at + 1)
    if (!cursor.isDone() && next !== 40) {
      const against = readAgainst(cursor, player, how)
      if (against !== undefined) return against
    }
    const line = readDetailed(cursor, player, how)
    if (line === undefined || line.detail !== '') return line
    return (
      hitOfTrigger(cursor, action, { player, victim: undefined }, line.properties) ??
      statsOfTrigger(cursor, action, player, line.properties) ??
      line
    )
  }
}

export const ACTION_VERBS: readonly Verb[] = [
  { words: 'triggered "', read: readTriggered(false) },
  { words: 'triggered a "', read: readTriggered(true) },
]
