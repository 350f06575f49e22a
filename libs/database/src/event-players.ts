import { type GameEvent, playersOf } from '@hlstats/events'
import type { PlayerIdentity } from './players.ts'

/** Everybody whom these events name, as `ensurePlayers` takes them. */
export function identitiesOf(events: readonly GameEvent[]): PlayerIdentity[] {
  return events.flatMap((event) => {
    const createdAt = Math.floor(Date.parse(event.timestamp) / 1000)
    return playersOf(event).map(({ uniqueId, name, bot }) => ({
      game: event.game,
      uniqueId,
      name,
      bot,
      createdAt,
    }))
  })
}
