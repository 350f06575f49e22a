import type { PlayerRef } from './event-data.ts'
import type { GameEvent } from './game-event.ts'

/** The players that an event names; an event about somebody without a usable id names nobody. */
export function playersOf({ counted, data }: GameEvent): PlayerRef[] {
  if (counted === 'unknownPlayer') return []
  const players: PlayerRef[] = []
  if ('player' in data) players.push(data.player)
  if ('killer' in data) players.push(data.killer)
  if ('victim' in data && data.victim !== undefined) players.push(data.victim)
  return players
}
