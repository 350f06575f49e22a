import type { NotCounted } from '@hlstats/events'
import type { LineOf } from '@hlstats/game-logs'
import { banReason } from './bans.ts'
import { isChatCommand } from './chat-commands.ts'
import { putPending, putPlayer } from './game-server.ts'
import { presenceGate } from './gates.ts'
import { pendingKey } from './identity.ts'
import { cut, LIMITS } from './limits.ts'
import {
  botGate,
  connect,
  current,
  INFERRED,
  leave,
  type Sighting,
  see,
  selectRole,
  selectTeam,
  switchTeam,
} from './roster.ts'
import { emit, refOf, type Turn } from './turn.ts'
import { count } from './weapons.ts'

export function handleConnect(turn: Turn, line: LineOf<'connect'>): void {
  const address = cut(line.address, LIMITS.address)
  const player = see(turn, line.player, { address })
  if (player === undefined) return
  const entry = current(turn, player)
  // LAN mode knows a person by this address until he leaves; a pending id gets its connect event when it is known.
  if (!player.identity.known || (turn.settings.mode === 'LAN' && address !== '')) {
    putPending(turn.server, pendingKey(player.identity), { address, at: turn.at })
  }
  if (entry !== undefined) connect(turn, entry, address)
}

/** CS:GO validates everybody, and its connect lines may come without a usable address or id. */
export function handleValidated(turn: Turn, line: LineOf<'validated'>): void {
  const csgo = turn.settings.family === 'csgo'
  const player = see(turn, line.player, { create: csgo })
  const entry = player && current(turn, player)
  if (csgo && entry !== undefined && !entry.connected) connect(turn, entry, '')
}

export function handleEntry(turn: Turn, line: LineOf<'entry'>): void {
  const player = see(turn, line.player)
  if (player !== undefined) emit(turn, 'PLAYER_ENTRY', { player: player.ref }, humanGate(turn, player))
}

export function handleDisconnect(turn: Turn, line: LineOf<'disconnect'>): void {
  const player = see(turn, line.player, { create: false })
  if (player === undefined) return
  const entry = current(turn, player)
  putPendingGone(turn, player)
  banReason(turn, player, line.reason)
  if (entry !== undefined) leave(turn, entry, cut(line.reason, LIMITS.text), false)
}

export function handleJoinTeam(turn: Turn, line: LineOf<'joinTeam'>): void {
  // CS:GO also switches to no team whoever has just disconnected.
  const player = see(turn, line.player, { create: !line.switched })
  const entry = player && current(turn, player)
  if (entry === undefined) return
  const select = line.switched ? switchTeam : selectTeam
  select(turn, entry, cut(line.team, LIMITS.team))
}

export function handleChangeRole(turn: Turn, line: LineOf<'changeRole'>): void {
  const player = see(turn, line.player)
  const entry = player && current(turn, player)
  if (entry !== undefined) selectRole(turn, entry, cut(line.role, LIMITS.role))
}

/** Where the name is the identity, the player of the old name is gone; the next line brings the other one. */
export function handleChangeName(turn: Turn, line: LineOf<'changeName'>): void {
  const player = see(turn, line.player)
  const entry = player && current(turn, player)
  if (entry === undefined) return
  const renamed = { ...entry, name: cut(line.name, LIMITS.name) }
  const data = { player: refOf(renamed), previousName: entry.name }
  emit(turn, 'PLAYER_CHANGE_NAME', data, botGate(turn, entry))
  if (turn.settings.mode === 'NameTrack' || entry.bot) leave(turn, entry, INFERRED.renamed, true)
  else putPlayer(turn.server, renamed)
}

export function handleClanTag(turn: Turn, line: LineOf<'clanTag'>): void {
  // Without a tag the line is a mere greeting, with the team he has not joined yet.
  if (line.tag === '') return
  const player = see(turn, line.player)
  if (player === undefined) return
  const data = { player: player.ref, tag: cut(line.tag, LIMITS.tag) }
  emit(turn, 'PLAYER_CLAN_TAG', data, presenceGate(turn, [player]))
}

export function handleLatency(turn: Turn, line: LineOf<'latency'>): void {
  const player = see(turn, line.player, { create: false })
  if (player === undefined) return
  emit(turn, 'PLAYER_LATENCY', { player: player.ref, pingMs: count(line.pingMs) }, humanGate(turn, player))
}

export function handleTime(turn: Turn, line: LineOf<'time'>): void {
  const player = see(turn, line.player, { create: false })
  if (player === undefined) return
  emit(turn, 'PLAYER_TIME', { player: player.ref, seconds: count(line.seconds) }, humanGate(turn, player))
}

export function handleChat(turn: Turn, line: LineOf<'chat'>): void {
  const player = see(turn, line.player)
  if (player === undefined) return
  const data = {
    player: player.ref,
    mode: line.mode,
    message: cut(line.message, LIMITS.chat),
    command: isChatCommand(line.message),
    dead: line.dead,
  }
  emit(turn, 'CHAT_MESSAGE', data, humanGate(turn, player))
}

function humanGate(turn: Turn, player: Sighting): true | NotCounted {
  return player.ref.bot ? 'bot' : presenceGate(turn, [player])
}

function putPendingGone(turn: Turn, player: Sighting): void {
  const key = pendingKey(player.identity)
  if (turn.server.pendingConnects.has(key)) putPending(turn.server, key, undefined)
}
