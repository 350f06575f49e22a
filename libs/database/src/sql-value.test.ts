import { describe, expect, it } from 'vitest'
import { sqlDateTime } from './sql-value.ts'

describe('sqlDateTime', () => {
  it('writes UTC and cuts the fraction, which the server would round up into the next second', () => {
    expect(sqlDateTime('2024-12-31T23:59:59.999Z')).toBe('2024-12-31 23:59:59')
    expect(sqlDateTime(Date.UTC(2024, 4, 1, 10))).toBe('2024-05-01 10:00:00')
  })
})
