import type { GameEventOf } from '@hlstats/events'
import type { MatchBook } from './match-book.ts'

/** What the game or a match plugin says about the match itself: its phase, score, teams, id. */
export function countMatchState(book: MatchBook, event: GameEventOf<'MATCH_STATE'>): void {
  const desk = book.desk(event)
  const { play } = desk
  const at = desk.enter(event)
  if (at.late) return
  const { phase, scores = [], final = false, names = [], externalId } = event.data
  if (externalId !== undefined) play.identify(externalId)
  for (const { team, name } of names) play.nameTeam(team, name)
  play.showScores(scores, final)
  if (phase !== undefined) play.enterPhase(phase, at)
}

export function countMatchPlayer(book: MatchBook, event: GameEventOf<'MATCH_PLAYER'>): void {
  if (book.desk(event).enter(event).late) return
  const { player, mvps, damage, utilityDamage, enemiesFlashed } = event.data
  book.show(event, player, {
    mvps,
    damage,
    utility_damage: utilityDamage,
    enemies_flashed: enemiesFlashed,
  })
}
