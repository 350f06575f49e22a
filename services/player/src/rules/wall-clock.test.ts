import { describe, expect, it } from 'vitest'
import { dayOfSeconds, momentOf, secondsPlayed } from './wall-clock.ts'

describe('times of an event', () => {
  it('keeps the second and the day of the event itself', () => {
    expect(momentOf('1970-01-02T23:59:59.999Z')).toEqual({
      dateTime: '1970-01-02 23:59:59',
      day: '1970-01-02',
      seconds: 172_799,
    })
    expect(momentOf('2026-11-23T00:00:00.000Z').day).toBe('2026-11-23')
  })

  it('finds the day of a second', () => {
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
