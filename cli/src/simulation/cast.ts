import { type Random, seededRandom } from './random.ts'

/** Somebody who plays on one or several servers. */
export interface Person {
  /** As the database has it: `Y:Z` of his Steam id. */
  readonly uniqueId: string
  readonly name: string
  /** From 0 to 1: who is better hits more often. */
  readonly skill: number
  /** Plays on several servers, so nobody can say which name of his is the latest. */
  readonly roams: boolean
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
  "'; DROP TABLE x; --",
  'مرحبا',
  '" (headshot)',
  'a`b\\',
] as const

// Steam had not given out account numbers this high when this was written. A database index compares them as texts, so
// they all have the same number of digits.
const FIRST_ACCOUNT = 1_100_000_000
const ACCOUNTS_PER_SEED = 10_000
const SEEDS = 100_000

/** Everybody of one game: people of one server each, and those who roam. */
export class Cast {
  readonly #seed: number
  readonly #firstAccount: number
  #people = 0

  constructor(seed: number) {
    this.#seed = seed
    this.#firstAccount = FIRST_ACCOUNT + (seed % SEEDS) * ACCOUNTS_PER_SEED
  }

  /** The account numbers of everybody hired so far. */
  get accounts(): { first: number; last: number } {
    return { first: this.#firstAccount, last: this.#firstAccount + Math.max(0, this.#people - 1) }
  }

  hire(count: number, roams: boolean): Person[] {
    return Array.from({ length: count }, () => this.#person(roams))
  }

  #person(roams: boolean): Person {
    const number = this.#people
    this.#people += 1
    const account = this.#firstAccount + number
    const odd = ODD_NAMES[(number + this.#seed) % ODD_NAMES.length] ?? 'Ann'
    const name = number < ODD_NAMES.length ? odd : `${odd} ${number}`
    const skill = skillOf(seededRandom(account))
    return { uniqueId: `${number % 2}:${account}`, name, skill, roams }
  }
}

/** Few are very good. */
function skillOf(random: Random): number {
  const roll = () => random.integer(0, 1_000) / 1_000
  return roll() * roll()
}
