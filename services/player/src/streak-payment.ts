import type { GameEvent } from '@hlstats/events'
import { payPlayerAction } from './action-payment.ts'
import type { Actor, PlayerBook } from './player-book.ts'
import { streakAction } from './rules/streak.ts'

/**
 * The end of a player's kills without dying: his best streak, and the action that rewards it, which is not paid where
 * the event that ended it does not score.
 */
export function endStreak(book: PlayerBook, event: GameEvent, actor: Actor): void {
  if (actor.session.isLate(event)) return
  const kills = actor.session.endKillStreak()
  if (kills === 0) return
  actor.account.endKillStreak(kills, actor.at)
  const action = streakAction(kills)
  if (action !== undefined && event.counted === true) payPlayerAction(book, event, actor, { action })
}
