import { describe, expect, it } from 'vitest'
import { dateTimeOf, dayOf, dayOfSeconds, secondsPlayed, unixSecondsOf } from './wall-clock.ts'

describe('times of an event', () => {
  it('keeps the second and the day of the event itself', () => {
    expect(dateTimeOf('2026-11-22T23:59:59.999Z')).toBe('2026-11-22 23:59:59')
    expect(dayOf('2026-11-22T23:59:59.999Z')).toBe('2026-11-22')
    expect(dayOf('2026-11-23T00:00:00.000Z')).toBe('2026-11-23')
  })

  it('counts whole seconds since 1970 and finds their day', () => {
    expect(unixSecondsOf('1970-01-02T00:00:00.999Z')).toBe(86_400)
    expect(dayOfSeconds(86_399)).toBe('1970-01-01')
    expect(dayOfSeconds(86_400)).toBe('1970-01-02')
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
