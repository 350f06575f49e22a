import type { LineKind } from '@hlstats/game-logs'
import type { Person } from './cast.ts'
import type { Dialect } from './dialect.ts'
import type { Random } from './random.ts'
import type { ScoreSheet } from './score-sheet.ts'
import type { ServerTotals } from './simulated-totals.ts'

/** A line without its stamp, and what it must be read as. */
export type Said = readonly [kind: LineKind, text: string]

/** What a server says; what a line counts is in the totals as soon as the line is out, and not before. */
export type Script = Generator<Said, void, undefined>

/** Somebody on the server. */
export interface Fighter {
  readonly person: Person
  name: string
  uid: number
  team: string
  role: string
  alive: boolean
  /** The team that ingress has put him in, as his lines have shown it so far. */
  knownTeam: string
  /** The team that his token has shown, and when it did first. */
  shownTeam: string
  shownAtMs: number
  namedAtMs: number
  killsInLife: number
  deathsInRow: number
}

interface SceneParts {
  readonly dialect: Dialect
  readonly sheet: ScoreSheet
  readonly address: string
  readonly random: Random
  readonly startedAt: Date
}

const REWARDED_STREAKS = 12

/** One game server: its clock, its map, who is on it, and how what they do is counted. */
export class Scene {
  readonly dialect: Dialect
  readonly sheet: ScoreSheet
  readonly random: Random
  readonly fighters: Fighter[] = []
  readonly #address: string
  map = ''
  clockMs: number
  #lastUid: number

  constructor({ dialect, sheet, address, random, startedAt }: SceneParts) {
    this.dialect = dialect
    this.sheet = sheet
    this.random = random
    this.#address = address
    this.clockMs = startedAt.getTime()
    this.#lastUid = dialect.firstUid - 1
  }

  get server(): ServerTotals {
    return this.sheet.server(this.#address)
  }

  nextUid(): number {
    this.#lastUid += 1
    return this.#lastUid
  }

  wait(minSeconds: number, maxSeconds = minSeconds): void {
    // Whole seconds apart, whatever the milliseconds of a stamp that has some.
    this.clockMs += this.random.integer(minSeconds, maxSeconds) * 1_000
  }

  alive(team: string): Fighter[] {
    return this.fighters.filter((fighter) => fighter.alive && fighter.team === team)
  }

  others(team: string): string {
    const [one, two] = this.dialect.teams
    return team === one ? two : one
  }

  /** How a line names a player, with the team that it shows; a token with a team tells ingress where he is. */
  token(fighter: Fighter, team = fighter.team): string {
    this.#show(fighter, team)
    return this.tokenText(fighter, team)
  }

  /** The same in a line that ingress does not take the team from. */
  tokenText({ name, uid, person }: Fighter, team: string): string {
    return `"${name}<${uid}><${this.dialect.steamId(person.uniqueId)}><${team}>"`
  }

  /** CS:GO and CS2 leave the team out where a player changes it. */
  teamlessToken({ name, uid, person }: Fighter): string {
    return `"${name}<${uid}><${this.dialect.steamId(person.uniqueId)}>"`
  }

  setTeam(fighter: Fighter, team: string): void {
    fighter.knownTeam = team
    this.server.teamRows += 1
  }

  setName(fighter: Fighter, name: string): void {
    fighter.name = name
    const row = this.sheet.player(fighter.person.uniqueId)
    if (!fighter.person.roams) row.name = name
  }

  /** An action that the game's catalogue lists: one row for the player, and one for each of the team that it pays. */
  act(action: string, rewarded = ''): void {
    this.sheet.countAction(action)
    this.server.actionRows += 1
    this.payTeam(rewarded)
  }

  payTeam(team: string): void {
    if (team === '') return
    this.server.teamBonusRows += this.fighters.filter(({ knownTeam }) => knownTeam === team).length
  }

  /** The kills without dying end: by death, by leaving, with the round, with the map. */
  endStreak(fighter: Fighter, isPaid = true): void {
    const kills = fighter.killsInLife
    if (kills === 0) return
    fighter.killsInLife = 0
    const row = this.sheet.player(fighter.person.uniqueId)
    row.killStreak = Math.max(row.killStreak, kills)
    if (kills > 1 && isPaid) this.act(`kill_streak_${Math.min(kills, REWARDED_STREAKS)}`)
  }

  #show(fighter: Fighter, team: string): void {
    fighter.namedAtMs = this.clockMs
    if (team === '') return
    if (team !== fighter.knownTeam) this.setTeam(fighter, team)
    if (team === fighter.shownTeam) return
    fighter.shownTeam = team
    fighter.shownAtMs = this.clockMs
  }
}
