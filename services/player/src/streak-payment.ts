import type { GameEvent } from '@hlstats/events'
import { payPlayerAction } from './action-payment.ts'
import type { Actor, PlayerBook } from './player-book.ts'
import { isStreakPaid, streakAction } from './rules/streak.ts'

/** The end of a player's kills without dying: his best streak, and the action that rewards it. */
export function endStreak(book: PlayerBook, event: GameEvent, actor: Actor): void {
  if (actor.session.isLate(event)) return
  const kills = actor.session.endKillStreak()
  if (kills === 0) return
  actor.account.endKillStreak(kills, actor.at)
  const action = streakAction(kills)
  const { minPlayers, bonusRoundIgnore } = book.catalogue.server(event.serverId)
  const end = {
    eventType: event.eventType,
    counted: event.counted === true,
    playerCount: event.playerCount,
    // Left 4 Dead counts kills whatever the number of players.
    minPlayers: book.catalogue.isCoop(event.game) && event.eventType === 'PLAYER_KILL' ? 0 : minPlayers,
    bonusRoundIgnore,
  }
  if (action !== undefined && isStreakPaid(end)) payPlayerAction(book, event, actor, { action })
}
