import type { LineOf } from '@hlstats/game-logs'
import { find, type Sighting } from './roster.ts'
import { emit, type Turn } from './turn.ts'

/** Whom a server bans by id. A ban without a logged term may be one of minutes: it says nothing. */
export function handleBan(turn: Turn, line: LineOf<'ban'>): void {
  const player = find(turn, line.player)
  if (player === undefined || !mayBeBanned(player) || line.minutes < 0) return
  emit(turn, 'PLAYER_BAN', { player: player.ref, minutes: Math.ceil(line.minutes), source: 'banid' })
}

const VAC = 'VAC banned from secure server'
const STEAMBANS = 'You have been banned, visit www.steambans.com'

/** A reason to disconnect that says that the player is banned everywhere. He often never got as far as the game. */
export function banReason(turn: Turn, player: Sighting, reason: string): void {
  if (!mayBeBanned(player)) return
  const source = reason.includes(VAC) ? 'vac' : 'steambans'
  if (source === 'vac' || reason.includes(STEAMBANS)) {
    emit(turn, 'PLAYER_BAN', { player: player.ref, minutes: 0, source })
  }
}

function mayBeBanned({ identity }: Sighting): boolean {
  return identity.known && !identity.bot
}
