import type { GameEventOf } from '@hlstats/events'
import type { MatchBook } from './match-book.ts'

type PresenceEvent =
  | GameEventOf<'PLAYER_SEEN'>
  | GameEventOf<'PLAYER_CONNECT'>
  | GameEventOf<'PLAYER_ENTRY'>
  | GameEventOf<'PLAYER_CHANGE_TEAM'>
  | GameEventOf<'PLAYER_CHANGE_ROLE'>
  | GameEventOf<'PLAYER_CHANGE_NAME'>

/** Any sign that a player is on the server, with what is known of him now. */
export function countPresence(book: MatchBook, event: PresenceEvent): void {
  const desk = book.desk(event)
  if (desk.enter(event).late) return
  const { player } = event.data
  const { name, team, role, bot } = player
  desk.roster.put({ playerId: book.playerId(event, player), name, team, role, bot })
}

export function countDisconnect(book: MatchBook, event: GameEventOf<'PLAYER_DISCONNECT'>): void {
  const desk = book.desk(event)
  if (!desk.enter(event).late) desk.roster.remove(book.playerId(event, event.data.player))
}

export function countTick(book: MatchBook, event: GameEventOf<'SERVER_TICK'>): void {
  const desk = book.desk(event)
  const { seconds, late } = desk.enter(event)
  const { players, maxPlayers } = event.data
  if (!late && maxPlayers > 0) desk.maxPlayers = maxPlayers
  desk.samples.push({ seconds, players, maxPlayers, map: event.map })
}

/** A silent server: nobody is on it any more. */
export function countIdle(book: MatchBook, event: GameEventOf<'SERVER_IDLE'>): void {
  const desk = book.desk(event)
  if (!desk.enter(event).late) desk.roster.clear()
}
