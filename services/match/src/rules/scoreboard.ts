/** What one player did in a match or a round. The names are the columns. */
export interface Score {
  kills: number
  deaths: number
  headshots: number
  teamkills: number
  suicides: number
  assists: number
  mvps: number
}

export interface Scorer {
  readonly playerId: number
  readonly name: string
  readonly team: string
}

export interface ScoreLine {
  readonly scorer: Scorer
  readonly score: Score
}

/** Who did what, per match and per round of one server. */
export class Scoreboard {
  /** By match and player. */
  readonly matches = new Map<number, Map<number, ScoreLine>>()
  /** By match, round and player. */
  readonly rounds = new Map<number, Map<number, Map<number, ScoreLine>>>()

  add(where: { readonly match: number; readonly round: number }, who: Scorer, amounts: Partial<Score>): void {
    addTo(lineOf(mapIn(this.matches, where.match), who), amounts)
    if (where.round === 0) return
    addTo(lineOf(mapIn(mapIn(this.rounds, where.match), where.round), who), amounts)
  }
}

function mapIn<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = maps.get(key)
  if (known !== undefined) return known
  const created = new Map<L, V>()
  maps.set(key, created)
  return created
}

function lineOf(lines: Map<number, ScoreLine>, scorer: Scorer): Score {
  const score = lines.get(scorer.playerId)?.score ?? {
    kills: 0,
    deaths: 0,
    headshots: 0,
    teamkills: 0,
    suicides: 0,
    assists: 0,
    mvps: 0,
  }
  // The team and name of the last event are the ones to show.
  lines.set(scorer.playerId, { scorer, score })
  return score
}

function addTo(score: Score, amounts: Partial<Score>): void {
  for (const key of Object.keys(amounts) as (keyof Score)[]) score[key] += amounts[key] ?? 0
}
