import type { GameEventOf } from '@hlstats/events'
import type { PlayerBook } from './player-book.ts'
import { endStreak } from './streak-payment.ts'

type RoundEvent = GameEventOf<'ROUND_END'> | GameEventOf<'ROUND_START'>

/** A team's winning line decides the round, but only the world's line ends it. */
const ENDS = new Set(['Round_End', 'Round_Win', 'Mini_Round_Win'])

/** The end of a round ends everybody's streak. */
export function countRoundEnd(book: PlayerBook, event: GameEventOf<'ROUND_END'>): void {
  if (ENDS.has(event.data.action)) endStreaks(book, event)
}

export function countRoundStart(book: PlayerBook, event: RoundEvent): void {
  for (const session of book.sessionsOn(event)) {
    if (!['Spectator', 'Unassigned'].includes(session.state.team)) session.change({ dead: false })
  }
}

/** Loading ends the streaks, the start empties the teams and the counts of the map. */
export function countMapChange(book: PlayerBook, event: GameEventOf<'MAP_CHANGE'>): void {
  if (event.data.phase === 'loading') endStreaks(book, event)
  else for (const session of book.sessionsOn(event)) session.startMap()
}

/** A talking server: whoever is on it plays on, also those whom no line named for a while. */
export function countTick(book: PlayerBook, event: GameEventOf<'SERVER_TICK'>): void {
  for (const session of book.sessionsOn(event)) book.bystander(event, session)
}

/** A silent server: its players are gone, and nobody knows since when. */
export function countIdle(book: PlayerBook, event: GameEventOf<'SERVER_IDLE'>): void {
  for (const session of book.sessionsOn(event)) session.end()
}

function endStreaks(book: PlayerBook, event: GameEventOf<'ROUND_END'> | GameEventOf<'MAP_CHANGE'>): void {
  for (const session of book.sessionsOn(event)) {
    if (session.state.killsInLife === 0) continue
    const actor = book.bystander(event, session)
    if (actor !== undefined) endStreak(book, event, actor)
  }
}
