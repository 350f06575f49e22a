import type { GameEventOf } from '@hlstats/events'
import type { MatchBook } from './match-book.ts'

export function countRoundStart(book: MatchBook, event: GameEventOf<'ROUND_START'>): void {
  const desk = book.desk(event)
  const at = desk.enter(event)
  if (at.late) return
  desk.play.startRound(event.map, at)
  if (!desk.play.isInMatch) return
  const { match, round } = desk.play.state
  for (const { playerId, name, team } of desk.roster.members) {
    if (isPlaying(team)) desk.play.scores.add({ match, round }, { playerId, name, team }, {})
  }
}

export function countRoundEnd(book: MatchBook, event: GameEventOf<'ROUND_END'>): void {
  const desk = book.desk(event)
  const at = desk.enter(event)
  const { winner, action } = event.data
  if (!at.late) desk.play.endRound(winner, action, at)
  else if (winner !== '') desk.play.counts.countWin(winner, true)
}

export function countMapChange(book: MatchBook, event: GameEventOf<'MAP_CHANGE'>): void {
  const desk = book.desk(event)
  const at = desk.enter(event)
  const { phase } = event.data
  if (at.late) {
    if (phase === 'started') desk.play.counts.server.map_changes += 1
    return
  }
  desk.play.changeMap(phase, event.map, at)
  if (phase === 'started') desk.roster.leaveTeams()
}

export function countWorldAction(book: MatchBook, event: GameEventOf<'ACTION_WORLD'>): void {
  const desk = book.desk(event)
  const at = desk.enter(event)
  if (event.data.action === 'Game_Commencing' && !at.late) desk.play.counts.restartMap(at)
}

/** What players do besides fighting: bombs, hostages, flags, points; a star for the most valuable. */
export function countPlayerAction(book: MatchBook, event: GameEventOf<'ACTION_PLAYER'>): void {
  const desk = book.desk(event)
  const at = desk.enter(event)
  if (event.counted !== true) return
  const { action, player } = event.data
  if (action === 'Planted_The_Bomb') desk.play.counts.server.bombs_planted += 1
  if (action === 'Defused_The_Bomb') desk.play.counts.server.bombs_defused += 1
  if (at.late) return
  book.act(event, player, action)
  if (action === 'round_mvp') book.score(event, player, { mvps: 1 })
}

function isPlaying(team: string): boolean {
  return team !== '' && team !== 'Unassigned' && !/spectator/i.test(team)
}
