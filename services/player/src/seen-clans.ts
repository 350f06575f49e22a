import type { GameEvent } from '@hlstats/events'
import type { Catalogue } from './catalogue.ts'
import type { SeenClan } from './clan.repository.ts'

/** The clans that these events show, by a name or by a tag line. */
export function clansIn(events: readonly GameEvent[], catalogue: Catalogue): SeenClan[] {
  return events.flatMap((event) => {
    if (event.eventType === 'PLAYER_CLAN_TAG' && event.data.tag !== '') {
      return [{ game: event.game, tag: event.data.tag, name: event.data.tag }]
    }
    if (event.eventType !== 'PLAYER_SEEN' && event.eventType !== 'PLAYER_CHANGE_NAME') return []
    const clan = catalogue.clanTagOf(event.data.player.name)
    return clan === undefined ? [] : [{ game: event.game, ...clan }]
  })
}
