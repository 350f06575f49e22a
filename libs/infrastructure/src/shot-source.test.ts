import { describe, expect, it } from 'vitest'
import { ShotSources } from './shot-source.repository.ts'

describe('where the shots of a server are counted from', () => {
  it('is nowhere until the server has told', () => {
    const sources = new ShotSources(new Map())
    expect(sources.countsLines(7)).toBe(true)
    expect(sources.logsShots(7)).toBe(false)
    expect([...sources.changes()]).toEqual([])
  })

  it('is its lines from the first shot on', () => {
    const sources = new ShotSources(new Map())
    sources.sawShot(7)
    sources.sawShot(7)
    expect(sources.logsShots(7)).toBe(true)
    expect(sources.logsShots(8)).toBe(false)
    expect([...sources.changes()]).toEqual([[7, 'lines']])
  })

  it('is the summaries from the first of them on, and lines never take over again', () => {
    const sources = new ShotSources(new Map([[7, 'lines']]))
    sources.sawStats(7)
    sources.sawShot(7)
    expect(sources.countsLines(7)).toBe(false)
    expect(sources.logsShots(7)).toBe(false)
    expect([...sources.changes()]).toEqual([[7, 'stats']])
  })
})
