import { isSameDay, type Moment } from './wall-clock.ts'

/** What is counted per player, per player and day, and per player and name. */
export interface Counters {
  readonly kills: number
  readonly deaths: number
  readonly suicides: number
  readonly headshots: number
  readonly teamkills: number
  readonly shots: number
  readonly hits: number
  readonly connectionTime: number
}

/** A player as the database holds him, locked. */
export interface StoredPlayer {
  readonly playerId: number
  readonly game: string
  readonly skill: number
  readonly kills: number
  readonly lastEvent: number
  readonly createdAt: number
  readonly lastSkillChange: number
  readonly hideRanking: number
  readonly clan: number
  readonly lastName: string
}

/** What one day adds to the history. */
export interface DayChanges {
  readonly counters: Counters
  readonly skillChange: number
  /** Points after the day's last event so far. */
  readonly skill: number
  readonly killStreak: number
  readonly deathStreak: number
}

/** What was counted under one name. */
export interface NameChanges {
  readonly counters: Counters
  readonly uses: number
  readonly lastUse: string
}

const NOTHING: Counters = {
  kills: 0,
  deaths: 0,
  suicides: 0,
  headshots: 0,
  teamkills: 0,
  shots: 0,
  hits: 0,
  connectionTime: 0,
}

const MOST_POINTS = 2_147_483_647

const SHOWN = 0
const HIDDEN = 1
const BANNED = 2
const INACTIVE = 3

/**
 * What a server takes a player for: an `ignored` bot has no points, no clan, no history and no rank; a `puppet` (a bot
 * with a made-up slot, as in Left 4 Dead) plays with points that never change, and has no rank.
 */
export type Standing = 'human' | 'bot' | 'puppet' | 'ignored'

/** One player during one batch: his locked row, and what the batch's events change, event by event. */
export class Account {
  readonly playerId: number
  readonly game: string
  readonly counters: Mutable<Counters> = { ...NOTHING }
  readonly days = new Map<string, Mutable<DayChanges>>()
  readonly names = new Map<string, Mutable<NameChanges>>()
  skill: number
  clan: number
  lastName: string
  lastAddress: string | undefined
  lastEvent: number
  /** His first event: whichever service makes him, and whichever event that has seen, this is what stays. */
  createdAt: number
  lastSkillChange: number
  hideRanking: number
  killStreak = 0
  deathStreak = 0
  assists = 0
  flashAssists = 0
  /** Whether any event named him: only then is his row written. */
  touched = false
  readonly #killsBefore: number
  #ignored = false

  constructor(stored: StoredPlayer) {
    this.playerId = stored.playerId
    this.game = stored.game
    this.skill = stored.skill
    this.clan = stored.clan
    this.lastName = stored.lastName
    this.lastEvent = stored.lastEvent
    this.createdAt = stored.createdAt
    this.lastSkillChange = stored.lastSkillChange
    this.hideRanking = stored.hideRanking
    this.#killsBefore = stored.kills
  }

  /** All kills, those of this batch so far included. */
  get kills(): number {
    return this.#killsBefore + this.counters.kills
  }

  /** A bot on a server that ignores bots: no points, no clan, out of the ranking. */
  get ignored(): boolean {
    return this.#ignored
  }

  /** An event named the player: he is active again, and shown again if only idleness had hidden him. */
  touch(at: Moment, standing: Standing): void {
    this.touched = true
    this.hideRanking = rankingOf(standing, this.hideRanking)
    if (standing === 'ignored') {
      this.#ignored = true
      this.skill = 0
      this.clan = 0
    } else this.#day(at)
    this.#followDay(at)
    this.lastEvent = Math.max(this.lastEvent, at.seconds)
    this.createdAt = Math.min(this.createdAt, at.seconds)
  }

  /** Out of the ranking, for good: nothing that he does brings him back. */
  ban(): void {
    this.touched = true
    this.hideRanking = Math.max(this.hideRanking, BANNED)
  }

  add(amounts: Partial<Counters>, at: Moment, name: string): void {
    addTo(this.counters, amounts)
    if (!this.#ignored) addTo(this.#day(at).counters, amounts)
    const named = this.#name(name, at)
    addTo(named.counters, amounts)
  }

  /** The player begins to use a name: on his first line on a server, and when he renames himself. */
  useName(name: string, at: Moment): void {
    this.#name(name, at).uses += 1
    this.lastName = name
  }

  /** Points never fall below zero, nor rise above what the tables hold. Returns what the change came to. */
  setSkill(points: number, at: Moment): number {
    if (this.#ignored) return 0
    const change = Math.min(MOST_POINTS, Math.max(0, points)) - this.skill
    this.skill += change
    this.lastSkillChange += change
    const day = this.#day(at)
    day.skillChange += change
    day.skill = this.skill
    return change
  }

  changeSkill(change: number, at: Moment): number {
    return this.setSkill(this.skill + change, at)
  }

  endKillStreak(kills: number, at: Moment): void {
    this.killStreak = Math.max(this.killStreak, kills)
    if (!this.#ignored) this.#day(at).killStreak = Math.max(this.#day(at).killStreak, kills)
  }

  deathsInRow(deaths: number, at: Moment): void {
    this.deathStreak = Math.max(this.deathStreak, deaths)
    if (!this.#ignored) this.#day(at).deathStreak = Math.max(this.#day(at).deathStreak, deaths)
  }

  /** `last_skill_change` is the change of the last day played: the first event of a later day starts it again. */
  #followDay(at: Moment): void {
    if (at.seconds > this.lastEvent && !isSameDay(at, this.lastEvent)) this.lastSkillChange = 0
  }

  #day(at: Moment): Mutable<DayChanges> {
    const known = this.days.get(at.day)
    if (known !== undefined) return known
    const day = {
      counters: { ...NOTHING },
      skillChange: 0,
      skill: this.skill,
      killStreak: 0,
      deathStreak: 0,
    }
    this.days.set(at.day, day)
    return day
  }

  #name(name: string, at: Moment): Mutable<NameChanges> {
    const known = this.names.get(name)
    if (known !== undefined) {
      if (at.dateTime > known.lastUse) known.lastUse = at.dateTime
      return known
    }
    const named = { counters: { ...NOTHING }, uses: 0, lastUse: at.dateTime }
    this.names.set(name, named)
    return named
  }
}

function rankingOf(standing: Standing, stored: number): number {
  if (stored === BANNED) return BANNED
  if (standing === 'ignored' || standing === 'puppet') return HIDDEN
  // Nobody hides a bot by hand.
  return standing === 'bot' || stored === INACTIVE ? SHOWN : stored
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends Counters ? Mutable<Counters> : T[K] }

function addTo(counters: Mutable<Counters>, amounts: Partial<Counters>): void {
  for (const key of Object.keys(amounts) as (keyof Counters)[]) counters[key] += amounts[key] ?? 0
}
