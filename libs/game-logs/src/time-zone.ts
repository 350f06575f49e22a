import type { LogTime } from './log-time.ts'

const QUARTER_MS = 900_000
const DAY_MS = 86_400_000
const MOST_OFFSETS = 64

interface Zone {
  readonly format: Intl.DateTimeFormat
  /** Offset per quarter of an hour: no zone changes inside one. Asking Intl takes microseconds, lines come faster. */
  readonly offsets: Map<number, number>
}

const zones = new Map<string, Zone>()

function zoneOf(timeZone: string): Zone {
  let zone = zones.get(timeZone)
  if (zone === undefined) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    zone = { format, offsets: new Map() }
    zones.set(timeZone, zone)
  }
  return zone
}

/** How far the wall clock of the zone is ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const { format, offsets } = zoneOf(timeZone)
  const quarter = Math.floor(instant / QUARTER_MS) * QUARTER_MS
  const known = offsets.get(quarter)
  if (known !== undefined) return known
  const parts: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(quarter)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - quarter
  if (offsets.size >= MOST_OFFSETS) offsets.clear()
  offsets.set(quarter, offset)
  return offset
}

/**
 * The instant of a wall clock reading in an IANA time zone, in milliseconds since 1970. An hour that a clock change
 * leaves out is read with the offset before it. In an hour that comes twice the first is meant, unless that would be
 * before `notBefore`, the instant of the line before.
 */
export function toInstant(time: LogTime, timeZone: string, notBefore = Number.NEGATIVE_INFINITY): number {
  const { year, month, day, hour, minute, second, millisecond } = time
  const wall = Date.UTC(year, month - 1, day, hour, minute, second, millisecond)
  const earlier = wall - offsetAt(wall - DAY_MS, timeZone)
  const later = wall - offsetAt(wall + DAY_MS, timeZone)
  if (earlier === later) return earlier
  const isReal = (instant: number): boolean => instant + offsetAt(instant, timeZone) === wall
  const [first = earlier, second2] = [Math.min(earlier, later), Math.max(earlier, later)].filter(isReal)
  return second2 !== undefined && first < notBefore ? second2 : first
}
