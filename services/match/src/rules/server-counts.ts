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

const NO_MAP_COUNTS: MapCounters = {
  map_rounds: 0,
  map_ct_wins: 0,
  map_ts_wins: 0,
  map_ct_shots: 0,
  map_ct_hits: 0,
  map_ts_shots: 0,
  map_ts_hits: 0,
}

// A batch in which a map starts sets the map's counts instead of adding to them: nothing but this bounds them then.
const MOST = 2_147_483_647

export interface Shots {
  readonly shots: number
  readonly hits: number
}

/** What the site shows of a server and of the map that is played there, as one batch adds to it. */
export class ServerCounts {
  readonly server: ServerCounters = {
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

  map: MapCounters = { ...NO_MAP_COUNTS }
  /** Unix seconds of the last time in this batch that the map's counts began again. */
  mapStarted: number | undefined

  /** The map's own counts begin again: a map starts, or the game does once enough players are there. */
  restartMap(at: Occasion): void {
    this.map = { ...NO_MAP_COUNTS }
    this.mapStarted = at.seconds
  }

  countShots(team: string, { shots, hits }: Shots, late: boolean): void {
    const side = sideOf(team)
    if (side === undefined) return
    this.server[`${side}_shots`] += shots
    this.server[`${side}_hits`] += hits
    if (late) return
    this.map[`map_${side}_shots`] = Math.min(MOST, this.map[`map_${side}_shots`] + shots)
    this.map[`map_${side}_hits`] = Math.min(MOST, this.map[`map_${side}_hits`] + hits)
  }

  countWin(winner: string, late: boolean): void {
    const side = sideOf(winner)
    this.server.rounds += 1
    if (side !== undefined) this.server[`${side}_wins`] += 1
    if (late) return
    this.map.map_rounds += 1
    if (side !== undefined) this.map[`map_${side}_wins`] += 1
  }
}

/** The columns of the two sides of Counter-Strike; other games' teams have none. */
function sideOf(team: string): 'ct' | 'ts' | undefined {
  if (team === 'CT') return 'ct'
  return team === 'TERRORIST' ? 'ts' : undefined
}
