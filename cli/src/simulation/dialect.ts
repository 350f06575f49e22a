import type { Position } from '@hlstats/game-logs'

/** A kill as a line tells it; killer and victim as whole tokens. */
export interface Strike {
  readonly killer: string
  readonly victim: string
  readonly weapon: string
  readonly headshot: boolean
  readonly from: Position
  readonly to: Position
}

/** What a round is won by. */
export type Win = 'kills' | 'bomb' | 'defusal' | 'flags'

/** How one game writes its lines, and what its defaults pay. */
export interface Dialect {
  readonly code: string
  readonly teams: readonly [string, string]
  readonly weapons: readonly [string, ...string[]]
  readonly maps: readonly [string, ...string[]]
  /** What the players fight for. */
  readonly aim: 'bomb' | 'flag'
  /** The team in the token of a player who is about to join one. */
  readonly unassigned: string
  /** The number of the first player that a server lets in. */
  readonly firstUid: number
  /** A change of teams is `switched from team <A> to <B>`, by a token without a team. */
  readonly switches: boolean
  /** A headshot has a line of its own before the kill, which does not tell it then. */
  readonly headshotLine: boolean
  /** Damage has lines of its own. */
  readonly attacks: boolean
  /** The words for helping to kill; '' where nothing is logged. */
  readonly assists: '' | 'assisted killing' | 'kill assist'
  /** Classes; none in most games. */
  readonly roles: readonly string[]
  /** Nothing counts between the end of a round and the next start: the default of the game's servers. */
  readonly ignoresBonusRound: boolean
  steamId(uniqueId: string): string
  stamp(at: Date): string
  started(map: string): string
  kill(strike: Strike): string
  /** The code of the line that says who won, and how. */
  winCode(team: string, by: Win): string
}

/** `STEAM_<universe>:Y:Z` */
export function steam2(universe: number): (uniqueId: string) => string {
  return (uniqueId) => `STEAM_${universe}:${uniqueId}`
}

/** `[U:1:N]` */
export function steam3(uniqueId: string): string {
  const [parity = '0', half = '0'] = uniqueId.split(':')
  return `[U:1:${Number(half) * 2 + Number(parity)}]`
}

/** `L 11/21/2026 - 20:00:00: ` */
export function stampOfSeconds(at: Date): string {
  const { date, clock } = partsOf(at)
  return `L ${date} - ${clock.slice(0, 8)}: `
}

/** `L 11/21/2026 - 20:00:00.003 - ` */
export function stampOfMilliseconds(at: Date): string {
  const { date, clock } = partsOf(at)
  return `L ${date} - ${clock.slice(0, 12)} - `
}

export function placeText({ x, y, z }: Position): string {
  return `${x} ${y} ${z}`
}

function partsOf(at: Date): { date: string; clock: string } {
  const text = at.toISOString()
  return { date: `${text.slice(5, 7)}/${text.slice(8, 10)}/${text.slice(0, 4)}`, clock: text.slice(11) }
}
