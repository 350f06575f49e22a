import type { Occasion } from './occasion.ts'

/** What the site shows of a server, added up. The names are the columns. */
export interface ServerCounters {
  kills: number
  headshots: number
  suicides: number
  rounds: number
  bombs_planted: number
  bombs_defused: number
  ct_wins: number
  ts_wins: number
  map_changes: number
  ct_shots: number
  ct_hits: number
  ts_shots: number
  ts_hits: number
}

/** What the site shows of the map that is played now, since it was last set to zero. The names are the columns. */
export interface MapCounters {
  map_rounds: number
  map_ct_wins: number
  map_ts_wins: number
  map_ct_shots: number
  map_ct_hits: number
  map_ts_shots: number
  map_ts_hits: number
}

/** Where a server stands, as the database holds it between batches. */
export interface StoredPlay {
  readonly map: string
  /** The match that is played, or the last one; 0 before the first. */
  readonly match: number
  readonly matchOpen: boolean
  readonly round: number
  readonly roundOpen: boolean
  /** Whether the round has its winner; a second line about its end changes nothing then. */
  readonly roundWon: boolean
  readonly stream: string
  readonly receivedAt: string
}

/** What a batch knows of one match. */
export interface MatchChanges {
  opened?: { readonly map: string; readonly startedAt: string }
  endedAt?: string
  rounds: number
  /** By team code. */
  readonly wins: Map<string, number>
}

/** What a batch knows of one round. */
export interface RoundChanges {
  opened?: { readonly startedAt: string }
  endedAt?: string
  winner?: string
  reason?: string
  kills: number
}

export const NEW_PLAY: StoredPlay = {
  map: '',
  match: 0,
  matchOpen: false,
  round: 0,
  roundOpen: false,
  roundWon: false,
  stream: '',
  receivedAt: '',
}

const NO_MAP_COUNTS: MapCounters = {
  map_rounds: 0,
  map_ct_wins: 0,
  map_ts_wins: 0,
  map_ct_shots: 0,
  map_ct_hits: 0,
  map_ts_shots: 0,
  map_ts_hits: 0,
}

export interface Shots {
  readonly shots: number
  readonly hits: number
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** The matches and rounds of one server during one batch: a match is a map's time with play on it. */
export class ServerPlay {
  readonly state: Mutable<StoredPlay>
  readonly matches = new Map<number, MatchChanges>()
  /** By match, then by round. */
  readonly rounds = new Map<number, Map<number, RoundChanges>>()
  readonly counters: ServerCounters = {
    kills: 0,
    headshots: 0,
    suicides: 0,
    rounds: 0,
    bombs_planted: 0,
    bombs_defused: 0,
    ct_wins: 0,
    ts_wins: 0,
    map_changes: 0,
    ct_shots: 0,
    ct_hits: 0,
    ts_shots: 0,
    ts_hits: 0,
  }

  mapCounters: MapCounters = { ...NO_MAP_COUNTS }
  /** Unix seconds of the last time in this batch that the map's counts began again. */
  mapStarted: number | undefined
  /** Whether the database has a row of this server. */
  readonly stored: boolean

  constructor(state: StoredPlay, stored: boolean) {
    this.state = { ...state }
    this.stored = stored
  }

  /** An event of an older ingress life, delivered late: it counts, but the play has moved on since. */
  isLate({ stream, receivedAt }: Occasion): boolean {
    return stream !== this.state.stream && receivedAt < this.state.receivedAt
  }

  follow(map: string, { stream, receivedAt }: Occasion): void {
    Object.assign(this.state, { stream, receivedAt })
    if (map !== '') this.state.map = map
  }

  /** The match that is played; it begins with the first thing worth counting on a map. */
  currentMatch(map: string, at: Occasion): number {
    if (!this.state.matchOpen) {
      Object.assign(this.state, { match: this.state.match + 1, matchOpen: true, round: 0, roundOpen: false })
      this.#match(this.state.match).opened = { map, startedAt: at.dateTime }
    }
    return this.state.match
  }

  changeMap(phase: 'loading' | 'started', map: string, at: Occasion): void {
    this.#closeRound(at)
    if (this.state.matchOpen) this.#match(this.state.match).endedAt = at.dateTime
    Object.assign(this.state, { map, matchOpen: false })
    if (phase === 'loading') return
    this.counters.map_changes += 1
    this.restartMap(at)
  }

  /** The map's own counts begin again: a map starts, or the game does once enough players are there. */
  restartMap(at: Occasion): void {
    this.mapCounters = { ...NO_MAP_COUNTS }
    this.mapStarted = at.seconds
  }

  startRound(map: string, at: Occasion): void {
    this.#closeRound(at)
    const match = this.currentMatch(map, at)
    Object.assign(this.state, { round: this.state.round + 1, roundOpen: true, roundWon: false })
    this.#match(match).rounds += 1
    this.#round(match, this.state.round).opened = { startedAt: at.dateTime }
  }

  /** Several lines may end one round: the first that names a winner decides. */
  endRound(winner: string, reason: string, at: Occasion): void {
    if (this.state.round === 0 || this.state.roundWon) {
      this.#closeRound(at)
      return
    }
    if (winner !== '') {
      this.state.roundWon = true
      this.#win(winner)
      Object.assign(this.#round(this.state.match, this.state.round), { winner, reason })
    }
    this.#closeRound(at)
  }

  countKill(headshot: boolean, map: string, at: Occasion): void {
    this.counters.kills += 1
    if (headshot) this.counters.headshots += 1
    if (this.isLate(at)) return
    const match = this.currentMatch(map, at)
    if (this.state.round > 0) this.#round(match, this.state.round).kills += 1
  }

  countShots(team: string, { shots, hits }: Shots, late: boolean): void {
    const side = sideOf(team)
    if (side === undefined) return
    this.counters[`${side}_shots`] += shots
    this.counters[`${side}_hits`] += hits
    if (late) return
    this.mapCounters[`map_${side}_shots`] += shots
    this.mapCounters[`map_${side}_hits`] += hits
  }

  #win(winner: string): void {
    this.counters.rounds += 1
    this.mapCounters.map_rounds += 1
    const { wins } = this.#match(this.state.match)
    wins.set(winner, (wins.get(winner) ?? 0) + 1)
    const side = sideOf(winner)
    if (side === undefined) return
    this.counters[`${side}_wins`] += 1
    this.mapCounters[`map_${side}_wins`] += 1
  }

  #closeRound(at: Occasion): void {
    if (!this.state.roundOpen) return
    this.state.roundOpen = false
    this.#round(this.state.match, this.state.round).endedAt = at.dateTime
  }

  #match(number: number): MatchChanges {
    const known = this.matches.get(number)
    if (known !== undefined) return known
    const changes: MatchChanges = { rounds: 0, wins: new Map() }
    this.matches.set(number, changes)
    return changes
  }

  #round(match: number, round: number): RoundChanges {
    const rounds = this.rounds.get(match) ?? new Map<number, RoundChanges>()
    this.rounds.set(match, rounds)
    const known = rounds.get(round)
    if (known !== undefined) return known
    const changes: RoundChanges = { kills: 0 }
    rounds.set(round, changes)
    return changes
  }
}

/** The columns of the two sides of Counter-Strike; other games' teams have none. */
function sideOf(team: string): 'ct' | 'ts' | undefined {
  if (team === 'CT') return 'ct'
  return team === 'TERRORIST' ? 'ts' : undefined
}
