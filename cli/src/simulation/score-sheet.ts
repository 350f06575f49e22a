import type {
  ActionTotals,
  MapTotals,
  PlayerTotals,
  PlayerWeaponTotals,
  ServerTotals,
  SimulatedTotals,
  WeaponTotals,
} from './simulated-totals.ts'

/** Keeps the score of one game as HLstatsX counts it. */
export class ScoreSheet {
  lines = 0
  readonly #players = new Map<string, PlayerTotals>()
  readonly #weapons = new Map<string, WeaponTotals>()
  readonly #playerWeapons = new Map<string, PlayerWeaponTotals>()
  readonly #maps = new Map<string, MapTotals>()
  readonly #actions = new Map<string, ActionTotals>()
  readonly #servers = new Map<string, ServerTotals>()

  player(uniqueId: string): PlayerTotals {
    return rowOf(this.#players, uniqueId, () => ({
      uniqueId,
      name: undefined,
      kills: 0,
      deaths: 0,
      headshots: 0,
      suicides: 0,
      teamkills: 0,
      killStreak: 0,
      deathStreak: 0,
      assists: 0,
      chat: 0,
    }))
  }

  weapon(weapon: string): WeaponTotals {
    return rowOf(this.#weapons, weapon, () => ({ weapon, kills: 0, headshots: 0 }))
  }

  playerWeapon(uniqueId: string, weapon: string): PlayerWeaponTotals {
    return rowOf(this.#playerWeapons, `${uniqueId} ${weapon}`, () => ({
      uniqueId,
      weapon,
      kills: 0,
      headshots: 0,
      teamkills: 0,
      deaths: 0,
      hits: 0,
      damage: 0,
    }))
  }

  map(map: string): MapTotals {
    return rowOf(this.#maps, map, () => ({ map, kills: 0, headshots: 0 }))
  }

  countAction(action: string): void {
    rowOf(this.#actions, action, () => ({ action, count: 0 })).count += 1
  }

  server(address: string): ServerTotals {
    return rowOf(this.#servers, address, () => newServer(address))
  }

  /** A copy: later lines do not change it. */
  totals(match: Pick<SimulatedTotals, 'game' | 'seed' | 'accounts'>): SimulatedTotals {
    const players = copies(this.#players).sort((a, b) => b.kills - a.kills || a.deaths - b.deaths)
    const sum = (key: 'kills' | 'headshots' | 'suicides' | 'teamkills') =>
      players.reduce((total, player) => total + player[key], 0)
    return {
      ...match,
      lines: this.lines,
      kills: sum('kills'),
      headshots: sum('headshots'),
      suicides: sum('suicides'),
      teamkills: sum('teamkills'),
      players,
      weapons: copies(this.#weapons),
      playerWeapons: copies(this.#playerWeapons),
      maps: copies(this.#maps),
      actions: copies(this.#actions),
      servers: copies(this.#servers),
    }
  }
}

function newServer(address: string): ServerTotals {
  return {
    address,
    map: '',
    kills: 0,
    headshots: 0,
    suicides: 0,
    rounds: 0,
    bombsPlanted: 0,
    bombsDefused: 0,
    ctWins: 0,
    tsWins: 0,
    mapChanges: 0,
    fragRows: 0,
    teamkillRows: 0,
    suicideRows: 0,
    assistRows: 0,
    chatRows: 0,
    connectRows: 0,
    entryRows: 0,
    disconnectRows: 0,
    nameRows: 0,
    teamRows: 0,
    roleRows: 0,
    actionRows: 0,
    pairActionRows: 0,
    teamBonusRows: 0,
  }
}

function rowOf<T>(rows: Map<string, T>, key: string, create: () => T): T {
  const known = rows.get(key)
  if (known !== undefined) return known
  const row = create()
  rows.set(key, row)
  return row
}

function copies<T extends object>(rows: ReadonlyMap<string, T>): T[] {
  // In an order of their own: not that in which the servers were asked.
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => ({ ...row }))
}
