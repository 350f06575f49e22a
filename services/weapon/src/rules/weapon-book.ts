/** What is counted per weapon of a game. */
export interface WeaponCounts {
  kills: number
  headshots: number
}

/** A weapon of a game in one batch. */
export interface WeaponUse {
  readonly counts: WeaponCounts
  /** When it was used first. */
  firstSeen: string
}

/** What is counted per player and weapon. */
export interface PlayerWeaponCounts {
  kills: number
  headshots: number
  teamkills: number
  deaths: number
  shots: number
  hits: number
  damage: number
}

/** What the events of one batch add to the weapons of games and players. */
export class WeaponBook {
  /** By game, then by code. */
  readonly weapons = new Map<string, Map<string, WeaponUse>>()
  /** By player, then by code. */
  readonly players = new Map<number, Map<string, PlayerWeaponCounts>>()

  addWeapon(game: string, code: string, amounts: Partial<WeaponCounts>, at: string): void {
    const weapons = entryOf(this.weapons, game, () => new Map<string, WeaponUse>())
    const use = entryOf(weapons, code, () => ({ counts: { kills: 0, headshots: 0 }, firstSeen: at }))
    if (at < use.firstSeen) use.firstSeen = at
    addTo(use.counts, amounts)
  }

  addPlayer(playerId: number, code: string, amounts: Partial<PlayerWeaponCounts>): void {
    const counts = entryOf(
      entryOf(this.players, playerId, () => new Map<string, PlayerWeaponCounts>()),
      code,
      noPlayerWeaponCounts,
    )
    addTo(counts, amounts)
  }
}

function noPlayerWeaponCounts(): PlayerWeaponCounts {
  return { kills: 0, headshots: 0, teamkills: 0, deaths: 0, shots: 0, hits: 0, damage: 0 }
}

function entryOf<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const created = create()
  map.set(key, created)
  return created
}

function addTo<T extends object>(
  counts: { [K in keyof T]: number },
  amounts: { [K in keyof T]?: number },
): void {
  for (const key of Object.keys(amounts) as (keyof T)[]) counts[key] += amounts[key] ?? 0
}
