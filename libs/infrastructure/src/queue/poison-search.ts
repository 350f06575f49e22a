import { dispositionOf, StatsError, toError } from '@hlstats/errors'
import type { GameEvent } from '@hlstats/events'

/** Runs the batch with some of its events only, rolls back, and gives all events that it could have run. */
export type TryOut = (only: ReadonlySet<string>) => Promise<readonly GameEvent[]>

/** The event that makes a batch fail, or undefined when the batch does not fail (any more). */
export async function findPoison(tryOut: TryOut): Promise<{ event: GameEvent; error: Error } | undefined> {
  // With no event at all: if that fails, no event is to blame, and the error goes to the caller.
  const events = await tryOut(new Set())
  const failureOf = async (count: number): Promise<Error | undefined> => {
    try {
      await tryOut(new Set(events.slice(0, count).map(({ eventId }) => eventId)))
      return undefined
    } catch (error) {
      // What may pass later says nothing about the event. What nobody classified fails here as it did before.
      if (error instanceof StatsError && dispositionOf(error) === 'retry') throw error
      return toError(error)
    }
  }
  let error = await failureOf(events.length)
  if (error === undefined) return undefined
  let good = 0
  let bad = events.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    const failure = await failureOf(middle)
    if (failure === undefined) {
      good = middle
    } else {
      bad = middle
      error = failure
    }
  }
  const event = events[bad - 1]
  return event === undefined ? undefined : { event, error }
}
