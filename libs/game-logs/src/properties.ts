import type { Cursor } from './cursor.ts'
import { readToken } from './player-token.ts'

/** `(key "value")`, `(key value)`; a bare `(key)` has the value '1'. A repeated key keeps its last value. */
export type Properties = Readonly<Record<string, string>>

// Without a prototype, so that no key of a log line meets a member of Object.
class PropertyBag {
  [key: string]: string
}
Object.setPrototypeOf(PropertyBag.prototype, null)
Reflect.deleteProperty(PropertyBag.prototype, 'constructor')

/** What a line without properties has. */
export const NO_PROPERTIES: Properties = Object.freeze(new PropertyBag())

const SPACE = 32
const QUOTE = 34
const OPEN = 40
const CLOSE = 41

/** Where the value ends whose text starts at `from`: at the `")` that the list goes on or ends behind; -1 without. */
function valueEnd(cursor: Cursor, from: number): number {
  const { text, end } = cursor
  for (let at = text.indexOf('")', from); at >= 0 && at < end; at = text.indexOf('")', at + 1)) {
    let next = at + 2
    while (next < end && text.charCodeAt(next) <= SPACE) next += 1
    if (next >= end || text.charCodeAt(next) === OPEN) return at
  }
  return -1
}

/**
 * Where the value ends that is a player, whose name may hold anything. Behind an owner the server writes only numbers
 * and codes, so his token ends at the last `>")`; one of several players ends where his token is whole.
 */
function tokenValueEnd(cursor: Cursor, from: number, key: string): number {
  const { text, end } = cursor
  if (key === 'objectowner') {
    const last = text.lastIndexOf('>")', end)
    return last < from ? valueEnd(cursor, from) : last + 1
  }
  for (let at = text.indexOf('>")', from); at >= 0 && at < end; at = text.indexOf('>")', at + 1)) {
    const isEnd = at + 3 >= end || text.startsWith(' (', at + 3)
    if (isEnd && readToken(text, from, at + 1, undefined) !== undefined) return at + 1
  }
  return valueEnd(cursor, from)
}

function isTokenKey(key: string): boolean {
  return key === 'objectowner' || (key.startsWith('player') && key.length <= 9)
}

function readProperty(cursor: Cursor, bag: PropertyBag): boolean {
  const { text } = cursor
  const from = cursor.at + 1
  let at = from
  for (let code = text.charCodeAt(at); code > SPACE && code !== CLOSE; code = text.charCodeAt(++at)) {
    if (code === QUOTE) return false
  }
  const key = text.slice(from, at)
  if (text.charCodeAt(at) === CLOSE) {
    bag[key] = '1'
    cursor.at = at + 1
    return at > from
  }
  while (text.charCodeAt(at) === SPACE) at += 1
  if (text.charCodeAt(at) === QUOTE) {
    const close = isTokenKey(key) ? tokenValueEnd(cursor, at + 1, key) : valueEnd(cursor, at + 1)
    if (close < 0) return false
    bag[key] = text.slice(at + 1, close)
    cursor.at = close + 2
    return true
  }
  const close = text.indexOf(')', at)
  if (close < 0) return false
  bag[key] = text.slice(at, close)
  cursor.at = close + 1
  return true
}

/** Takes properties to the end of the line; undefined when anything else stands there. */
export function readProperties(cursor: Cursor): Properties | undefined {
  cursor.skipBlanks()
  if (cursor.isDone()) return NO_PROPERTIES
  const bag = new PropertyBag()
  while (!cursor.isDone()) {
    if (cursor.peek() !== OPEN || !readProperty(cursor, bag)) return undefined
    cursor.skipBlanks()
  }
  return bag
}
