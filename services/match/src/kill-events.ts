import type { GameEvent, GameEventOf } from '@hlstats/events'
import type { MatchBook } from './match-book.ts'
import type { Shots } from './rules/server-counts.ts'

export function countKill(book: MatchBook, event: GameEventOf<'PLAYER_KILL'>): void {
  const { killer, victim, headshot, feigned } = event.data
  const desk = book.desk(event)
  const at = desk.enter(event)
  if (event.counted !== true || feigned === true) return
  const headshots = headshot ? 1 : 0
  desk.play.countKill(headshot, event.map, at)
  book.countMap(event.game, event.map, { kills: 1, headshots })
  if (at.late) return
  book.score(event, killer, { kills: 1, headshots })
  book.score(event, victim, { deaths: 1 })
}

export function countTeamkill(book: MatchBook, event: GameEventOf<'PLAYER_TEAMKILL'>): void {
  const desk = book.desk(event)
  const at = desk.enter(event)
  if (event.counted !== true || event.data.feigned === true || at.late) return
  desk.play.play(event.map, at)
  book.score(event, event.data.killer, { teamkills: 1 })
}

export function countSuicide(book: MatchBook, event: GameEventOf<'PLAYER_SUICIDE'>): void {
  const desk = book.desk(event)
  const at = desk.enter(event)
  if (event.counted !== true) return
  desk.play.counts.server.suicides += 1
  if (at.late) return
  desk.play.play(event.map, at)
  book.score(event, event.data.player, { suicides: 1 })
}

export function countAssist(book: MatchBook, event: GameEventOf<'PLAYER_ASSIST'>): void {
  const at = book.desk(event).enter(event)
  if (event.counted === true && !at.late) book.score(event, event.data.player, { assists: 1 })
}

export function countStats(book: MatchBook, event: GameEventOf<'WEAPON_STATS'>): void {
  const { player, shots, hits } = event.data
  if (event.counted === true) book.shots.sawStats(event.serverId)
  countShots(book, event, player.team, { shots, hits })
}

export function countFire(book: MatchBook, event: GameEventOf<'WEAPON_FIRE'>): void {
  if (event.counted === true) book.shots.sawShot(event.serverId)
  if (!book.shots.logsShots(event.serverId)) return
  countShots(book, event, event.data.player.team, { shots: 1, hits: 0 })
}

export function countHit(book: MatchBook, event: GameEventOf<'WEAPON_HIT'>): void {
  if (!book.shots.logsShots(event.serverId)) return
  countShots(book, event, event.data.player.team, { shots: 0, hits: 1 })
}

function countShots(book: MatchBook, event: GameEvent, team: string, shots: Shots): void {
  const desk = book.desk(event)
  const at = desk.enter(event)
  if (event.counted === true) desk.play.counts.countShots(team, shots, at.late)
}
