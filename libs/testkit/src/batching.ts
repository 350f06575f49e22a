import { deepStrictEqual } from 'node:assert/strict'
import type { GameEvent } from '@hlstats/events'
import { aHistory, inBatches } from './history.ts'

/** Fails where so many events leave anything else in batches, wherever they are cut, than all in one. */
export async function assertCutsLeaveNoTrace(
  events: number,
  countAll: (batches: readonly GameEvent[][]) => Promise<unknown>,
): Promise<void> {
  // Loaded late: whoever wants another part of the testkit shall not wait for it.
  const { default: fc } = await import('fast-check')
  const seeds = fc.integer({ min: 1, max: 1_000_000 })
  const cuts = fc.array(fc.nat(events), { maxLength: 12 })
  const property = fc.asyncProperty(seeds, cuts, async (seed, places) => {
    const history = aHistory({ seed, events })
    const whole = await countAll([history])
    deepStrictEqual(await countAll(inBatches(history, places)), whole)
  })
  await fc.assert(property, { numRuns: 5 })
}
