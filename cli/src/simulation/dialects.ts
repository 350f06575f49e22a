import { StatsError } from '@hlstats/errors'
import { COUNTER_STRIKES } from './counter-strike.ts'
import type { Dialect } from './dialect.ts'
import { TEAM_FORTRESS } from './team-fortress.ts'

const DIALECTS: Readonly<Record<string, Dialect>> = { ...COUNTER_STRIKES, tf: TEAM_FORTRESS }

/** Codes of the games that can be simulated. */
export const SIMULATED_GAMES: readonly string[] = Object.keys(DIALECTS)

/** How a game writes its lines; refuses one that cannot be simulated. */
export function dialectOf(game: string): Dialect {
  const dialect = Object.hasOwn(DIALECTS, game) ? DIALECTS[game] : undefined
  if (dialect !== undefined) return dialect
  throw new StatsError(
    'INPUT_INVALID',
    `game "${game}" cannot be simulated: use one of ${SIMULATED_GAMES.join(', ')}`,
  )
}
