import { tokenOf } from './action-lines.ts'
import { type Cursor, positionOf } from './cursor.ts'
import type { LineBase } from './line-base.ts'
import type { ParsedLine } from './parsed-line.ts'
import type { PlayerToken, Position } from './player-token.ts'
import { type Properties, readProperties } from './properties.ts'

/** One of the capturers of a point. */
export interface Capper {
  readonly player: PlayerToken
  readonly position: Position | undefined
}

/** `Team "CT" triggered "CTs_Win" (CT "3") (T "0")`, TF2's `pointcaptured` and DoD:S' `captured_loc` with their players. */
export interface TeamActionLine extends LineBase {
  readonly kind: 'teamAction'
  readonly team: string
  readonly action: string
  readonly article: boolean
  /** DoD's `triggered a "dod_control_point" - "hill"`, TF2's `due to mp_windifference`; '' without. */
  readonly detail: string
  readonly players: readonly Capper[]
  readonly properties: Properties
}

/** `Team "CT" scored "3" with "5" players`, `Team "Red" current score "1" with "6" players`, `… final score …` */
export interface TeamScoreLine extends LineBase {
  readonly kind: 'teamScore'
  readonly team: string
  readonly phase: 'scored' | 'current' | 'final'
  readonly score: number
  /** Members of the team. */
  readonly playerCount: number
}

/** `Team playing "CT": Astralis`, also behind `MatchStatus: ` */
export interface TeamNameLine extends LineBase {
  readonly kind: 'teamName'
  readonly team: string
  readonly name: string
}

/** `Team "Red" formed alliance with team "Blue"` */
export interface TeamAllianceLine extends LineBase {
  readonly kind: 'teamAlliance'
  readonly team: string
  readonly ally: string
}

const NO_PLAYERS: readonly Capper[] = Object.freeze([])
const MOST_CAPPERS = 32

/** `player1` with `position1` in TF2, `player` or `player_a` and `player_b` in DoD:S. */
function cappersIn(properties: Properties): readonly Capper[] {
  const cappers: Capper[] = []
  const add = (key: string, place: string): boolean => {
    const player = tokenOf(properties[key])
    if (player !== undefined) cappers.push({ player, position: positionOf(properties[place]) })
    return properties[key] !== undefined
  }
  for (let number = 1; number <= MOST_CAPPERS; number += 1) {
    if (!add(`player${number}`, `position${number}`)) break
  }
  for (const key of ['player', 'player_a', 'player_b']) add(key, 'position')
  return cappers.length === 0 ? NO_PLAYERS : cappers
}

/** DoD's ` - "hill"`, TF2's ` due to mp_windifference`. */
function takeDetail(cursor: Cursor): string | undefined {
  if (cursor.take(' - "')) return cursor.untilQuote()
  return cursor.take(' due to ') ? cursor.takeRest() : ''
}

function readTriggered(cursor: Cursor, team: string, article: boolean): TeamActionLine | undefined {
  const action = cursor.untilQuote()
  const detail = takeDetail(cursor)
  const properties = readProperties(cursor)
  if (action === undefined || detail === undefined || properties === undefined) return undefined
  const hasPlayers = properties.player1 ?? properties.player ?? properties.player_a
  const players = hasPlayers === undefined ? NO_PLAYERS : cappersIn(properties)
  const { time, stamp } = cursor
  return { kind: 'teamAction', time, stamp, team, action, article, detail, players, properties }
}

function readScore(cursor: Cursor, team: string, phase: TeamScoreLine['phase']): TeamScoreLine | undefined {
  const score = cursor.number()
  if (score === undefined || !cursor.take('" with "')) return undefined
  const playerCount = cursor.number()
  if (playerCount === undefined || !cursor.take('" players')) return undefined
  cursor.take('"')
  if (readProperties(cursor) === undefined) return undefined
  return { kind: 'teamScore', time: cursor.time, stamp: cursor.stamp, team, phase, score, playerCount }
}

/** Reads what follows `Team "`. */
export function readTeamLine(cursor: Cursor): ParsedLine | undefined {
  const team = cursor.untilQuote()
  if (team === undefined) return undefined
  if (cursor.take(' triggered "')) return readTriggered(cursor, team, false)
  if (cursor.take(' triggered a "')) return readTriggered(cursor, team, true)
  if (cursor.take(' scored "')) return readScore(cursor, team, 'scored')
  if (cursor.take(' current score "')) return readScore(cursor, team, 'current')
  if (cursor.take(' final score "')) return readScore(cursor, team, 'final')
  if (!cursor.take(' formed alliance with team "')) return undefined
  const ally = cursor.untilQuote()
  if (ally === undefined || !cursor.isDone()) return undefined
  return { kind: 'teamAlliance', time: cursor.time, stamp: cursor.stamp, team, ally }
}

/** Reads what follows `Team playing "`. */
export function readTeamName(cursor: Cursor): TeamNameLine | undefined {
  const team = cursor.untilQuote()
  if (team === undefined || !cursor.take(':')) return undefined
  cursor.skipBlanks()
  return { kind: 'teamName', time: cursor.time, stamp: cursor.stamp, team, name: cursor.rest() }
}

/** Reads what follows `MatchStatus: Team "`: `CT" is unset.` */
export function readUnsetTeam(cursor: Cursor): TeamNameLine | undefined {
  const team = cursor.untilQuote()
  if (team === undefined || !cursor.take(' is unset.') || !cursor.isDone()) return undefined
  return { kind: 'teamName', time: cursor.time, stamp: cursor.stamp, team, name: '' }
}

/** DoD's score without the word `Team`: `"Allies" scored "15" with "8" players`, the first quote being passed. */
export function readBareScore(cursor: Cursor): TeamScoreLine | undefined {
  const team = cursor.untilQuote()
  return team !== undefined && cursor.take(' scored "') ? readScore(cursor, team, 'scored') : undefined
}
