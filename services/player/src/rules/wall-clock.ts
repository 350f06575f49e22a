import { wallClock, zoneOffsetMs } from '@hlstats/events'

/** One instant in the shapes the tables want it. */
export interface Moment {
  /** DATETIME as a clock in the operator's time zone shows it: the web site and the awards think in it. */
  readonly dateTime: string
  /** DATE of that clock: the day of the event's own time, not of the time it is written. */
  readonly day: string
  /** Whole seconds since 1970, as `last_event` and `createdate` hold them. */
  readonly seconds: number
  readonly timeZone: string
}

/** The event's own time. */
export function momentOf(timestamp: string, timeZone = 'UTC'): Moment {
  const instant = Date.parse(timestamp)
  const dateTime = wallClock(instant, timeZone)
  return { dateTime, day: dateTime.slice(0, 10), seconds: Math.floor(instant / 1000), timeZone }
}

/** Whether a `last_event` lies on the day of a moment. */
export function isSameDay({ seconds, timeZone }: Moment, other: number): boolean {
  return dayNumber(seconds, timeZone) === dayNumber(other, timeZone)
}

const DAY_MS = 86_400_000

// Asked for every player of every event: a number, not the text of a date.
function dayNumber(seconds: number, timeZone: string): number {
  const instant = seconds * 1000
  return Math.floor((instant + zoneOffsetMs(instant, timeZone)) / DAY_MS)
}

/** Longer silences are not play: the player's leaving was lost. */
const LONGEST_GAP_SECONDS = 600

/** Connection time between two signs of life of a player on one server. */
export function secondsPlayed(from: number, to: number): number {
  const gap = to - from
  return gap > 0 && gap <= LONGEST_GAP_SECONDS ? gap : 0
}
