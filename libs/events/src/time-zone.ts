const QUARTER_MS = 900_000
const MOST_OFFSETS = 64

interface Zone {
  readonly format: Intl.DateTimeFormat
  /** Offset per quarter of an hour: no zone changes inside one. Asking Intl takes microseconds, events come faster. */
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

/** How far the wall clock of an IANA time zone is ahead of UTC at an instant, in milliseconds. */
export function zoneOffsetMs(instant: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0
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

/** What a clock in an IANA time zone shows at an instant: `YYYY-MM-DD HH:MM:SS`, as a DATETIME is written. */
export function wallClock(instant: number, timeZone: string): string {
  const shown = new Date(instant + zoneOffsetMs(instant, timeZone)).toISOString()
  return `${shown.slice(0, 10)} ${shown.slice(11, 19)}`
}

/** Whether this machine knows the time zone: `Europe/Berlin`, `UTC`. */
export function isTimeZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}
