import { Cursor } from './cursor.ts'
import { readStamp } from './log-time.ts'
import { readAccolade, readGameOver, readMarker, readMatchFlow, readMatchStatus } from './match-lines.ts'
import type { ParsedLine, UnrecognisedLine } from './parsed-line.ts'
import { type IsOnServer, readPlayerLine } from './player-line.ts'
import { readBracketLine } from './plugin-lines.ts'
import { readGoldSrcRcon, readSourceRcon } from './rcon-lines.ts'
import {
  readCvar,
  readCvarList,
  readLogClosed,
  readLogStarted,
  readMapLoading,
  readMapStarted,
  readServerMessage,
} from './server-lines.ts'
import { readTeamLine, readTeamName } from './team-lines.ts'
import { readWorldLine } from './world-lines.ts'

/** How a line that no player begins may start, and the reader of what follows. */
interface Opening {
  readonly words: string
  readonly subject: UnrecognisedLine['subject']
  readonly read: (cursor: Cursor) => ParsedLine | undefined
}

function opening(words: string, read: Opening['read'], subject: Opening['subject'] = 'server'): Opening {
  return { words, subject, read }
}

const QUOTE = 34

const OPENINGS: readonly Opening[] = [
  opening('World triggered "', readWorldLine, 'world'),
  opening('Team "', readTeamLine, 'team'),
  opening('Team playing "', readTeamName, 'team'),
  opening('rcon from "', readSourceRcon),
  opening('Rcon: "rcon ', readGoldSrcRcon(true)),
  opening('Bad Rcon: "rcon ', readGoldSrcRcon(false)),
  opening('Loading map "', readMapLoading),
  opening('Started map "', readMapStarted),
  opening('Started:  "', readMapStarted),
  opening('Log file started', readLogStarted),
  opening('Log file closed', readLogClosed),
  opening('server_cvar: "', readCvar(' "')),
  opening('Server cvar "', readCvar(' = "')),
  opening('server cvar "', readCvar(' = "')),
  opening('Server cvars start', readCvarList('start')),
  opening('server cvars start', readCvarList('start')),
  opening('Server cvars end', readCvarList('end')),
  opening('server cvars end', readCvarList('end')),
  opening('Server say "', readServerMessage('say')),
  opening('Server name is "', readServerMessage('name')),
  opening('Server shutdown', readServerMessage('shutdown')),
  opening('server_message: "', readServerMessage('message')),
  opening('MatchStatus: ', readMatchStatus),
  opening('Game Over: ', readGameOver),
  opening('ACCOLADE, ', readAccolade),
  opening('Starting Freeze period', readMatchFlow('freezePeriod', 'Starting Freeze period')),
  opening('Match pause is enabled', readMatchFlow('paused', 'Match pause is enabled')),
  opening('Match pause is disabled', readMatchFlow('unpaused', 'Match pause is disabled')),
  opening('eBot triggered ', readMarker('eBot')),
  opening('Get5Event: ', readMarker('Get5')),
  opening('[', readBracketLine),
]

const OPENINGS_BY_LETTER: readonly (readonly Opening[])[] = Array.from({ length: 128 }, (_, code) =>
  OPENINGS.filter(({ words }) => words.charCodeAt(0) === code),
)

const readBareCvar = readCvar(' = "')

interface Found {
  readonly subject: UnrecognisedLine['subject']
  readonly player?: UnrecognisedLine['player']
  readonly reason?: UnrecognisedLine['reason']
}

function unrecognised(cursor: Cursor, from: number, found: Found): UnrecognisedLine {
  return {
    kind: 'unrecognised',
    time: cursor.time,
    stamp: cursor.stamp,
    text: cursor.text.slice(from, cursor.end),
    subject: found.subject,
    player: found.player,
    reason: found.reason ?? 'unknown',
  }
}

function readQuotedLine(cursor: Cursor, isOnServer?: IsOnServer): ParsedLine {
  const start = cursor.at
  const reading = readPlayerLine(cursor, start + 1, isOnServer)
  if (reading?.line !== undefined) return reading.line
  if (reading?.ambiguous) return unrecognised(cursor, start, { subject: 'player', reason: 'ambiguous' })
  if (reading !== undefined) return unrecognised(cursor, start, { subject: 'player', player: reading.player })
  cursor.at = start + 1
  return readBareCvar(cursor) ?? unrecognised(cursor, start, { subject: 'none' })
}

/** What stands before some players: L4D's events, superlogs, kicks. */
const PREFIXES = ['(DEATH)"', '(INCAP)"', '[STATSME] "', 'Kick: "']

function takePrefix(cursor: Cursor): boolean {
  const code = cursor.peek()
  if (code !== 40 && code !== 91 && code !== 75) return false
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
  if (cursor.isDone()) return unrecognised(cursor, start, { subject: 'none', reason: 'empty' })
  if (cursor.peek() === QUOTE || takePrefix(cursor)) return readQuotedLine(cursor, isOnServer)
  let subject: UnrecognisedLine['subject'] = 'none'
  for (const { words, subject: named, read } of OPENINGS_BY_LETTER[cursor.peek()] ?? []) {
    if (!cursor.take(words)) continue
    const line = read(cursor)
    if (line !== undefined) return line
    subject = named
    cursor.at = start
  }
  return unrecognised(cursor, start, { subject })
}

/**
 * Reads one line of a game server's log, with or without its stamp. Never throws and takes time linear in the line;
 * what it does not know comes back as `unrecognised`. `isOnServer` decides between two whole readings of a line.
 */
export function parseLine(line: string, isOnServer?: IsOnServer): ParsedLine {
  const cursor = new Cursor(line)
  readStamp(cursor)
  return readBody(cursor, isOnServer)
}
