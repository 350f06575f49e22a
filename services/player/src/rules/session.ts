import { type Arrival, isReceivedBefore } from '@hlstats/events'
import { type Moment, secondsPlayed } from './wall-clock.ts'

/** A player's stay on one server, as the database holds it between batches. */
export interface StoredSession {
  readonly serverId: number
  readonly playerId: number
  readonly uniqueId: string
  readonly rawId: string
  readonly bot: boolean
  readonly uid: number
  readonly name: string
  readonly team: string
  readonly role: string
  readonly address: string
  readonly connectedAt: number
  readonly lastEventAt: number
  readonly killsInLife: number
  readonly deathsInRow: number
  readonly mapKills: number
  readonly mapDeaths: number
  readonly mapSuicides: number
  readonly mapHeadshots: number
  readonly mapShots: number
  readonly mapHits: number
  readonly skillChange: number
  readonly dead: boolean
  readonly bomb: boolean
  readonly ping: number
  /** The ingress life whose event moved it last, and when that event was received. */
  readonly stream: string
  readonly receivedAt: string
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** A player's stay on one server during one batch. */
export class Session {
  readonly state: Mutable<StoredSession>
  /** Whether the database has it already. */
  readonly stored: boolean
  changed = false
  /** When it was changed last, among all stays of the batch: the live list shows the stay that moved last. */
  changedAt = 0
  /** Counts the changes of all stays of a batch. */
  clock = { now: 0 }
  #ended = false

  constructor(state: StoredSession, stored: boolean) {
    this.state = { ...state }
    this.stored = stored
  }

  /** An event of an older ingress life, delivered late: it counts, but the stay has moved on since. */
  isLate(event: Arrival): boolean {
    return isReceivedBefore(event, this.state)
  }

  get ended(): boolean {
    return this.#ended
  }

  change(values: Partial<StoredSession>): void {
    Object.assign(this.state, values)
    this.changed = true
    this.clock.now += 1
    this.changedAt = this.clock.now
  }

  /** The player has left. */
  end(): void {
    this.#ended = true
  }

  /** A sign of life: returns the connection time since the one before. */
  seen(at: Moment, arrival: Arrival): number {
    const played = secondsPlayed(this.state.lastEventAt, at.seconds)
    this.change({
      lastEventAt: Math.max(this.state.lastEventAt, at.seconds),
      stream: arrival.stream,
      receivedAt: arrival.receivedAt,
    })
    return played
  }

  /** Ends the streak of kills: returns its length. */
  endKillStreak(): number {
    const kills = this.state.killsInLife
    if (kills > 0) this.change({ killsInLife: 0 })
    return kills
  }

  startMap(): void {
    this.change({ team: '', mapKills: 0, mapDeaths: 0, mapHeadshots: 0, mapShots: 0, mapHits: 0 })
  }
}

/** A stay that begins now; `stored` if the row of one that ended in this batch is there to take. */
export function newSession(
  who: Pick<StoredSession, 'serverId' | 'playerId' | 'uniqueId' | 'rawId' | 'bot' | 'uid'>,
  start: Arrival & { at: Moment; name: string; team: string; role: string; stored: boolean },
): Session {
  const { at, name, team, role, stream, receivedAt } = start
  const state = { ...FRESH, ...who, name, team, role, stream, receivedAt }
  return new Session({ ...state, connectedAt: at.seconds, lastEventAt: at.seconds }, start.stored)
}

const FRESH = {
  address: '',
  killsInLife: 0,
  deathsInRow: 0,
  mapKills: 0,
  mapDeaths: 0,
  mapSuicides: 0,
  mapHeadshots: 0,
  mapShots: 0,
  mapHits: 0,
  skillChange: 0,
  dead: false,
  bomb: false,
  ping: 0,
} as const
