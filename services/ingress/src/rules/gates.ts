import type { NotCounted } from '@hlstats/events'
import { botGate, current, type Sighting } from './roster.ts'
import { type Turn, trackableCount } from './turn.ts'

/** Too few players to score. L4D's kills do not ask. */
export function minPlayersGate(turn: Turn): true | NotCounted {
  return trackableCount(turn) < turn.settings.minPlayers ? 'minPlayers' : true
}

function isBonusRound({ server, settings, at }: Turn): boolean {
  if (!settings.bonusRoundIgnore || !server.round.bonus) return false
  const ends = server.round.bonusSince + settings.bonusRoundSeconds * 1000
  return settings.bonusRoundSeconds === 0 || at <= ends
}

/** The first gate that is shut, in the order the HLstatsX:CE daemon asks: players, bonus round, known, bots. */
export function scoringGate(
  turn: Turn,
  sightings: readonly Sighting[],
  options: { readonly minPlayers?: boolean; readonly bonusRound?: boolean } = {},
): true | NotCounted {
  if (options.minPlayers !== false && minPlayersGate(turn) !== true) return 'minPlayers'
  if (options.bonusRound !== false && isBonusRound(turn)) return 'bonusRound'
  return presenceGate(turn, sightings)
}

/** Known to this server, and no bot where bots are ignored. */
export function presenceGate(turn: Turn, sightings: readonly Sighting[]): true | NotCounted {
  if (sightings.some((sighting) => current(turn, sighting) === undefined)) return 'unknownPlayer'
  const ignored = sightings.some((sighting) => botGate(turn, sighting.ref) !== true)
  return ignored ? 'bot' : true
}
