import { describe, expect, it } from 'vitest'
import { isSameDay, momentOf, secondsPlayed } from './wall-clock.ts'

describe('times of an event', () => {
  it('keeps the second and the day of the event itself', () => {
    expect(momentOf('1970-01-02T23:59:59.999Z')).toEqual({
      dateTime: '1970-01-02 23:59:59',
      day: '1970-01-02',
      seconds: 172_799,
      timeZone: 'UTC',
    })
    expect(momentOf('2026-11-23T00:00:00.000Z').day).toBe('2026-11-23')
  })

  it("is what the clock of the operator's time zone shows", () => {
    expect(momentOf('2026-11-23T23:30:00.000Z', 'Europe/Berlin')).toMatchObject({
      dateTime: '2026-11-24 00:30:00',
      day: '2026-11-24',
      seconds: 1_795_476_600,
    })
  })

  it('begins a day at midnight of that zone, however many hours the day has', () => {
    const inBerlin = (at: string) => momentOf(at, 'Europe/Berlin')
    const seconds = (at: string) => Date.parse(at) / 1000
    expect(isSameDay(momentOf('1970-01-02T00:00:00.000Z'), 172_799)).toBe(true)
    expect(isSameDay(momentOf('1970-01-02T00:00:00.000Z'), 86_399)).toBe(false)
    // 25 hours: the clock goes back in this night.
    expect(isSameDay(inBerlin('2026-10-25T22:59:59.000Z'), seconds('2026-10-24T22:00:00Z'))).toBe(true)
    expect(isSameDay(inBerlin('2026-10-25T23:00:00.000Z'), seconds('2026-10-24T22:00:00Z'))).toBe(false)
    // 23 hours: it goes forward in this one.
    expect(isSameDay(inBerlin('2026-03-29T21:59:59.000Z'), seconds('2026-03-28T23:00:00Z'))).toBe(true)
    expect(isSameDay(inBerlin('2026-03-29T22:00:00.000Z'), seconds('2026-03-28T23:00:00Z'))).toBe(false)
  })

  it.each([
    [100, 160, 60],
    [100, 700, 600],
    [100, 701, 0],
    [100, 100, 0],
    [100, 90, 0],
  ])('connection time from %i to %i is %i seconds', (from, to, seconds) => {
    expect(secondsPlayed(from, to)).toBe(seconds)
  })
})
