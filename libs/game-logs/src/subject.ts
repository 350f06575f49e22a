import type { Cursor } from './cursor.ts'
import type { ParsedLine } from './parsed-line.ts'
import { type PlayerToken, type Position, readToken } from './player-token.ts'

/** What may stand behind a player: the words, and the reader of what follows them. */
export interface Verb {
  readonly words: string
  readonly read: (cursor: Cursor, player: PlayerToken) => ParsedLine | undefined
}

const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93

/** Takes ` [x y z]`; undefined, and nothing taken, when there is none. */
export function takePlace(cursor: Cursor): Position | undefined {
  const start = cursor.at
  const { text } = cursor
  if (text.charCodeAt(start + 1) !== OPEN_BRACKET || text.charCodeAt(start) !== 32) return undefined
  cursor.at = start + 2
  const position = cursor.position()
  if (position !== undefined && cursor.peek() === CLOSE_BRACKET) {
    cursor.at += 1
    return position
  }
  cursor.at = start
  return undefined
}

/**
 * Takes the player behind an opening quote that ends at the last `>"` of the line, and the place behind him. Where
 * only words of the server follow a second player, no name can move that end.
 */
export function takeLastPlayer(cursor: Cursor): PlayerToken | undefined {
  const { text, at } = cursor
  const quote = text.lastIndexOf('>"') + 1
  if (quote <= at) return undefined
  cursor.at = quote + 1
  const position = takePlace(cursor)
  return readToken(text, at, quote, position)
}

/** Takes the player behind an opening quote that ends at the first `>"` before `follower`. */
export function takePlayerBefore(cursor: Cursor, follower: string): PlayerToken | undefined {
  const { text, at } = cursor
  const quote = text.indexOf(`>"${follower}`, at) + 1
  if (quote === 0) return undefined
  cursor.at = quote + 1
  return readToken(text, at, quote, undefined)
}
