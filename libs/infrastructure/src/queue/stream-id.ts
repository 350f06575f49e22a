import { randomBytes } from 'node:crypto'

/** A name for one life of a process: sorts by time, and after `youngest` even when the clock went back. */
export function newStream(youngest: string): string {
  const earliest = streamTime(youngest) + 1
  const time = new Date(Math.max(Date.now(), earliest)).toISOString().replaceAll(/[-:.Z]/g, '')
  return `${time}-${randomBytes(4).toString('hex')}`
}

/** When a stream began, in milliseconds; 0 for an empty or foreign name. */
export function streamTime(stream: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})-/.exec(stream)
  if (match === null) return 0
  const [, year, month, day, hour, minute, second, ms] = match.map(Number)
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second, ms)
}
