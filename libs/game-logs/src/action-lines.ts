import { type Cursor, positionOf } from './cursor.ts'
import { hitOfTrigger } from './hit-lines.ts'
import type { LineBase } from './line-base.ts'
import type { ParsedLine } from './parsed-line.ts'
import { type PlayerToken, type Position, readToken } from './player-token.ts'
import { NO_PROPERTIES, type Properties, readProperties } from './properties.ts'
import { statsOfTrigger } from './stats-lines.ts'
import { takeLastPlayer, takePlace, takePlayerBefore, type Verb } from './subject.ts'

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
  /** What stands behind the action: TFC's `with "Red Flag"`, DoD's `- "hill"`, CS2's `at bombsite A`; '' without. */
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
  /** `against "V" with "weapon"`, TFC's meters in `from a distance of 11 meters`; '' without. */
  readonly weapon: string
  readonly position: Position | undefined
  readonly victimPosition: Position | undefined
  readonly properties: Properties
}

const OPEN = 40

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

interface Trigger {
  readonly action: string
  readonly article: boolean
}

/** What stands between the quoted words and the properties, in the forms that mods and plugins write. */
interface Tail {
  detail: string
  place: Position | undefined
}

/** ` with "weapon"`, ` - "hill"`, ` at bombsite A`, ` at 1.0 2.0 3.0`, ` from a distance of 11 meters`; undefined for others. */
function takeTail(cursor: Cursor): Tail | undefined {
  const tail: Tail = { detail: '', place: undefined }
  if (cursor.take(' with "') || cursor.take(' - "')) {
    const detail = cursor.untilQuote()
    if (detail === undefined) return undefined
    tail.detail = detail
  }
  if (cursor.take(' at ')) {
    tail.place = cursor.position()
    if (tail.place === undefined) tail.detail = cursor.takeRest()
  } else if (cursor.take(' from a distance of ')) {
    tail.detail = cursor.until(' meters') ?? ''
  }
  return tail
}

function readAgainst(
  cursor: Cursor,
  player: PlayerToken,
  { action, article }: Trigger,
): ParsedLine | undefined {
  const word = cursor.take(' ') ? cursor.until(' "') : undefined
  const victim = word === undefined || word.includes(' ') ? undefined : takeOpponent(cursor)
  if (victim === undefined) return undefined
  const tail = takeTail(cursor)
  const properties = readProperties(cursor)
  if (tail === undefined || properties === undefined) return undefined
  return (
    hitOfTrigger(cursor, action, { player, victim }, properties) ?? {
      kind: 'playerPlayerAction',
      time: cursor.time,
      stamp: cursor.stamp,
      player,
      victim,
      action,
      article,
      weapon: tail.detail,
      position: actorPosition(properties) ?? player.position,
      victimPosition: positionOf(properties.victim_position) ?? victim.position,
      properties,
    }
  )
}

function readAlone(
  cursor: Cursor,
  player: PlayerToken,
  { action, article }: Trigger,
): ParsedLine | undefined {
  const tail = takeTail(cursor)
  const properties = readProperties(cursor)
  if (tail === undefined || properties === undefined) return undefined
  if (tail.detail === '') {
    const known =
      hitOfTrigger(cursor, action, { player, victim: undefined }, properties) ??
      statsOfTrigger(cursor, action, player, properties)
    if (known !== undefined) return known
  }
  return {
    kind: 'playerAction',
    time: cursor.time,
    stamp: cursor.stamp,
    player,
    action,
    article,
    detail: tail.detail,
    position: actorPosition(properties) ?? tail.place ?? player.position,
    objectOwner: tokenOf(properties.objectowner),
    properties,
  }
}

/** TF2 of 2010: `"P<…>" triggered "damage" 11`, `"P<…>" triggered "healed" 72 against "Q<…>"` */
function readBareAmount(cursor: Cursor, player: PlayerToken, action: string): ParsedLine | undefined {
  if (!cursor.take(' ')) return undefined
  const amount = cursor.number()
  const victim = cursor.take(' against "') ? takeLastPlayer(cursor) : undefined
  if (amount === undefined || !cursor.isDone()) return undefined
  const properties = action === 'healed' ? { healing: `${amount}` } : { damage: `${amount}` }
  return hitOfTrigger(cursor, action, { player, victim }, properties)
}

function readTriggered(article: boolean): Verb['read'] {
  return (cursor, player) => {
    const action = cursor.untilQuote()
    // A code that ends like a token is one: this name imitates a trigger.
    if (action === undefined || action.endsWith('>')) return undefined
    const { text, at } = cursor
    const isPlain = cursor.isDone() || text.charCodeAt(at + 1) === OPEN || text.charCodeAt(at) === OPEN
    const how = { action, article }
    const against = isPlain ? undefined : readAgainst(cursor, player, how)
    if (against !== undefined) return against
    cursor.at = at
    const alone = readAlone(cursor, player, how)
    if (alone !== undefined) return alone
    cursor.at = at
    return readBareAmount(cursor, player, action)
  }
}

/** Reads what follows `(TONGUE) Tongue grab starting.  Smoker:"`: L4D's only action that is no trigger. */
export function readTongueGrab(cursor: Cursor): PlayerPlayerActionLine | undefined {
  const player = takePlayerBefore(cursor, '. Victim:"')
  if (player === undefined || !cursor.take('. Victim:"')) return undefined
  const victim = takeLastPlayer(cursor)
  if (victim === undefined) return undefined
  return {
    kind: 'playerPlayerAction',
    time: cursor.time,
    stamp: cursor.stamp,
    player,
    victim,
    action: 'tongue_grab',
    article: false,
    weapon: '',
    position: player.position,
    victimPosition: victim.position,
    properties: NO_PROPERTIES,
  }
}

export const ACTION_VERBS: readonly Verb[] = [
  { words: 'triggered "', read: readTriggered(false) },
  { words: 'triggered a "', read: readTriggered(true) },
]
