import { describe, expect, it } from 'vitest'
import type { Committed } from './committed.repository.ts'
import { KillComparison } from './kill-comparison.ts'
import { RecordTrack } from './record-track.ts'

const STREAM = 's1'

/** One partition, a track that begins with record `first`, and readings of the database. */
function comparing(first = 1) {
  const track = new RecordTrack(first)
  const comparison = new KillComparison()
  let record = first
  return {
    comparison,
    /** Records with these numbers of kills come. */
    see: (...kills: readonly number[]) => {
      for (const count of kills) track.see(record++, count, 0)
    },
    lose: () => record++,
    read: (position: number, frags: number, exceptionMark = '') =>
      comparison.compare(reading(position, frags, exceptionMark), () => new Map([[STREAM, track]]), 1),
  }
}

function reading(record: number, frags: number, exceptionMark: string): Committed {
  const positions = record === 0 ? [] : [{ service: 'player', partition: 0, stream: STREAM, record }]
  return { positions, frags: new Map([[0, frags]]), exceptionMark }
}

describe('comparing kills with rows', () => {
  it('finds them equal while each committed kill is a row', () => {
    const { comparison, see, read } = comparing()
    expect(read(0, 70)).toEqual([])
    see(3, 0, 2)
    expect(read(1, 73)).toEqual([])
    see(1)
    expect(read(4, 76)).toEqual([])
    expect(comparison.compared).toBe(6)
  })

  it.each([
    ['missing', 72, [{ partition: 0, seen: 3, stored: 2 }]],
    ['too many', 74, [{ partition: 0, seen: 3, stored: 4 }]],
  ])('finds a row %s, and finds it once', (_what, frags, difference) => {
    const { see, read } = comparing()
    read(0, 70)
    see(3)
    expect(read(1, frags)).toEqual(difference)
    expect(read(1, frags)).toEqual([])
  })

  it('waits for records that the database has and the queue has not brought yet', () => {
    const { see, read } = comparing()
    read(0, 70)
    see(3)
    expect(read(2, 75)).toEqual([])
    see(1)
    expect(read(2, 75)).toEqual([{ partition: 0, seen: 4, stored: 5 }])
  })

  it('does not judge records that went by before it looked', () => {
    const { see, read } = comparing(41)
    expect(read(20, 100)).toEqual([])
    see(5)
    expect(read(30, 180)).toEqual([])
    expect(read(40, 300)).toEqual([])
    expect(read(41, 304)).toEqual([{ partition: 0, seen: 5, stored: 4 }])
  })

  it('does not judge a stream that it does not know', () => {
    const comparison = new KillComparison()
    comparison.compare(reading(5, 10, ''), () => new Map(), 1)
    expect(comparison.compare(reading(8, 30, ''), () => new Map(), 1)).toEqual([])
  })

  it('does not judge over a gap, and goes on behind it', () => {
    const { see, lose, read } = comparing()
    read(0, 0)
    see(2)
    lose()
    see(2)
    expect(read(3, 9)).toEqual([])
    see(2)
    expect(read(4, 11)).toEqual([])
    see(1)
    expect(read(5, 13)).toEqual([{ partition: 0, seen: 1, stored: 2 }])
  })

  it('does not judge while events are parked or replayed', () => {
    const { see, read } = comparing()
    read(0, 0)
    see(3)
    expect(read(1, 2, 'one parked')).toEqual([])
    see(3)
    expect(read(2, 6, 'one replayed')).toEqual([])
    see(2)
    expect(read(3, 8, 'one replayed')).toEqual([])
  })

  it('counts anew when the rows are counted from another id on', () => {
    const { comparison, see, read } = comparing()
    read(0, 90_000)
    see(3)
    comparison.forget()
    expect(read(1, 4)).toEqual([])
    see(1)
    expect(read(2, 5)).toEqual([])
  })
})
