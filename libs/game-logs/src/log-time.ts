import type { Cursor } from './cursor.ts'

/** A moment on the wall clock of a game server, without its time zone. */
export interface LogTime {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** 0 where the stamp has none. */
  readonly millisecond: number
}

const SLASH = 47
const COLON = 58
const POINT = 46
const DASH = 45
const SPACE = 32
const QUOTE = 34
const LETTER_L = 76
const DAYS_IN_MONTH = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
// 'MM/DD/YYYY - HH:MM:SS'
const STAMP_LENGTH = 21

/** Two digits as a number; -1 when they are none. */
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

function isFrame(text: string, at: number): boolean {
  return (
    text.charCodeAt(at + 2) === SLASH &&
    text.charCodeAt(at + 5) === SLASH &&
    text.charCodeAt(at + 10) === SPACE &&
    text.charCodeAt(at + 11) === DASH &&
    text.charCodeAt(at + 12) === SPACE &&
    text.charCodeAt(at + 15) === COLON &&
    text.charCodeAt(at + 18) === COLON
  )
}

function isPossible({ year, month, day, hour, minute, second }: LogTime): boolean {
  const days = DAYS_IN_MONTH[month] ?? 0
  if (day < 1 || day > days || hour > 23 || minute > 59 || second > 59) return false
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
}

function readMilliseconds(text: string, at: number): number {
  if (text.charCodeAt(at) !== POINT) return -1
  const tenths = text.charCodeAt(at + 1) - 48
  const rest = pair(text, at + 2)
  return tenths >= 0 && tenths <= 9 && rest >= 0 ? tenths * 100 + rest : -1
}

/** Where the text behind a stamp starts: a colon or a dash, with any blanks around it; -1 when there is neither. */
function behindSeparator(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) === SPACE) at += 1
  const mark = text.charCodeAt(at)
  if (mark !== COLON && mark !== DASH) return -1
  at += 1
  return text.charCodeAt(at) === SPACE ? at + 1 : at
}

/** Takes a stamp that begins here, with or without `L `; false, and nothing taken, when there is none. */
export function readStamp(cursor: Cursor): boolean {
  const { text } = cursor
  let at = cursor.at
  if (text.charCodeAt(at) === LETTER_L && text.charCodeAt(at + 1) === SPACE) at += 2
  if (!isFrame(text, at)) return false
  const century = pair(text, at + 6)
  const yearOfCentury = pair(text, at + 8)
  const month = pair(text, at)
  const day = pair(text, at + 3)
  const hour = pair(text, at + 13)
  const minute = pair(text, at + 16)
  const second = pair(text, at + 19)
  // One negative is enough to make the sign of all.
  if ((century | yearOfCentury | month | day | hour | minute | second) < 0) return false
  at += STAMP_LENGTH
  const fraction = readMilliseconds(text, at)
  const body = behindSeparator(text, fraction < 0 ? at : at + 4)
  if (body < 0) return false
  const year = century * 100 + yearOfCentury
  const time = { year, month, day, hour, minute, second, millisecond: Math.max(fraction, 0) }
  const possible = isPossible(time)
  cursor.at = body
  cursor.bodyAt = body
  cursor.time = possible ? time : undefined
  cursor.stamp = possible ? 'valid' : 'impossible'
  return true
}

/** Where the next stamp with `L ` begins at or after `from`; -1 when there is none. */
export function findStamp(text: string, from: number): number {
  for (let at = text.indexOf('L ', from); at >= 0; at = text.indexOf('L ', at + 1)) {
    if (isFrame(text, at + 2)) return at
  }
  return -1
}

// `[2025-08-19T16:03:38Z] 18a5c248-c891-42a6-b72e-af0b184937c1: ` is the longest that was seen.
const LONGEST_WRAPPER = 96

/**
 * Files that other programs wrote hold something before the stamp: a server's name, their own time, the engine's head
 * as text. It has no quote in it, so that nothing a player wrote is ever passed. A time without a date is no stamp, and
 * passed too.
 */
export function skipWrapper(cursor: Cursor): void {
  const { text, end } = cursor
  const last = Math.min(end, LONGEST_WRAPPER)
  for (let at = cursor.at; at < last && text.charCodeAt(at) !== QUOTE; at += 1) {
    if (text.charCodeAt(at + 2) !== SLASH || !isFrame(text, at)) continue
    const isMarked = text.charCodeAt(at - 2) === LETTER_L && text.charCodeAt(at - 1) === SPACE
    cursor.at = isMarked ? at - 2 : at
    if (readStamp(cursor)) return
  }
  cursor.at = 0
  cursor.skipBlanks()
  if (text.charCodeAt(cursor.at + 2) === COLON && text.startsWith(': ', cursor.at + 8)) {
    const isTime = (pair(text, cursor.at) | pair(text, cursor.at + 3) | pair(text, cursor.at + 6)) >= 0
    if (isTime) cursor.at += 10
  }
  cursor.bodyAt = cursor.at
}
