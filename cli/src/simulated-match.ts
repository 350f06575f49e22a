import { StatsError } from '@hlstats/errors'
import { type Random, seededRandom } from './random.ts'
import { SIMULATED_GAMES, type SimulatedGame } from './simulated-game.ts'
import { ScoreSheet, type SimulatedTotals } from './simulated-totals.ts'

export interface SimulationOptions {
  readonly game: string
  readonly seed: number
  readonly players: number
  readonly rounds: number
  readonly startedAt: Date
}

interface SimulatedPlayer {
  readonly uniqueId: string
  name: string
  uid: number
  team: string
  alive: boolean
}

// What real servers' logs hold: quotes, brackets, letters of all kinds, names that look like log lines.
const ODD_NAMES = [
  'Ann',
  '[clan] Bert',
  'I <3 headshots',
  'the "quoted" one',
  'Ünïcödé',
  '名無しさん',
  'x" killed "y',
  '🎯 aim',
  '<1>',
  'Dave with "awp"',
  '=]TAG[= Eve',
  'player(2)',
  "O'Neill",
  'L 01/01/2020 - 00:00:00:',
  'N<12><STEAM_0:0:1><CT>',
  'World',
  '% s $& \\1',
  'Console',
  '-',
  'tab\tbed',
] as const

const CHAT = ['gg', 'nice one', 'rush b', 'who "killed" me?', 'ns', '<3', 'one left', 'gl hf'] as const

// Steam had not given out account numbers this high when this was written.
const FIRST_ACCOUNT = 2_100_000_000

/** Plays a seeded match: the log lines a server would have written, and the totals they must lead to. */
export function simulateMatch(options: SimulationOptions): {
  lines: readonly string[]
  totals: SimulatedTotals
} {
  const game = SIMULATED_GAMES[options.game]
  if (game === undefined) {
    const known = Object.keys(SIMULATED_GAMES).join(', ')
    throw new StatsError('INPUT_INVALID', `game "${options.game}" cannot be simulated: use one of ${known}`)
  }
  return new SimulatedMatch(game, options).play()
}

class SimulatedMatch {
  readonly #game: SimulatedGame
  readonly #options: SimulationOptions
  readonly #random: Random
  readonly #lines: string[] = []
  readonly #sheet = new ScoreSheet()
  readonly #players: SimulatedPlayer[] = []
  readonly #wins: Record<string, number> = { CT: 0, TERRORIST: 0 }
  #clockMs: number
  #lastUid = 0

  constructor(game: SimulatedGame, options: SimulationOptions) {
    this.#game = game
    this.#options = options
    this.#random = seededRandom(options.seed)
    this.#clockMs = options.startedAt.getTime()
  }

  play(): { lines: readonly string[]; totals: SimulatedTotals } {
    const { rounds, seed, players } = this.#options
    for (const line of this.#game.opening(this.#random.pick(this.#game.maps))) this.#write(line)
    for (let number = 0; number < players; number += 1) this.#enter(number)
    for (let round = 1; round <= rounds; round += 1) {
      this.#round()
      if (round === Math.ceil(rounds / 2)) this.#switchSides()
      if (this.#random.chance(0.2)) this.#reconnect()
      if (this.#random.chance(0.2)) this.#rename()
    }
    for (const player of this.#players) this.#write(`${this.#token(player)} disconnected`)
    this.#write('Log file closed')
    const totals = this.#sheet.totals({ game: this.#game.code, seed, lines: this.#lines.length, rounds })
    return { lines: this.#lines, totals }
  }

  #enter(number: number): void {
    const account = FIRST_ACCOUNT + ((this.#options.seed * 100 + number) % 40_000_000)
    const odd = ODD_NAMES[(number + this.#options.seed) % ODD_NAMES.length] ?? 'Ann'
    const name = number < ODD_NAMES.length ? odd : `${odd} ${number}`
    const player = { uniqueId: `${number % 2}:${account}`, name, uid: 0, team: '', alive: false }
    this.#players.push(player)
    this.#connect(player, number % 2 === 0 ? 'CT' : 'TERRORIST')
  }

  #connect(player: SimulatedPlayer, team: string): void {
    this.#lastUid += 1
    player.uid = this.#lastUid
    player.team = ''
    const before = this.#token(player)
    this.#write(`${before} connected, address "192.0.2.${this.#random.integer(1, 254)}:27005"`)
    this.#write(`${before} STEAM USERID validated`)
    this.#write(`${before} entered the game`)
    const plain = before.replace(/<>"$/, '"')
    player.team = team
    this.#sheet.player(player.uniqueId, player.name)
    this.#write(this.#game.joined(before, plain, team))
    this.#wait(5)
  }

  #round(): void {
    for (const player of this.#players) player.alive = true
    this.#write('World triggered "Round_Start"')
    this.#wait(3)
    while (this.#alive('CT').length > 0 && this.#alive('TERRORIST').length > 0) this.#incident()
    const winner = this.#alive('CT').length > 0 ? 'CT' : 'TERRORIST'
    this.#wins[winner] = (this.#wins[winner] ?? 0) + 1
    this.#write(
      `Team "${winner}" triggered "${this.#game.teamWon[winner]}" (CT "${this.#wins.CT}") (T "${this.#wins.TERRORIST}")`,
    )
    this.#write('World triggered "Round_End"')
    this.#wait(5)
  }

  #incident(): void {
    const alive = this.#players.filter((player) => player.alive) as [SimulatedPlayer, ...SimulatedPlayer[]]
    const player = this.#random.pick(alive)
    const mate = alive.find((other) => other !== player && other.team === player.team)
    const [first, ...others] = alive.filter((other) => other.team !== player.team)
    if (this.#random.chance(0.1)) this.#chat()
    const kind = this.#random.integer(1, 100)
    if (kind <= 3) this.#suicide(player)
    else if (kind <= 6 && mate !== undefined) this.#teamkill(player, mate)
    else if (first !== undefined) this.#kill(player, this.#random.pick([first, ...others]))
  }

  #kill(killer: SimulatedPlayer, victim: SimulatedPlayer): void {
    const headshot = this.#strike(killer, victim)
    const killerRow = this.#sheet.player(killer.uniqueId, killer.name)
    killerRow.kills += 1
    if (headshot) killerRow.headshots += 1
    this.#sheet.player(victim.uniqueId, victim.name).deaths += 1
  }

  #teamkill(killer: SimulatedPlayer, victim: SimulatedPlayer): void {
    this.#strike(killer, victim)
    this.#sheet.player(killer.uniqueId, killer.name).teamkills += 1
  }

  #strike(killer: SimulatedPlayer, victim: SimulatedPlayer): boolean {
    const weapon = this.#random.pick(this.#game.weapons)
    const headshot = this.#random.chance(0.3)
    const suffix = headshot ? ' (headshot)' : ''
    this.#write(`${this.#placed(killer)} killed ${this.#placed(victim)} with "${weapon}"${suffix}`)
    victim.alive = false
    this.#sheet.weaponKill(weapon, headshot)
    this.#wait(this.#random.integer(1, 8))
    return headshot
  }

  #suicide(player: SimulatedPlayer): void {
    this.#write(`${this.#placed(player)} committed suicide with "world"`)
    player.alive = false
    this.#sheet.player(player.uniqueId, player.name).suicides += 1
    this.#wait(2)
  }

  #chat(): void {
    const player = this.#somebody()
    this.#write(
      `${this.#token(player)} ${this.#random.chance(0.5) ? 'say' : 'say_team'} "${this.#random.pick(CHAT)}"`,
    )
  }

  #switchSides(): void {
    for (const player of this.#players) {
      const before = this.#token(player)
      const old = player.team
      player.team = old === 'CT' ? 'TERRORIST' : 'CT'
      const plain = before.replace(/<[^<>]*>"$/, '"')
      this.#write(
        this.#game.hasPositions
          ? `${plain} switched from team <${old}> to <${player.team}>`
          : `${before} joined team "${player.team}"`,
      )
    }
    this.#wait(10)
  }

  #reconnect(): void {
    const player = this.#somebody()
    const { team } = player
    this.#write(`${this.#token(player)} disconnected`)
    this.#connect(player, team)
  }

  #rename(): void {
    const player = this.#somebody()
    const name = `${player.name.slice(0, 20)}${this.#random.integer(1, 9)}`
    this.#write(`${this.#token(player)} changed name to "${name}"`)
    player.name = name
    this.#sheet.player(player.uniqueId, name)
  }

  #alive(team: string): SimulatedPlayer[] {
    return this.#players.filter((player) => player.alive && player.team === team)
  }

  #somebody(): SimulatedPlayer {
    return this.#random.pick(this.#players as [SimulatedPlayer, ...SimulatedPlayer[]])
  }

  #token({ name, uid, uniqueId, team }: SimulatedPlayer): string {
    return `"${name}<${uid}><${this.#game.steamPrefix}${uniqueId}><${team}>"`
  }

  #placed(player: SimulatedPlayer): string {
    if (!this.#game.hasPositions) return this.#token(player)
    const place = () => this.#random.integer(-2000, 2000)
    return `${this.#token(player)} [${place()} ${place()} ${place()}]`
  }

  #wait(seconds: number): void {
    this.#clockMs += seconds * 1_000
  }

  #write(text: string): void {
    const [date = '', time = ''] = new Date(this.#clockMs).toISOString().split('T')
    const [year, month, day] = date.split('-')
    this.#lines.push(`L ${month}/${day}/${year} - ${time.slice(0, 8)}: ${text}`)
  }
}
