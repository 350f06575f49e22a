/** `warmup` and `over`: what happens now belongs to no match. */
export type Phase = 'live' | 'warmup' | 'over'

/** Where a server stands, as the database holds it between batches. */
export interface StoredPlay {
  readonly map: string
  readonly phase: Phase
  /** The match that is played, or the last one; 0 before the first. */
  readonly match: number
  readonly matchOpen: boolean
  /** Something happened in it: a match in which nothing did is forgotten. */
  readonly matchPlayed: boolean
  /** Seconds since 1970. */
  readonly matchStartedAt: number
  /** The id that a match plugin has for the match that is or will be played; '' without. */
  readonly externalId: string
  readonly round: number
  readonly roundOpen: boolean
  /** Seconds since 1970. */
  readonly roundStartedAt: number
  /** Whether the round has its winner; a second line about its end changes nothing then. */
  readonly roundWon: boolean
  readonly stream: string
  readonly receivedAt: string
}

/** What a batch knows of one match. */
export interface MatchChanges {
  opened?: { readonly map: string; readonly startedAt: string }
  ended?: Ending & { readonly finished: boolean }
  externalId?: string
  rounds: number
  /** Rounds won, by team code. */
  readonly wins: Map<string, number>
  /** As the game last showed it, by team code. */
  readonly scores: Map<string, number>
  /** What the teams are called, by team code. */
  readonly names: Map<string, string>
}

/** What a batch knows of one round. */
export interface RoundChanges {
  opened?: { readonly startedAt: string }
  ended?: Ending
  winner?: string
  reason?: string
  kills: number
  /** The match's score after it, by team code. */
  readonly scores: Map<string, number>
}

export interface Ending {
  readonly at: string
  readonly durationSeconds: number
}

export const NEW_PLAY: StoredPlay = {
  map: '',
  phase: 'live',
  match: 0,
  matchOpen: false,
  matchPlayed: false,
  matchStartedAt: 0,
  externalId: '',
  round: 0,
  roundOpen: false,
  roundStartedAt: 0,
  roundWon: true,
  stream: '',
  receivedAt: '',
}

export function newMatchChanges(): MatchChanges {
  return { rounds: 0, wins: new Map(), scores: new Map(), names: new Map() }
}

export function newRoundChanges(): RoundChanges {
  return { kills: 0, scores: new Map() }
}
