import type { GameEvent } from '@hlstats/events'

const WINS: Readonly<Record<string, 'ctWins' | 'tsWins'>> = {
  SFUI_Notice_CTs_Win: 'ctWins',
  SFUI_Notice_Bomb_Defused: 'ctWins',
  SFUI_Notice_Terrorists_Win: 'tsWins',
  SFUI_Notice_Target_Bombed: 'tsWins',
}

/** What the original counts of rounds (rounds-and-bombs in docs/parity.md): four codes only, the first of each round, explosions as plants. */
export function legacyRounds(events: readonly GameEvent[]): Readonly<Record<string, number>> {
  const counts = { rounds: 0, ctWins: 0, tsWins: 0, bombsPlanted: 0, bombsDefused: 0 }
  let won = false
  for (const event of events) {
    if (startsRound(event)) won = false
    if (event.eventType !== 'ACTION_TEAM' || won) continue
    const winner = WINS[event.data.action]
    if (winner === undefined) continue
    won = true
    counts.rounds += 1
    counts[winner] += 1
    if (event.data.action === 'SFUI_Notice_Bomb_Defused') counts.bombsDefused += 1
    if (event.data.action === 'SFUI_Notice_Target_Bombed') counts.bombsPlanted += 1
  }
  return counts
}

function startsRound(event: GameEvent): boolean {
  if (event.eventType === 'ROUND_START') return event.data.action === 'Round_Start'
  return event.eventType === 'ACTION_WORLD' && event.data.action === 'Game_Commencing'
}
