import { randomBytes } from 'node:crypto'
import type { GameEvent } from './game-event.ts'

/** Where an event comes from, as far as order matters. */
export type Arrival = Pick<GameEvent, 'stream' | 'receivedAt'>

/**
 * A name for one life of an ingress: it begins with the time and sorts after `youngest`, the name of the life before, even
 * when the clock went back; it ends as that one does, so that lives of one journal are known by it.
 */
export function newStream(youngest: string): string {
  const before = partsOf(youngest)
  const time = new Date(Math.max(Date.now(), (before?.time ?? 0) + 1)).toISOString().replaceAll(/[-:.Z]/g, '')
  return `${time}-${before?.journal ?? randomBytes(4).toString('hex')}`
}

/** When a stream began, in milliseconds; 0 for an empty or foreign name. */
export function streamTime(stream: string): number {
  return partsOf(stream)?.time ?? 0
}

/**
 * Whether an event was received before one that came earlier. Lives of one journal are in order by their names; what two
 * ingress processes received is, by their clocks.
 */
export function isReceivedBefore(event: Arrival, earlier: Arrival): boolean {
  if (event.stream === earlier.stream) return false
  const journal = partsOf(event.stream)?.journal
  const isSameJournal = journal !== undefined && journal === partsOf(earlier.stream)?.journal
  return isSameJournal ? event.stream < earlier.stream : event.receivedAt < earlier.receivedAt
}

function partsOf(stream: string): { readonly time: number; readonly journal: string } | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})-(.+)$/.exec(stream)
  if (match === null) return undefined
  const [year, month, day, hour, minute, second, ms] = match.slice(1, 8).map(Number)
  const time = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second, ms)
  return { time, journal: match[8] ?? '' }
}
