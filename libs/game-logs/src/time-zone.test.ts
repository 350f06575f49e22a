import { describe, expect, it } from 'vitest'
import type { LogTime } from './log-time.ts'
import { toInstant } from './time-zone.ts'

function at(text: string): LogTime {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/\D/).map(Number)
  return { year, month, day, hour, minute, second, millisecond: 0 }
}

function iso(text: string, zone: string, notBefore?: string): string {
  return new Date(toInstant(at(text), zone, (notBefore && Date.parse(notBefore)) || undefined)).toISOString()
}

describe('a wall clock reading', () => {
  it.each([
    ['2024-01-15 12:00:00', 'UTC', '2024-01-15T12:00:00.000Z'],
    ['2024-01-15 12:00:00', 'Europe/Berlin', '2024-01-15T11:00:00.000Z'],
    ['2024-07-15 12:00:00', 'Europe/Berlin', '2024-07-15T10:00:00.000Z'],
    ['2024-07-15 00:30:00', 'America/Los_Angeles', '2024-07-15T07:30:00.000Z'],
    ['2024-01-15 12:00:00', 'Asia/Kathmandu', '2024-01-15T06:15:00.000Z'],
    ['2024-10-06 02:15:00', 'Australia/Lord_Howe', '2024-10-05T15:45:00.000Z'],
    ['2024-12-31 23:59:59', 'Pacific/Kiritimati', '2024-12-31T09:59:59.000Z'],
  ])('%s in %s is %s', (text, zone, instant) => {
    expect(iso(text, zone)).toBe(instant)
  })

  it('keeps its milliseconds', () => {
    expect(toInstant({ ...at('2024-07-15 12:00:00'), millisecond: 123 }, 'Europe/Berlin') % 1000).toBe(123)
  })

  it('in the hour that spring leaves out counts on with the offset before it', () => {
    expect(iso('2024-03-31 01:59:59', 'Europe/Berlin')).toBe('2024-03-31T00:59:59.000Z')
    expect(iso('2024-03-31 02:30:00', 'Europe/Berlin')).toBe('2024-03-31T01:30:00.000Z')
    expect(iso('2024-03-31 03:00:00', 'Europe/Berlin')).toBe('2024-03-31T01:00:00.000Z')
  })

  it('in the hour that autumn has twice is the first, unless time would run backwards', () => {
    const zone = 'Europe/Berlin'
    expect(iso('2024-10-27 02:30:00', zone)).toBe('2024-10-27T00:30:00.000Z')
    expect(iso('2024-10-27 02:30:00', zone, '2024-10-27T00:20:00Z')).toBe('2024-10-27T00:30:00.000Z')
    expect(iso('2024-10-27 02:00:05', zone, '2024-10-27T00:59:58Z')).toBe('2024-10-27T01:00:05.000Z')
    expect(iso('2024-10-27 03:00:00', zone, '2024-10-27T01:59:59Z')).toBe('2024-10-27T02:00:00.000Z')
  })

  it('agrees with the zone on every hour of a year', () => {
    const timeZone = 'America/New_York'
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    for (let instant = Date.UTC(2024, 0, 1); instant < Date.UTC(2025, 0, 1); instant += 3_600_000) {
      expect(toInstant(at(format.format(instant)), timeZone, instant)).toBe(instant)
    }
  })
})
