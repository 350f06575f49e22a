import { type Cursor, positionOf } from './cursor.ts'
import type { LineBase } from './line-base.ts'
import type { Position } from './player-token.ts'
import { NO_PROPERTIES, type Properties, readProperties } from './properties.ts'

/** `World triggered "Round_Start"`, `World triggered "Match_Start" on "de_dust2"` */
export interface WorldActionLine extends LineBase {
  readonly kind: 'worldAction'
  readonly action: string
  /** The map in `on "…"`; '' without. */
  readonly map: string
  readonly properties: Properties
}

/** `World triggered "killlocation" (attacker_position "1 2 3") (victim_position "4 5 6")`: belongs to the next kill. */
export interface KillLocationLine extends LineBase {
  readonly kind: 'killLocation'
  readonly playerPosition: Position | undefined
  readonly victimPosition: Position | undefined
}

/** Reads what follows `World triggered "`. */
export function readWorldLine(cursor: Cursor): WorldActionLine | KillLocationLine | undefined {
  const { time, stamp } = cursor
  const action = cursor.untilQuote()
  if (action === undefined) {
    // CS:GO leaves out the closing quote here.
    if (!cursor.text.startsWith('Restart_Round_(', cursor.at)) return undefined
    return { kind: 'worldAction', time, stamp, action: cursor.rest(), map: '', properties: NO_PROPERTIES }
  }
  const map = cursor.take(' on "') ? cursor.untilQuote() : ''
  const reason = cursor.take(' reason "') ? cursor.untilLastQuote() : undefined
  const properties = reason === undefined ? readProperties(cursor) : { reason }
  if (map === undefined || properties === undefined) return undefined
  if (action === 'killlocation') {
    const playerPosition = positionOf(properties.attacker_position)
    return {
      kind: 'killLocation',
      time,
      stamp,
      playerPosition,
      victimPosition: positionOf(properties.victim_position),
    }
  }
  return { kind: 'worldAction', time, stamp, action, map, properties }
}
