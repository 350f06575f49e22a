import { isReceivedBefore } from '@hlstats/events'
import type { Occasion } from './occasion.ts'
import { Scoreboard } from './scoreboard.ts'
import { ServerCounts } from './server-counts.ts'
import {
  type Ending,
  type MatchChanges,
  newMatchChanges,
  newRoundChanges,
  type Phase,
  type RoundChanges,
  type StoredPlay,
} from './stored-play.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** The score of a team as the game shows it. */
export interface TeamScore {
  readonly team: string
  readonly score: number
}

/**
 * The matches and rounds of one server during one batch. A match is what is played from one score of 0:0 to the next, or
 * to the end of the map; warm-ups are none, and one in which nothing happened leaves no trace.
 */
export class ServerPlay {
  readonly state: Mutable<StoredPlay>
  readonly matches = new Map<number, MatchChanges>()
  /** By match, then by round. */
  readonly rounds = new Map<number, Map<number, RoundChanges>>()
  /** Matches whose rows are to go before others are written: their numbers are used again. */
  readonly forgotten = new Set<number>()
  readonly scores = new Scoreboard()
  readonly counts = new ServerCounts()
  /** Whether the database has a row of this server. */
  readonly stored: boolean

  constructor(state: StoredPlay, stored: boolean) {
    this.state = { ...state }
    this.stored = stored
  }

  /** An event of an older ingress life, delivered late: it counts, but the play has moved on since. */
  isLate(at: Occasion): boolean {
    return isReceivedBefore(at, this.state)
  }

  follow(map: string, { stream, receivedAt }: Occasion): void {
    Object.assign(this.state, { stream, receivedAt })
    if (map !== '') this.state.map = map
  }

  /** What happens now is part of a match that has begun. */
  get isInMatch(): boolean {
    return this.state.phase === 'live' && this.state.matchOpen
  }

  /** Something worth counting happens: the match has begun, unless this is no time for one. */
  play(map: string, at: Occasion): void {
    if (this.state.phase !== 'live') return
    this.#open(map, at)
    this.state.matchPlayed = true
  }

  changeMap(phase: 'loading' | 'started', map: string, at: Occasion): void {
    this.#closeMatch(at, false)
    Object.assign(this.state, { map, phase: 'live', roundWon: true })
    if (phase === 'loading') return
    this.counts.server.map_changes += 1
    this.counts.restartMap(at)
  }

  /** The game says that all scores are 0 from here on: a match, a restart, a warm-up, or nothing more. */
  enterPhase(phase: Phase | 'start', at: Occasion): void {
    if (phase !== 'live') this.#closeMatch(at, phase === 'over')
    this.state.phase = phase === 'start' ? 'live' : phase
  }

  startRound(map: string, at: Occasion): void {
    this.#closeRound(at)
    this.state.roundWon = false
    if (this.state.phase === 'warmup') return
    this.state.phase = 'live'
    const match = this.#open(map, at)
    Object.assign(this.state, {
      round: this.state.round + 1,
      roundOpen: true,
      roundStartedAt: at.seconds,
    })
    this.#match(match).rounds += 1
    this.#round(match, this.state.round).opened = { startedAt: at.dateTime }
  }

  /** Several lines may end one round: the first that names a winner decides. */
  endRound(winner: string, reason: string, at: Occasion): void {
    if (winner !== '' && !this.state.roundWon) {
      this.state.roundWon = true
      // Nobody wins in a warm-up: the line that ended it was lost.
      this.state.phase = 'live'
      this.counts.countWin(winner, false)
      if (this.state.matchOpen && this.state.round > 0) this.#win(winner, reason)
    }
    this.#closeRound(at)
  }

  countKill(headshot: boolean, map: string, at: Occasion): void {
    this.counts.server.kills += 1
    if (headshot) this.counts.server.headshots += 1
    if (this.isLate(at)) return
    this.play(map, at)
    if (this.isInMatch && this.state.round > 0) this.#round(this.state.match, this.state.round).kills += 1
  }

  /** `final`: also said after the match has ended. */
  showScores(scores: readonly TeamScore[], final: boolean): void {
    const { match, matchOpen, round } = this.state
    if (match === 0 || !(matchOpen || final)) return
    for (const { team, score } of scores) {
      this.#match(match).scores.set(team, score)
      if (round > 0) this.#round(match, round).scores.set(team, score)
    }
  }

  nameTeam(team: string, name: string): void {
    if (this.state.matchOpen) this.#match(this.state.match).names.set(team, name)
  }

  /** A match plugin says which match this is, or, with '', that it is over. */
  identify(externalId: string): void {
    this.state.externalId = externalId
    if (this.state.matchOpen && externalId !== '') this.#match(this.state.match).externalId = externalId
  }

  #open(map: string, at: Occasion): number {
    if (this.state.matchOpen) return this.state.match
    Object.assign(this.state, {
      match: this.state.match + 1,
      matchOpen: true,
      matchPlayed: false,
      matchStartedAt: at.seconds,
      round: 0,
      roundOpen: false,
    })
    const changes = this.#match(this.state.match)
    changes.opened = { map, startedAt: at.dateTime }
    if (this.state.externalId !== '') changes.externalId = this.state.externalId
    return this.state.match
  }

  #closeMatch(at: Occasion, finished: boolean): void {
    const { match, matchOpen, matchPlayed, matchStartedAt } = this.state
    this.#closeRound(at)
    if (!matchOpen) return
    this.state.matchOpen = false
    if (matchPlayed) {
      this.#match(match).ended = { ...endingAt(at, matchStartedAt), finished }
      return
    }
    this.matches.delete(match)
    this.rounds.delete(match)
    this.scores.forget(match)
    this.forgotten.add(match)
    // Its number is for the next one; its rounds are gone with it.
    Object.assign(this.state, { match: match - 1, round: 0 })
  }

  #win(winner: string, reason: string): void {
    const { match, round } = this.state
    const { wins } = this.#match(match)
    wins.set(winner, (wins.get(winner) ?? 0) + 1)
    this.state.matchPlayed = true
    Object.assign(this.#round(match, round), { winner, reason })
  }

  #closeRound(at: Occasion): void {
    const { match, round, roundOpen, roundStartedAt } = this.state
    if (!roundOpen) return
    this.state.roundOpen = false
    this.#round(match, round).ended = endingAt(at, roundStartedAt)
  }

  #match(number: number): MatchChanges {
    const known = this.matches.get(number) ?? newMatchChanges()
    this.matches.set(number, known)
    return known
  }

  #round(match: number, round: number): RoundChanges {
    const rounds = this.rounds.get(match) ?? new Map<number, RoundChanges>()
    this.rounds.set(match, rounds)
    const known = rounds.get(round) ?? newRoundChanges()
    rounds.set(round, known)
    return known
  }
}

function endingAt(at: Occasion, startedAt: number): Ending {
  return { at: at.dateTime, durationSeconds: Math.max(0, at.seconds - startedAt) }
}
