/** One instant in the shapes the tables want it. */
export interface Moment {
  /** DATETIME, `YYYY-MM-DD HH:MM:SS` in UTC: the session time zone of all our connections. */
  readonly dateTime: string
  /** DATE: the day of the event's own time, not of the time it is written. */
  readonly day: string
  /** Whole seconds since 1970, as `last_event` and `createdate` hold them. */
  readonly seconds: number
}

/** The event's own time. */
export function momentOf(timestamp: string): Moment {
  const day = timestamp.slice(0, 10)
  return {
    dateTime: `${day} ${timestamp.slice(11, 19)}`,
    day,
    seconds: Math.floor(Date.parse(timestamp) / 1000),
  }
}

const SECONDS_PER_DAY = 86_400

/** Whether two `last_event` values lie on one day. */
export function isSameDay(seconds: number, otherSeconds: number): boolean {
  return Math.floor(seconds / SECONDS_PER_DAY) === Math.floor(otherSeconds / SECONDS_PER_DAY)
}

/** Longer silences are not play: the player's leaving was lost. */
const LONGEST_GAP_SECONDS = 600

/** Connection time between two signs of life of a player on one server. */
export function secondsPlayed(from: number, to: number): number {
  const gap = to - from
  return gap > 0 && gap <= LONGEST_GAP_SECONDS ? gap : 0
}
