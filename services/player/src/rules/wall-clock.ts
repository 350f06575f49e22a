/** The event's own time as the tables' DATETIME, `YYYY-MM-DD HH:MM:SS` in UTC: the session time zone of all our connections. */
export function dateTimeOf(timestamp: string): string {
  return `${timestamp.slice(0, 10)} ${timestamp.slice(11, 19)}`
}

/** The day an event belongs to in the per-day history: that of its own time, not of the time it is written. */
export function dayOf(timestamp: string): string {
  return timestamp.slice(0, 10)
}

/** Whole seconds since 1970, as `last_event` and `createdate` hold them. */
export function unixSecondsOf(timestamp: string): number {
  return Math.floor(Date.parse(timestamp) / 1000)
}

/** The day of a `last_event` value. */
export function dayOfSeconds(unixSeconds: number): string {
  return dayOf(new Date(unixSeconds * 1000).toISOString())
}

/** Longer silences are not play: the player's leaving was lost. */
const LONGEST_GAP_SECONDS = 600

/** Connection time between two signs of life of a player on one server. */
export function secondsPlayed(from: number, to: number): number {
  const gap = to - from
  return gap > 0 && gap <= LONGEST_GAP_SECONDS ? gap : 0
}
