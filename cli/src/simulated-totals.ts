/** What one player must have after the match. */
export interface PlayerTotals {
  readonly uniqueId: string
  name: string
  kills: number
  deaths: number
  headshots: number
  suicides: number
  teamkills: number
}

export interface WeaponTotals {
  readonly weapon: string
  kills: number
  headshots: number
}

/** What a database must show after a simulated match, written down while the match is made. */
export interface SimulatedTotals {
  readonly game: string
  readonly seed: number
  readonly lines: number
  readonly rounds: number
  readonly kills: number
  readonly headshots: number
  readonly suicides: number
  readonly teamkills: number
  readonly players: readonly PlayerTotals[]
  /** Kills of team mates are kills of the weapon, too. */
  readonly weapons: readonly WeaponTotals[]
}

/** Keeps the score of a match as HLstatsX counts it. */
export class ScoreSheet {
  readonly #players = new Map<string, PlayerTotals>()
  readonly #weapons = new Map<string, WeaponTotals>()

  /** A player's row, made at his first sight; the name is his latest. */
  player(uniqueId: string, name: string): PlayerTotals {
    const known = this.#players.get(uniqueId)
    const row = known ?? { uniqueId, name, kills: 0, deaths: 0, headshots: 0, suicides: 0, teamkills: 0 }
    if (known === undefined) this.#players.set(uniqueId, row)
    row.name = name
    return row
  }

  weaponKill(weapon: string, headshot: boolean): void {
    const row = this.#weapons.get(weapon) ?? { weapon, kills: 0, headshots: 0 }
    this.#weapons.set(weapon, row)
    row.kills += 1
    if (headshot) row.headshots += 1
  }

  totals(match: { game: string; seed: number; lines: number; rounds: number }): SimulatedTotals {
    const players = [...this.#players.values()].sort((a, b) => b.kills - a.kills || a.deaths - b.deaths)
    const sum = (key: 'kills' | 'headshots' | 'suicides' | 'teamkills') =>
      players.reduce((total, player) => total + player[key], 0)
    return {
      ...match,
      kills: sum('kills'),
      headshots: sum('headshots'),
      suicides: sum('suicides'),
      teamkills: sum('teamkills'),
      players,
      weapons: [...this.#weapons.values()].sort((a, b) => b.kills - a.kills),
    }
  }
}
