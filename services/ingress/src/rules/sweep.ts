import { everybody, putPending, setSweptAt } from './game-server.ts'
import { INFERRED, leave } from './roster.ts'
import type { Turn } from './turn.ts'

const SWEEP_EVERY_MS = 30_000
const IDLE_AFTER_MS = 250_000
const LAN_IDLE_AFTER_MS = 500_000
const PENDING_AFTER_MS = 600_000

/**
 * Takes out who has not been named for minutes: his disconnect was lost on the way, and he must not count as a player
 * for ever. Bots say nothing for long and stay until the map changes.
 */
export function sweep(turn: Turn): void {
  const { server, settings, at } = turn
  const sinceMs = at - server.sweptAt
  if (sinceMs >= 0 && sinceMs < SWEEP_EVERY_MS) return
  setSweptAt(server, at)
  const idleAfterMs = settings.mode === 'LAN' ? LAN_IDLE_AFTER_MS : IDLE_AFTER_MS
  for (const entry of everybody(server)) {
    if (!entry.bot && at - entry.seenAt > idleAfterMs) leave(turn, entry, INFERRED.idle, true)
  }
  for (const [key, pending] of [...server.pendingConnects]) {
    if (at - pending.at > PENDING_AFTER_MS) putPending(server, key, undefined)
  }
}
