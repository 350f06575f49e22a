import type { LineOf } from '@hlstats/game-logs'
import { handleTeamAction, teamAction, worldAction } from './actions.ts'
import { setRound } from './game-server.ts'
import { cut, LIMITS } from './limits.ts'
import { showPhase, showScores } from './match-state.ts'
import { emit, type Turn } from './turn.ts'

const ROUND_STARTS = new Set(['Round_Start', 'Mini_Round_Start'])
const ROUND_ENDS = new Set(['Round_End', 'Round_Win', 'Mini_Round_Win'])
/** World lines that name the winner, who then gets the team's action of the same code. */
const ROUND_WINS = new Set(['Round_Win', 'Mini_Round_Win'])
/** Counter-Strike's ways to win a round, without the prefix `SFUI_Notice_` of the newer games. */
const TEAM_WINS = new Set([
  'CTs_Win',
  'Bomb_Defused',
  'Target_Saved',
  'All_Hostages_Rescued',
  'CTs_PreventEscape',
  'Escaping_Terrorists_Neutralized',
  'VIP_Escaped',
  'Terrorists_Win',
  'Target_Bombed',
  'Hostages_Not_Rescued',
  'Terrorists_Escaped',
  'VIP_Assassinated',
  'VIP_Not_Escaped',
])
/** The wins after which HLstatsX:CE pays no other team of the round. */
const PAID_WINS = new Set([
  'SFUI_Notice_CTs_Win',
  'SFUI_Notice_Bomb_Defused',
  'SFUI_Notice_Terrorists_Win',
  'SFUI_Notice_Target_Bombed',
])
// A round is logged as ended by several lines; the bonus round runs from the first.
const SAME_END_MS = 5_000

export function handleWorldAction(turn: Turn, line: LineOf<'worldAction'>): void {
  const { action, properties } = line
  worldAction(turn, action, properties)
  if (ROUND_ENDS.has(action)) endRound(turn, action, properties.winner ?? '')
  if (ROUND_WINS.has(action)) teamAction(turn, properties.winner ?? '', action)
  if (ROUND_STARTS.has(action)) {
    setRound(turn.server, { bonus: false, ...(action === 'Round_Start' ? { won: false, paid: false } : {}) })
    emit(turn, 'ROUND_START', { action })
  }
  if (action === 'Game_Commencing') setRound(turn.server, { won: false, paid: false })
  showScores(turn, properties)
  showPhase(turn, action)
}

export function handleTeamLine(turn: Turn, line: LineOf<'teamAction'>): void {
  handleTeamAction(turn, line)
  if (PAID_WINS.has(line.action)) setRound(turn.server, { paid: true })
  if (!turn.server.round.won && TEAM_WINS.has(line.action.replace(/^SFUI_Notice_/, ''))) {
    setRound(turn.server, { won: true })
    const winner = cut(line.team, LIMITS.team)
    emit(turn, 'ROUND_END', { action: cut(line.action, LIMITS.action), winner })
  }
  showScores(turn, line.properties)
}

function endRound(turn: Turn, action: string, winner: string): void {
  if (turn.settings.bonusRoundIgnore && turn.at - turn.server.round.bonusSince > SAME_END_MS) {
    setRound(turn.server, { bonus: true, bonusSince: turn.at })
  }
  emit(turn, 'ROUND_END', { action, winner: cut(winner, LIMITS.team) })
}
