import type { LineKind, LineOf, ParsedLine } from '@hlstats/game-logs'
import { handleKillPet, handlePlayerAction, handlePlayerPlayerAction } from './actions.ts'
import { handleBan } from './bans.ts'
import { handleDystopia } from './dystopia.ts'
import { type GameServer, setMarks } from './game-server.ts'
import { handleIncap, handleKill, handleSuicide } from './kills.ts'
import { cut, LIMITS } from './limits.ts'
import { handleMapLoading, handleMapStarted } from './maps.ts'
import * as matches from './match-state.ts'
import { positions } from './positions.ts'
import * as presence from './presence.ts'
import { find } from './roster.ts'
import { handleTeamLine, handleWorldAction } from './rounds.ts'
import type { ServerSettings } from './server-settings.ts'
import { sweep } from './sweep.ts'
import { type DraftEvent, emit, newTurn, type Turn } from './turn.ts'
import * as weapons from './weapons.ts'

type Handlers = { readonly [K in LineKind]?: (turn: Turn, line: LineOf<K>) => void }

const HANDLERS: Handlers = {
  kill: handleKill,
  incap: handleIncap,
  suicide: handleSuicide,
  killPet: handleKillPet,
  assist: weapons.handleAssist,
  attack: weapons.handleAttack,
  damage: weapons.handleDamage,
  heal: weapons.handleHeal,
  shot: weapons.handleShot,
  weaponStats: weapons.handleWeaponStats,
  weaponTargets: weapons.handleWeaponTargets,
  killLocation: (turn, line) =>
    setMarks(turn.server, {
      killerPosition: positions({ at: line.playerPosition }).at ?? null,
      victimPosition: positions({ at: line.victimPosition }).at ?? null,
    }),
  playerAction: handlePlayerAction,
  playerPlayerAction: handlePlayerPlayerAction,
  teamAction: handleTeamLine,
  worldAction: handleWorldAction,
  teamScore: matches.handleTeamScore,
  teamName: matches.handleTeamName,
  matchStatus: matches.handleMatchStatus,
  gameOver: matches.handleGameOver,
  matchMarker: matches.handleMatchMarker,
  jsonPart: matches.handleJsonPart,
  connect: presence.handleConnect,
  validated: presence.handleValidated,
  entry: presence.handleEntry,
  disconnect: presence.handleDisconnect,
  joinTeam: presence.handleJoinTeam,
  changeRole: presence.handleChangeRole,
  changeName: presence.handleChangeName,
  clanTag: presence.handleClanTag,
  ban: handleBan,
  latency: presence.handleLatency,
  time: presence.handleTime,
  chat: presence.handleChat,
  dystopiaRecord: handleDystopia,
  mapLoading: handleMapLoading,
  mapStarted: handleMapStarted,
  rcon: (turn, { ok, address, command }) =>
    emit(turn, 'RCON_COMMAND', {
      ok,
      address: cut(address, LIMITS.address),
      command: cut(command, LIMITS.command),
    }),
  adminMessage: (turn, { source, text, playerName }) =>
    emit(turn, 'ADMIN_MESSAGE', {
      source: cut(source, LIMITS.adminSource),
      message: cut(text, LIMITS.adminMessage),
      playerName: cut(playerName, LIMITS.name),
    }),
}

/** A line that is not two glued into one. */
export type SingleLine = Exclude<ParsedLine, LineOf<'glued'>>

/** The lines in a line: one, but where a server glued several together. */
export function singleLines(line: ParsedLine): SingleLine[] {
  return line.kind === 'glued' ? [...singleLines(line.first), ...singleLines(line.second)] : [line]
}

/**
 * What one line of a server's log means: the events it gives, and the state of the server after it. The same lines give
 * the same events, whenever and however often they are read: the only clock is the line's own.
 */
export function advance(
  server: GameServer,
  settings: ServerSettings,
  line: SingleLine,
  at: number,
): DraftEvent[] {
  const turn = newTurn(server, settings, at)
  const handle = HANDLERS[line.kind] as ((turn: Turn, line: ParsedLine) => void) | undefined
  if (handle !== undefined) handle(turn, line)
  else stillThere(turn, line)
  sweep(turn)
  return turn.events
}

/**
 * Lines about things say who is still there, no more: they come with teams that a player is not in (yet), CS2 puts an
 * arbitrary id on bots that leave a buy zone, and numbers everybody differently in its lines about money.
 */
function stillThere(turn: Turn, line: ParsedLine): void {
  if (line.kind === 'unrecognised' || line.kind === 'money') return
  if ('player' in line && line.player !== undefined) find(turn, line.player)
}
