import type { Cursor } from './cursor.ts'
import type { LineBase } from './line-base.ts'
import type { Position } from './player-token.ts'
import { NO_PROPERTIES, type Properties, readProperties } from './properties.ts'

/** `Loading map "de_dust2"` */
export interface MapLoadingLine extends LineBase {
  readonly kind: 'mapLoading'
  readonly map: string
}

/** `Started map "de_dust2" (CRC "-1352213912")`; CS2's `Started:  ""` has no map name. */
export interface MapStartedLine extends LineBase {
  readonly kind: 'mapStarted'
  readonly map: string
  /** Checksum of the map; '' where the engine logs none. */
  readonly crc: string
}

/** `Log file started (file "logs/L0101000.log") (game "cstrike") (version "48/1.1.2.7")`, `Log file closed` */
export interface LogFileLine extends LineBase {
  readonly kind: 'logFile'
  readonly phase: 'started' | 'closed'
  readonly properties: Properties
}

/** `server_cvar: "mp_timelimit" "30"`, `Server cvar "mp_timelimit" = "30"`, `"mp_timelimit" = "30"`. Passwords are masked. */
export interface ServerCvarLine extends LineBase {
  readonly kind: 'serverCvar'
  readonly name: string
  readonly value: string
}

/** `Server cvars start`, `Server cvars end` */
export interface CvarListLine extends LineBase {
  readonly kind: 'cvarList'
  readonly phase: 'start' | 'end'
}

/** `Server say "hello"`, `server_message: "quit"`, `Server shutdown`, `Server name is "…"` */
export interface ServerMessageLine extends LineBase {
  readonly kind: 'serverMessage'
  readonly source: 'say' | 'message' | 'shutdown' | 'name'
  readonly text: string
}

/** `Molotov projectile spawned at 1.0 2.0 3.0, velocity 4.0 5.0 6.0`, in game units and units a second. */
export interface ProjectileLine extends LineBase {
  readonly kind: 'projectile'
  /** `Molotov`, `Pipe bomb`, `Spitter` … */
  readonly projectile: string
  readonly position: Position
  readonly velocity: Position
}

/** A line of a JSON block: `JSON_BEGIN{`, its inner lines, `}}JSON_END`. The assembler joins them. */
export interface JsonPartLine extends LineBase {
  readonly kind: 'jsonPart'
  readonly part: 'begin' | 'inner' | 'end'
  readonly text: string
}

export function readMapLoading(cursor: Cursor): MapLoadingLine | undefined {
  const map = cursor.untilQuote()
  if (map === undefined || readProperties(cursor) === undefined) return undefined
  return { kind: 'mapLoading', time: cursor.time, stamp: cursor.stamp, map }
}

export function readMapStarted(cursor: Cursor): MapStartedLine | undefined {
  const map = cursor.untilQuote()
  const properties = readProperties(cursor)
  if (map === undefined || properties === undefined) return undefined
  return { kind: 'mapStarted', time: cursor.time, stamp: cursor.stamp, map, crc: properties.CRC ?? '' }
}

export function readLogStarted(cursor: Cursor): LogFileLine | undefined {
  // CS2 ends this line with a colon.
  if (cursor.text.charCodeAt(cursor.end - 1) === 58) cursor.end -= 1
  const properties = readProperties(cursor)
  if (properties === undefined) return undefined
  return { kind: 'logFile', time: cursor.time, stamp: cursor.stamp, phase: 'started', properties }
}

export function readLogClosed(cursor: Cursor): LogFileLine | undefined {
  cursor.take('.')
  if (!cursor.isDone()) return undefined
  return {
    kind: 'logFile',
    time: cursor.time,
    stamp: cursor.stamp,
    phase: 'closed',
    properties: NO_PROPERTIES,
  }
}

function isSecret(name: string): boolean {
  return (
    name.includes('password') ||
    name.includes('secret') ||
    name.includes('apikey') ||
    name.includes('steamaccount')
  )
}

/** Reads `name" <separator> "value"`, the first quote being passed. */
export function readCvar(separator: string): (cursor: Cursor) => ServerCvarLine | undefined {
  return (cursor) => {
    const name = cursor.untilQuote()
    if (name === undefined || !cursor.take(separator)) return undefined
    const value = cursor.untilLastQuote()
    if (value === undefined) return undefined
    const shown = value !== '' && isSecret(name) ? '[redacted]' : value
    return { kind: 'serverCvar', time: cursor.time, stamp: cursor.stamp, name, value: shown }
  }
}

export function readCvarList(phase: CvarListLine['phase']): (cursor: Cursor) => CvarListLine | undefined {
  return (cursor) =>
    cursor.isDone() ? { kind: 'cvarList', time: cursor.time, stamp: cursor.stamp, phase } : undefined
}

export function readServerMessage(source: ServerMessageLine['source']) {
  return (cursor: Cursor): ServerMessageLine | undefined => {
    const { time, stamp } = cursor
    const text = source === 'shutdown' ? cursor.rest() : cursor.untilLastQuote()
    return text === undefined ? undefined : { kind: 'serverMessage', time, stamp, source, text }
  }
}

/** Reads what follows `… projectile spawned at `. */
export function readProjectile(projectile: string) {
  return (cursor: Cursor): ProjectileLine | undefined => {
    const { time, stamp } = cursor
    const position = cursor.position()
    const velocity = cursor.take(', velocity ') ? cursor.position() : undefined
    if (position === undefined || velocity === undefined || !cursor.isDone()) return undefined
    return { kind: 'projectile', time, stamp, projectile, position, velocity }
  }
}

export function readJsonPart(part: 'begin' | 'end') {
  return (cursor: Cursor): JsonPartLine | undefined => {
    const { time, stamp } = cursor
    const text = cursor.takeRest()
    if (part === 'end' && !text.endsWith('JSON_END')) return undefined
    return { kind: 'jsonPart', time, stamp, part, text: part === 'begin' ? '{' : '}}' }
  }
}

/** A line inside a JSON block, its first quote being passed: `round_number" : "1",` */
export function readJsonInner(cursor: Cursor): JsonPartLine | undefined {
  const start = cursor.at - 1
  if (cursor.untilQuote() === undefined) return undefined
  cursor.skipBlanks()
  if (!cursor.take(':')) return undefined
  const { time, stamp, text, end } = cursor
  return { kind: 'jsonPart', time, stamp, part: 'inner', text: text.slice(start, end) }
}
