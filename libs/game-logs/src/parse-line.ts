import { Cursor } from './cursor.ts'
import { readEngineMessage } from './engine-lines.ts'
import { findStamp, readStamp, skipWrapper } from './log-time.ts'
import { openingsAt } from './openings.ts'
import type { ParsedLine, UnrecognisedLine } from './parsed-line.ts'
import { type IsOnServer, readPlayerLine } from './player-line.ts'
import { withoutSecrets } from './rcon-lines.ts'
import { readCvar, readJsonInner } from './server-lines.ts'
import { readBareScore } from './team-lines.ts'

const QUOTE = 34

interface Found {
  readonly subject: UnrecognisedLine['subject']
  readonly player?: UnrecognisedLine['player']
  readonly reason?: UnrecognisedLine['reason']
}

function unrecognised(cursor: Cursor, found: Found): UnrecognisedLine {
  return {
    kind: 'unrecognised',
    time: cursor.time,
    stamp: cursor.stamp,
    text: withoutSecrets(cursor.text.slice(cursor.bodyAt, cursor.end)),
    subject: found.subject,
    player: found.player,
    reason: found.reason ?? 'unknown',
  }
}

/** Lines that a quote begins and no player: what a list of cvars, a JSON block or DoD's score hold. */
const QUOTED = [readCvar(' = "'), readJsonInner, readBareScore]

function readQuotedLine(cursor: Cursor, isOnServer?: IsOnServer): ParsedLine {
  const start = cursor.at
  const reading = readPlayerLine(cursor, start + 1, isOnServer)
  if (reading?.line !== undefined) return reading.line
  if (reading?.ambiguous) return unrecognised(cursor, { subject: 'player', reason: 'ambiguous' })
  if (reading !== undefined) return unrecognised(cursor, { subject: 'player', player: reading.player })
  for (const read of QUOTED) {
    cursor.at = start + 1
    const line = read(cursor)
    if (line !== undefined) return line
  }
  return unrecognised(cursor, { subject: 'none' })
}

/** What stands before some players: L4D's events, superlogs, kicks, bans. */
const PREFIXES = ['(DEATH)"', '(INCAP)"', '(INCAP) "', '[STATSME] "', 'Kick: "', 'Banid: "', 'Player "']

function takePrefix(cursor: Cursor): boolean {
  const code = cursor.peek()
  // Only `(`, `[`, `K`, `B` and `P` begin one.
  if (code !== 40 && code !== 91 && code !== 75 && code !== 66 && code !== 80) return false
  for (const prefix of PREFIXES) {
    if (cursor.take(prefix)) {
      cursor.at -= 1
      return true
    }
  }
  return false
}

function readBody(cursor: Cursor, isOnServer?: IsOnServer): ParsedLine {
  const start = cursor.at
  if (cursor.isDone()) return unrecognised(cursor, { subject: 'none', reason: 'empty' })
  if (cursor.peek() === QUOTE || takePrefix(cursor)) return readQuotedLine(cursor, isOnServer)
  let subject: UnrecognisedLine['subject'] = 'none'
  for (const { words, subject: named, read } of openingsAt(cursor)) {
    if (!cursor.take(words)) continue
    const line = read(cursor)
    if (line !== undefined) return line
    subject = named
    cursor.at = start
  }
  return readEngineMessage(cursor) ?? unrecognised(cursor, { subject })
}

const MOST_GLUED = 4

/** A stamp inside a name is the player's own: the token that began the line must have ended before it. */
function isInsideName({ text, bodyAt }: Cursor, seam: number): boolean {
  if (text.charCodeAt(bodyAt) !== QUOTE) return false
  const tokenEnd = text.indexOf('>"', bodyAt)
  return tokenEnd < 0 || tokenEnd > seam
}

/**
 * A line that nothing reads may be two: the first was cut, and the second written behind it. The second counts only
 * when it is whole. What somebody typed never comes here: chat and commands are taken to the end of the line.
 */
function readGlued(cursor: Cursor, line: ParsedLine, depth: number, isOnServer?: IsOnServer): ParsedLine {
  if (line.kind !== 'unrecognised' || line.reason === 'ambiguous' || depth === MOST_GLUED) return line
  const { text, bodyAt, time, stamp } = cursor
  const seam = findStamp(text, bodyAt + 1)
  if (seam < 0 || isInsideName(cursor, seam)) return line
  const second = parse(text.slice(seam), depth + 1, isOnServer)
  if (second.kind === 'unrecognised') return line
  return { kind: 'glued', time, stamp, first: parse(text.slice(0, seam), MOST_GLUED), second }
}

function parse(text: string, depth: number, isOnServer?: IsOnServer): ParsedLine {
  const cursor = new Cursor(text)
  if (!readStamp(cursor)) skipWrapper(cursor)
  return readGlued(cursor, readBody(cursor, isOnServer), depth, isOnServer)
}

/**
 * Reads one line of a game server's log, with or without its stamp. Never throws and takes time linear in the line;
 * what it does not know comes back as `unrecognised`. `isOnServer` decides between two whole readings of a line.
 */
export function parseLine(line: string, isOnServer?: IsOnServer): ParsedLine {
  return parse(line, 0, isOnServer)
}
