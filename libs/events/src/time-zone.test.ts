import { describe, expect, it } from 'vitest'
import { isTimeZone, wallClock } from './time-zone.ts'

describe('the clock of a time zone', () => {
  it.each([
    ['2026-01-15T23:30:00.000Z', 'UTC', '2026-01-15 23:30:00'],
    ['2026-01-15T23:30:00.999Z', 'Europe/Berlin', '2026-01-16 00:30:00'],
    ['2026-07-15T22:30:00.000Z', 'Europe/Berlin', '2026-07-16 00:30:00'],
    ['2026-07-15T02:30:00.000Z', 'America/New_York', '2026-07-14 22:30:00'],
    ['2026-01-15T12:00:00.000Z', 'Asia/Kathmandu', '2026-01-15 17:45:00'],
  ])('shows %s in %s as %s', (instant, zone, shown) => {
    expect(wallClock(Date.parse(instant), zone)).toBe(shown)
  })

  it('leaves out the hour that spring leaves out, and shows twice the one that autumn has twice', () => {
    const shown = (instant: string) => wallClock(Date.parse(instant), 'Europe/Berlin').slice(11)
    expect(shown('2026-03-29T00:59:59Z')).toBe('01:59:59')
    expect(shown('2026-03-29T01:00:00Z')).toBe('03:00:00')
    expect(shown('2026-10-25T00:30:00Z')).toBe('02:30:00')
    expect(shown('2026-10-25T01:30:00Z')).toBe('02:30:00')
  })

  it('agrees with the zone on every hour of a year', () => {
    const timeZone = 'America/New_York'
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    for (let instant = Date.UTC(2026, 0, 1); instant < Date.UTC(2027, 0, 1); instant += 3_600_000) {
      expect(wallClock(instant, timeZone)).toBe(format.format(instant))
    }
  })

  it('is known by the name of its zone', () => {
    expect(['UTC', 'Europe/Berlin', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, true, false, false])
  })
})
