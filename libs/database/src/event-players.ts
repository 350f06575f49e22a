import { type GameEvent, playersOf } from '@hlstats/events'
import { type PlayerIdentity, playerKey } from './players.ts'

/** Everybody whom these events name, once, as the first of them shows him: as `ensurePlayers` takes them. */
export function identitiesOf(events: readonly GameEvent[]): PlayerIdentity[] {
  const identities = new Map<string, PlayerIdentity>()
  for (const event of events) {
    for (const { uniqueId, name } of playersOf(event)) {
      const key = playerKey(event.game, uniqueId)
      if (identities.has(key)) continue
      const createdAt = Math.floor(Date.parse(event.timestamp) / 1000)
      identities.set(key, { game: event.game, uniqueId, name, createdAt })
    }
  }
  return [...identities.values()]
}
