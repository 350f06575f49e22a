import { StatsError } from '@hlstats/errors'
import type { GameEvent } from '@hlstats/events'
import { aKill } from '@hlstats/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPoison } from './poison-search.ts'

const bug = new Error('cannot read properties of undefined')

function trials(events: readonly GameEvent[], isPoison: (index: number) => boolean, error: Error = bug) {
  let count = 0
  const tryOut = async (only: ReadonlySet<string>) => {
    count += 1
    if (events.some((event, index) => only.has(event.eventId) && isPoison(index))) throw error
    return events
  }
  return { tryOut, count: () => count }
}

const kills = (count: number) => Array.from({ length: count }, () => aKill())

describe('findPoison', () => {
  it('finds the first poison event wherever it is, in few trials', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.nat(), async (count, pick) => {
        const events = kills(count)
        const poison = pick % count
        const { tryOut, count: tried } = trials(events, (index) => index === poison || index === count - 1)
        expect(await findPoison(tryOut)).toEqual({ event: events[poison], error: bug })
        expect(tried()).toBeLessThanOrEqual(3 + Math.ceil(Math.log2(count)))
      }),
      { numRuns: 50 },
    )
  })

  it('finds nothing when the batch passes now', async () => {
    expect(await findPoison(trials(kills(5), () => false).tryOut)).toBeUndefined()
  })

  it('leaves an error that may pass to the caller, and one that needs no event at all', async () => {
    const deadlock = new StatsError('DB_DEADLOCK', 'victim')
    await expect(findPoison(trials(kills(5), () => true, deadlock).tryOut)).rejects.toBe(deadlock)
    const always = () => Promise.reject(new StatsError('DB_QUERY', 'no such table'))
    await expect(findPoison(always)).rejects.toMatchObject({ code: 'DB_QUERY' })
  })
})
