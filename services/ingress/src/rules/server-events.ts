import type { EventData, EventType } from '@hlstats/events'
import { everybody, type GameServer, removePlayer } from './game-server.ts'
import type { ServerSettings } from './server-settings.ts'
import { type DraftEvent, emit, newTurn } from './turn.ts'

/** An event of a server that no line gave. */
export function serverEvent<T extends EventType>(
  server: GameServer,
  settings: ServerSettings,
  eventType: T,
  data: EventData[T],
): DraftEvent[] {
  const turn = newTurn(server, settings, 0)
  emit(turn, eventType, data)
  return turn.events
}

/** The load sample. L4D's characters are no players of their own. */
export function serverTick(server: GameServer, settings: ServerSettings, maxPlayers: number): DraftEvent[] {
  const present = everybody(server)
  const players = present.filter(({ uid }) => settings.family !== 'l4d' || uid > 0).length
  return serverEvent(server, settings, 'SERVER_TICK', { players, maxPlayers })
}

/** A server that says nothing has nobody on it. */
export function serverIdle(
  server: GameServer,
  settings: ServerSettings,
  silentSeconds: number,
): DraftEvent[] {
  for (const entry of everybody(server)) removePlayer(server, entry)
  return serverEvent(server, settings, 'SERVER_IDLE', { silentSeconds })
}
