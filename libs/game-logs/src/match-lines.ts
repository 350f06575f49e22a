import type { Cursor } from './cursor.ts'
import type { LineBase } from './line-base.ts'
import type { TeamNameLine } from './team-lines.ts'
import { readTeamName, readUnsetTeam } from './team-lines.ts'

/** `MatchStatus: Score: 3:2 on map "de_inferno" RoundsPlayed: 5` */
export interface MatchStatusLine extends LineBase {
  readonly kind: 'matchStatus'
  readonly scoreCt: number
  readonly scoreT: number
  readonly map: string
  /** -1 before the first round. */
  readonly roundsPlayed: number
}

/** `Game Over: competitive mg_de_cache de_cache score 16:1 after 21 min` */
export interface GameOverLine extends LineBase {
  readonly kind: 'gameOver'
  readonly mode: string
  readonly mapGroup: string
  readonly map: string
  readonly scoreCt: number
  readonly scoreT: number
  readonly minutes: number
}

/** `ACCOLADE, FINAL: {pistolkills},	Name<2>,	VALUE: 5.000000,	POS: 1,	SCORE: 8.095239` */
export interface AccoladeLine extends LineBase {
  readonly kind: 'accolade'
  /** `FINAL`, `ROUND`. */
  readonly phase: string
  readonly accolade: string
  readonly name: string
  readonly uid: number
  readonly value: number
  readonly position: number
  readonly score: number
}

/** Match flow in words: `Starting Freeze period`, `Match pause is enabled - mp_pause_match`, `Tournament mode started` … */
export interface MatchFlowLine extends LineBase {
  readonly kind: 'matchFlow'
  readonly phase: 'freezePeriod' | 'paused' | 'unpaused' | 'tournament' | 'reset'
  readonly text: string
}

/** Markers of the match plugins: `[MatchZy] …`, `get5_event: {…}`, `eBot triggered "Begin_Match"`. */
export interface MatchMarkerLine extends LineBase {
  readonly kind: 'matchMarker'
  /** `MatchZy`, `Get5`, `eBot`, `WarMod`, `KTP`. */
  readonly plugin: string
  readonly text: string
}

/** Reads what follows `MatchStatus: `. */
export function readMatchStatus(cursor: Cursor): MatchStatusLine | TeamNameLine | undefined {
  if (cursor.take('Team playing "')) return readTeamName(cursor)
  if (cursor.take('Team "')) return readUnsetTeam(cursor)
  if (!cursor.take('Score: ')) return undefined
  const scoreCt = cursor.number()
  const scoreT = cursor.take(':') ? cursor.number() : undefined
  const map = cursor.take(' on map "') ? cursor.untilQuote() : undefined
  const roundsPlayed = cursor.take(' RoundsPlayed: ') ? cursor.number() : undefined
  if (scoreCt === undefined || scoreT === undefined || map === undefined || roundsPlayed === undefined)
    return undefined
  if (!cursor.isDone()) return undefined
  return { kind: 'matchStatus', time: cursor.time, stamp: cursor.stamp, scoreCt, scoreT, map, roundsPlayed }
}

/** Reads what follows `Game Over: `. The map group is left out by CS2. */
export function readGameOver(cursor: Cursor): GameOverLine | undefined {
  const names = cursor.until(' score ')
  const scoreCt = cursor.number()
  const scoreT = cursor.take(':') ? cursor.number() : undefined
  const minutes = cursor.take(' after ') ? cursor.number() : undefined
  if (names === undefined || scoreCt === undefined || scoreT === undefined || minutes === undefined)
    return undefined
  if (!cursor.take(' min') || !cursor.isDone()) return undefined
  const words = names.split(' ')
  const map = words.at(-1) ?? ''
  const mapGroup = words.length > 2 ? (words.at(-2) ?? '') : ''
  const mode = words.slice(0, words.length > 2 ? -2 : -1).join(' ')
  return {
    kind: 'gameOver',
    time: cursor.time,
    stamp: cursor.stamp,
    mode,
    mapGroup,
    map,
    scoreCt,
    scoreT,
    minutes,
  }
}

/** Reads what follows `ACCOLADE, `. The name may hold anything, so it is read from the numbers behind it. */
export function readAccolade(cursor: Cursor): AccoladeLine | undefined {
  const phase = cursor.until(': {')
  const accolade = cursor.until('},\t')
  const { text, at } = cursor
  const uidEnd = text.lastIndexOf('>,\tVALUE: ')
  const uidStart = text.lastIndexOf('<', uidEnd)
  if (phase === undefined || accolade === undefined || uidStart < at) return undefined
  const name = text.slice(at, uidStart)
  cursor.at = uidStart + 1
  const uid = cursor.number()
  const value = cursor.take('>,\tVALUE: ') ? cursor.number() : undefined
  const position = cursor.take(',\tPOS: ') ? cursor.number() : undefined
  const score = cursor.take(',\tSCORE: ') ? cursor.number() : undefined
  if (uid === undefined || value === undefined || position === undefined || score === undefined)
    return undefined
  if (!cursor.isDone()) return undefined
  const { time, stamp } = cursor
  return { kind: 'accolade', time, stamp, phase, accolade, name, uid, value, position, score }
}

/** A line in words, taken whole. */
export function readMatchFlow(phase: MatchFlowLine['phase']): (cursor: Cursor) => MatchFlowLine {
  return ({ text, bodyAt, end, time, stamp }) => {
    return { kind: 'matchFlow', time, stamp, phase, text: text.slice(bodyAt, end) }
  }
}

/** What a match plugin wrote behind its own mark. */
export function readMarker(plugin: string): (cursor: Cursor) => MatchMarkerLine {
  return (cursor) => {
    cursor.skipBlanks()
    return { kind: 'matchMarker', time: cursor.time, stamp: cursor.stamp, plugin, text: cursor.rest() }
  }
}
