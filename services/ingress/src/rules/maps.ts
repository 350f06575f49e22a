import type { LineOf } from '@hlstats/game-logs'
import { everybody, putPlayer, setMap } from './game-server.ts'
import { cut, LIMITS } from './limits.ts'
import { INFERRED, leave } from './roster.ts'
import { emit, type Turn } from './turn.ts'

export function handleMapLoading(turn: Turn, line: LineOf<'mapLoading'>): void {
  for (const entry of everybody(turn.server)) {
    if (entry.bot) leave(turn, entry, INFERRED.mapChange, true)
  }
  changeMap(turn, 'loading', line.map)
}

/** Nobody is in a team until a line says so again. */
export function handleMapStarted(turn: Turn, line: LineOf<'mapStarted'>): void {
  for (const entry of everybody(turn.server)) {
    if (entry.team !== '') putPlayer(turn.server, { ...entry, team: '', shownTeam: '' })
  }
  changeMap(turn, 'started', line.map)
}

// CS2's `Started: ""` has no name: the one of the loading line goes on.
function changeMap(turn: Turn, phase: 'loading' | 'started', name: string): void {
  const previousMap = turn.server.map
  if (name !== '') setMap(turn.server, cut(name, LIMITS.map))
  emit(turn, 'MAP_CHANGE', { phase, previousMap })
}
