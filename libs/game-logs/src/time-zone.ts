import { zoneOffsetMs } from '@hlstats/events'
import type { LogTime } from './log-time.ts'

const DAY_MS = 86_400_000

/**
 * The instant of a wall clock reading in an IANA time zone, in milliseconds since 1970. An hour that a clock change
 * leaves out is read with the offset before it. In an hour that comes twice the first is meant, unless that would be
 * before `notBefore`, the instant of the line before.
 */
export function toInstant(time: LogTime, timeZone: string, notBefore = Number.NEGATIVE_INFINITY): number {
  const { year, month, day, hour, minute, second, millisecond } = time
  const wall = Date.UTC(year, month - 1, day, hour, minute, second, millisecond)
  const earlier = wall - zoneOffsetMs(wall - DAY_MS, timeZone)
  const later = wall - zoneOffsetMs(wall + DAY_MS, timeZone)
  if (earlier === later) return earlier
  const isReal = (instant: number): boolean => instant + zoneOffsetMs(instant, timeZone) === wall
  const [first = earlier, second2] = [Math.min(earlier, later), Math.max(earlier, later)].filter(isReal)
  return second2 !== undefined && first < notBefore ? second2 : first
}
