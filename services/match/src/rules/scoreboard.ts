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

/** What the game itself says about a player's match; it only grows. The names are the columns. */
export interface ShownScore {
  mvps: number
  damage: number
  utility_damage: number
  enemies_flashed: number
}

export interface Scorer {
  readonly playerId: number
  readonly name: string
  readonly team: string
}

export interface ScoreLine {
  readonly scorer: Scorer
  readonly score: Score
  readonly shown: ShownScore | undefined
}

/** Who did what, per match and per round of one server. */
export class Scoreboard {
  /** By match and player. */
  readonly matches = new Map<number, Map<number, ScoreLine>>()
  /** By match, round and player. */
  readonly rounds = new Map<number, Map<number, Map<number, ScoreLine>>>()
  /** Times by match, player and action. */
  readonly actions = new Map<number, Map<number, Map<string, number>>>()

  add(where: { readonly match: number; readonly round: number }, who: Scorer, amounts: Partial<Score>): void {
    const lines = mapIn(this.matches, where.match)
    addTo(lineOf(lines, who), amounts)
    // A star that a line gives comes on top of what the game has shown before it.
    const shown = lines.get(who.playerId)?.shown
    if (shown !== undefined) shown.mvps += amounts.mvps ?? 0
    if (where.round === 0) return
    addTo(lineOf(mapIn(mapIn(this.rounds, where.match), where.round), who), amounts)
  }

  act(match: number, playerId: number, action: string): void {
    const actions = mapIn(mapIn(this.actions, match), playerId)
    actions.set(action, (actions.get(action) ?? 0) + 1)
  }

  show(match: number, who: Scorer, shown: ShownScore): void {
    const lines = mapIn(this.matches, match)
    const score = lineOf(lines, who)
    const known = lines.get(who.playerId)?.shown ?? shown
    lines.set(who.playerId, { scorer: who, score, shown: larger(known, shown) })
  }

  forget(match: number): void {
    this.matches.delete(match)
    this.rounds.delete(match)
    this.actions.delete(match)
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
  const known = lines.get(scorer.playerId)
  const score = known?.score ?? {
    kills: 0,
    deaths: 0,
    headshots: 0,
    teamkills: 0,
    suicides: 0,
    assists: 0,
    mvps: 0,
  }
  // The team and name of the last event are the ones to show.
  lines.set(scorer.playerId, { scorer, score, shown: known?.shown })
  return score
}

function larger(a: ShownScore, b: ShownScore): ShownScore {
  return {
    mvps: Math.max(a.mvps, b.mvps),
    damage: Math.max(a.damage, b.damage),
    utility_damage: Math.max(a.utility_damage, b.utility_damage),
    enemies_flashed: Math.max(a.enemies_flashed, b.enemies_flashed),
  }
}

function addTo(score: Score, amounts: Partial<Score>): void {
  for (const key of Object.keys(amounts) as (keyof Score)[]) score[key] += amounts[key] ?? 0
}
