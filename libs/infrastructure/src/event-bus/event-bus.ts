import { dispositionOf, StatsError, toError } from '@hlstats/errors'
import type { BaseEvent, GameEvent } from '@hlstats/events'
import type { ILogger } from '@hlstats/telemetry'
import { EventMetrics } from '../event-metrics.ts'

/** Any discriminated event: the bus is generic over the union, so that custom events are typed as ours are. */
export type BusEvent = BaseEvent & { readonly eventType: string }

/** The event of one type within a union of events. */
export type EventOf<E extends BusEvent, T extends E['eventType']> = Extract<E, { readonly eventType: T }>

export type EventHandler<E> = (event: E) => void | Promise<void>

export interface SubscribeOptions<E> {
  /** Only events that pass reach the handler. */
  readonly filter?: (event: E) => boolean
}

/** What publishers and modules see of the bus. */
export interface IEventBus<E extends BusEvent = GameEvent> {
  publish(event: E): Promise<void>
  subscribe<T extends E['eventType']>(
    eventType: T,
    handler: EventHandler<EventOf<E, T>>,
    options?: SubscribeOptions<EventOf<E, T>>,
  ): string
  unsubscribe(handlerId: string): boolean
}

interface Subscription<E> {
  readonly id: string
  readonly handler: EventHandler<E>
  readonly options: SubscribeOptions<E>
}

/**
 * Typed publish and subscribe within a process. Handlers run one after the other in the order they subscribed; each one
 * is tried, whatever the others did, then what failed is thrown to the publisher.
 */
export class EventBus<E extends BusEvent = GameEvent> implements IEventBus<E> {
  readonly #logger: ILogger
  readonly #metrics: EventMetrics
  // Lists are replaced, never changed: a publish under way goes on with the handlers it started with.
  readonly #subscriptions = new Map<string, readonly Subscription<E>[]>()
  #lastId = 0

  constructor(logger: ILogger, metrics: EventMetrics = new EventMetrics(logger)) {
    this.#logger = logger
    this.#metrics = metrics
  }

  /** Resolves when every handler is done. One failure is thrown as it is, several as one error with an AggregateError. */
  async publish(event: E): Promise<void> {
    this.#metrics.recordPublished(event.eventType)
    const errors: unknown[] = []
    for (const { handler, options } of this.#subscriptions.get(event.eventType) ?? []) {
      try {
        if (options.filter?.(event) === false) continue
        await handler(event)
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw combined(event, errors)
  }

  /** The handler gets every later event of the type; the id is for `unsubscribe`. */
  subscribe<T extends E['eventType']>(
    eventType: T,
    handler: EventHandler<EventOf<E, T>>,
    options: SubscribeOptions<EventOf<E, T>> = {},
  ): string {
    this.#lastId += 1
    const id = `${eventType}#${this.#lastId}`
    // The map's key is the event's type, so a handler only ever meets events of its own.
    const subscription = { id, handler, options } as Subscription<E>
    this.#subscriptions.set(eventType, [...(this.#subscriptions.get(eventType) ?? []), subscription])
    this.#logger.debug('subscribed', { event_type: eventType, handler_id: id })
    return id
  }

  /** False when there is no such subscription (any more). */
  unsubscribe(handlerId: string): boolean {
    const eventType = handlerId.slice(0, handlerId.lastIndexOf('#'))
    const before = this.#subscriptions.get(eventType) ?? []
    const after = before.filter(({ id }) => id !== handlerId)
    this.#subscriptions.set(eventType, after)
    return after.length < before.length
  }
}

// What may pass later decides: parking an event because a second handler failed for good would lose the first one's retry.
function combined(event: BusEvent, errors: readonly unknown[]): Error {
  const [first, ...more] = errors.map(toError)
  if (first !== undefined && more.length === 0) return first
  const message = `${errors.length} handlers failed to handle ${event.eventType} ${event.eventId}`
  const all = new AggregateError(errors, message)
  const retry = errors.find((error) => dispositionOf(error) === 'retry')
  if (retry === undefined) return new StatsError('BUS_HANDLER', message, { cause: all })
  return retry instanceof StatsError ? new StatsError(retry.code, message, { cause: all }) : all
}
