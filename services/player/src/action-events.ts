import type { GameEventOf } from '@hlstats/events'
import { payGroupAction, payPairAction, payPlayerAction } from './action-payment.ts'
import type { PlayerBook } from './player-book.ts'

export function countPlayerAction(book: PlayerBook, event: GameEventOf<'ACTION_PLAYER'>): void {
  const actor = book.actor(event, event.data.player)
  const { session } = actor
  if (!session.isLate(event)) {
    const { action } = event.data
    if (action === 'player_spawn') session.change({ dead: false })
    if (action === 'Got_The_Bomb' || action === 'Spawned_With_The_Bomb') session.change({ bomb: true })
    if (action === 'Dropped_The_Bomb' || action === 'Planted_The_Bomb') session.change({ bomb: false })
  }
  if (event.counted === true) payPlayerAction(book, event, actor, event.data)
}

export function countPairAction(book: PlayerBook, event: GameEventOf<'ACTION_PLAYER_PLAYER'>): void {
  const actor = book.actor(event, event.data.player)
  const victim = book.actor(event, event.data.victim)
  if (event.counted !== true) return
  payPairAction(book, event, { actor, victim, victimPosition: event.data.victimPosition }, event.data)
}

export function countTeamAction(book: PlayerBook, event: GameEventOf<'ACTION_TEAM'>): void {
  if (event.counted !== true) return
  payGroupAction(book, event, { scope: 'forTeam', team: event.data.team }, event.data)
}

export function countWorldAction(book: PlayerBook, event: GameEventOf<'ACTION_WORLD'>): void {
  if (event.counted !== true) return
  payGroupAction(book, event, { scope: 'forWorld', team: '' }, event.data)
}
