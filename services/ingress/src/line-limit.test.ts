import { describe, expect, it } from 'vitest'
import { LineLimit } from './line-limit.ts'

const admitted = (limit: LineLimit, serverId: number, tries: number, nowMs: number) =>
  Array.from({ length: tries }, () => limit.admits(serverId, 1, nowMs)).filter(Boolean).length

describe('the limit of lines', () => {
  it('lets a burst of two seconds pass, then as many as its rate, for each server by itself', () => {
    const limit = new LineLimit(100)
    expect(admitted(limit, 1, 1_000, 0)).toBe(200)
    expect(admitted(limit, 2, 50, 0)).toBe(50)
    expect(admitted(limit, 1, 1_000, 500)).toBe(50)
    expect(admitted(limit, 1, 1_000, 3_600_000)).toBe(200)
  })

  it('takes lines that come together all or not at all', () => {
    const limit = new LineLimit(100)
    expect(limit.admits(1, 150, 0)).toBe(true)
    expect(limit.admits(1, 51, 0)).toBe(false)
    expect(limit.admits(1, 50, 0)).toBe(true)
  })
})
