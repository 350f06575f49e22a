/** What one player must have. */
export interface PlayerTotals {
  readonly uniqueId: string
  /** His latest name; undefined where several servers know him, for the last line of any of them decides. */
  name: string | undefined
  kills: number
  deaths: number
  headshots: number
  suicides: number
  teamkills: number
  /** Longest streaks that have ended: wrong as soon as two events change places. */
  killStreak: number
  deathStreak: number
  assists: number
  chat: number
}

/** What a weapon must have; kills of team mates are kills of the weapon, too. */
export interface WeaponTotals {
  readonly weapon: string
  kills: number
  headshots: number
}

/** What a player must have with one weapon. */
export interface PlayerWeaponTotals {
  readonly uniqueId: string
  readonly weapon: string
  kills: number
  headshots: number
  teamkills: number
  deaths: number
  hits: number
  damage: number
}

export interface MapTotals {
  readonly map: string
  kills: number
  headshots: number
}

export interface ActionTotals {
  readonly action: string
  count: number
}

/** What a server's row must show, and how many rows its events must have in each table of events. */
export interface ServerTotals {
  readonly address: string
  map: string
  kills: number
  headshots: number
  suicides: number
  rounds: number
  bombsPlanted: number
  bombsDefused: number
  ctWins: number
  tsWins: number
  mapChanges: number
  fragRows: number
  teamkillRows: number
  suicideRows: number
  assistRows: number
  chatRows: number
  connectRows: number
  entryRows: number
  disconnectRows: number
  nameRows: number
  teamRows: number
  roleRows: number
  actionRows: number
  pairActionRows: number
  teamBonusRows: number
}

/** What the database must show of one game for the lines handed out so far. */
export interface SimulatedTotals {
  readonly game: string
  readonly seed: number
  /** The account numbers of everybody who may play: their unique ids are `0:` or `1:` and one of these. */
  readonly accounts: { readonly first: number; readonly last: number }
  readonly lines: number
  readonly kills: number
  readonly headshots: number
  readonly suicides: number
  readonly teamkills: number
  readonly players: readonly PlayerTotals[]
  readonly weapons: readonly WeaponTotals[]
  readonly playerWeapons: readonly PlayerWeaponTotals[]
  readonly maps: readonly MapTotals[]
  readonly actions: readonly ActionTotals[]
  readonly servers: readonly ServerTotals[]
}
