import { describe, expect, it } from 'vitest'
import { GapWait } from './gap-wait.ts'

describe('GapWait', () => {
  it('asks again soon, then now and then, until its time is over', () => {
    const wait = new GapWait(8_000, 0)
    const steps = [0, 999, 1_000, 1_100, 5_999, 6_000, 7_999, 8_000].map((now) => wait.next(now))
    expect(steps).toEqual(['wait', 'wait', 'ask again', 'wait', 'wait', 'ask again', 'wait', 'go on without'])
  })

  it('starts anew when some of what was missing came', () => {
    const wait = new GapWait(3_000, 0)
    expect(wait.next(2_800)).toBe('ask again')
    wait.progressed(2_900)
    expect(wait.next(5_800)).toBe('wait')
    expect(wait.next(5_900)).toBe('go on without')
  })

  it('is past when the partition was elsewhere for longer than it waits', () => {
    const wait = new GapWait(3_000, 0)
    wait.next(1_000)
    expect([wait.isPast(4_000), wait.isPast(4_001)]).toEqual([false, true])
  })
})
