import { describe, expect, it } from 'vitest'
import { isSameDay, momentOf, secondsPlayed } from './wall-clock.ts'

describe('times of an event', () => {
  it('keeps the second and the day of the event itself', () => {
    expect(momentOf('1970-01-02T23:59:59.999Z')).toEqual({
      dateTime: '1970-01-02 23:59:59',
      day: '1970-01-02',
      seconds: 172_799,
    })
    expect(momentOf('2026-11-23T00:00:00.000Z').day).toBe('2026-11-23')
  })

  it('begins a day at midnight', () => {
    expect(isSameDay(86_400, 172_799)).toBe(true)
    expect(isSameDay(86_399, 86_400)).toBe(false)
    expect(isSameDay(0, 86_400)).toBe(false)
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
