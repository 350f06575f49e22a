import { readTongueGrab } from './action-lines.ts'
import type { Cursor } from './cursor.ts'
import { readDystopia } from './dystopia-lines.ts'
import { readAccolade, readGameOver, readMarker, readMatchFlow, readMatchStatus } from './match-lines.ts'
import type { ParsedLine, UnrecognisedLine } from './parsed-line.ts'
import { readBracketLine } from './plugin-lines.ts'
import { readConsoleRcon, readGoldSrcRcon, readSourceRcon } from './rcon-lines.ts'
import {
  readCvar,
  readCvarList,
  readJsonPart,
  readLogClosed,
  readLogStarted,
  readMapLoading,
  readMapStarted,
  readProjectile,
  readServerMessage,
} from './server-lines.ts'
import { readTeamLine, readTeamName } from './team-lines.ts'
import { readAuthFailure, readVote, readVoteDetails } from './vote-lines.ts'
import { readWorldLine } from './world-lines.ts'

/** How a line that no player begins may start, and the reader of what follows. */
export interface Opening {
  readonly words: string
  readonly subject: UnrecognisedLine['subject']
  readonly read: (cursor: Cursor) => ParsedLine | undefined
}

function opening(words: string, read: Opening['read'], subject: Opening['subject'] = 'server'): Opening {
  return { words, subject, read }
}

const OPENINGS: readonly Opening[] = [
  opening('World triggered "', readWorldLine, 'world'),
  opening('Team "', readTeamLine, 'team'),
  opening('Team playing "', readTeamName, 'team'),
  opening('rcon from "', readSourceRcon),
  opening('Rcon: "rcon ', readGoldSrcRcon(true)),
  opening('Bad Rcon: "rcon ', readGoldSrcRcon(false)),
  opening('rcon ', readConsoleRcon),
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
  opening('Console say "', readServerMessage('say')),
  opening('Server name is "', readServerMessage('name')),
  opening('Server shutdown', readServerMessage('shutdown')),
  opening('server_message: "', readServerMessage('message')),
  opening('MatchStatus: ', readMatchStatus, 'team'),
  opening('Game Over: ', readGameOver),
  opening('ACCOLADE, ', readAccolade),
  opening('Starting Freeze period', readMatchFlow('freezePeriod')),
  opening('Match pause is enabled', readMatchFlow('paused')),
  opening('Match pause is disabled', readMatchFlow('unpaused')),
  opening('Tournament mode ', readMatchFlow('tournament')),
  opening('Game reset ', readMatchFlow('reset')),
  opening('eBot triggered ', readMarker('eBot')),
  opening('Get5Event: ', readMarker('Get5')),
  opening('get5_event: ', readMarker('Get5')),
  opening('KTP_', readMarker('KTP')),
  opening('(TONGUE) Tongue grab starting.  Smoker:"', readTongueGrab, 'player'),
  opening('JSON_BEGIN{', readJsonPart('begin')),
  opening('}', readJsonPart('end')),
  opening('weapon { ', readDystopia('weapon')),
  opening('join_class { ', readDystopia('join_class')),
  opening('change_class { ', readDystopia('change_class')),
  opening('objective { ', readDystopia('objective')),
  opening('Molotov projectile spawned at ', readProjectile('Molotov')),
  opening('Pipe bomb projectile spawned at ', readProjectile('Pipe bomb')),
  opening('Spitter projectile spawned at ', readProjectile('Spitter')),
  opening('VomitJar projectile spawned at ', readProjectile('VomitJar')),
  opening('Vote succeeded "', readVote(true)),
  opening('Vote failed "', readVote(false)),
  opening('Kick Vote details:  VoteInitiatorSteamID: ', readVoteDetails),
  opening('STEAMAUTH: Client ', readAuthFailure),
  opening('[', readBracketLine),
]

const BY_LETTER: readonly (readonly Opening[])[] = Array.from({ length: 128 }, (_, code) =>
  OPENINGS.filter(({ words }) => words.charCodeAt(0) === code),
)

/** The openings that share the letter which stands at the cursor. */
export function openingsAt(cursor: Cursor): readonly Opening[] {
  return BY_LETTER[cursor.peek()] ?? []
}
