import { dispositionOf, StatsError, toError } from '@hlstats/errors'
import type { BaseEvent } from '@hlstats/events'

/**
 * One error for all handlers that failed. What may pass later decides: parking an event because a second handler failed
 * for good would lose the first one's retry.
 */
export function combinedError(
  event: BaseEvent & { readonly eventType: string },
  errors: readonly unknown[],
): Error {
  const [first, ...more] = errors.map(toError)
  if (first !== undefined && more.length === 0) return first
  const message = `${errors.length} handlers failed to handle ${event.eventType} ${event.eventId}`
  const all = new AggregateError(errors, message)
  const retry = errors.find((error) => dispositionOf(error) === 'retry')
  if (retry === undefined) return new StatsError('BUS_HANDLER', message, { cause: all })
  return retry instanceof StatsError ? new StatsError(retry.code, message, { cause: all }) : all
}
