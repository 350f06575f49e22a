import { setTimeout } from 'node:timers/promises'
import { currentUnit } from '@hlstats/database'
import { dispositionOf } from '@hlstats/errors'
import type { BaseEvent, GameEvent } from '@hlstats/events'
import type { ILogger } from '@hlstats/telemetry'
import { EventMetrics } from '../event-metrics.ts'
import { combinedError } from './combined-error.ts'

/** Any discriminated event: the bus is generic over the union, so that custom events are typed as ours are. */
export type BusEvent = BaseEvent & { readonly eventType: string }

/** The event of one type within a union of events. */
export type EventOf<E extends BusEvent, T extends E['eventType']> = Extract<E, { readonly eventType: T }>

export type EventHandler<E> = (event: E) => void | Promise<void>

export interface SubscribeOptions<E> {
  /** Only events that pass reach the handler. */
  readonly filter?: (event: E) => boolean
  /**
   * Calls the handler again after an error that says it may pass, `attempts` times in all, waiting twice as long each
   * time. Never inside a unit of work: there, only the whole batch can be tried again.
   */
  readonly retry?: { readonly attempts: number; readonly delayMs: number }
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
    for (const subscription of this.#subscriptions.get(event.eventType) ?? []) {
      try {
        if (subscription.options.filter?.(event) === false) continue
        await this.#deliver(event, subscription)
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw combinedError(event, errors)
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

  async #deliver(event: E, { handler, options }: Subscription<E>): Promise<void> {
    const { attempts, delayMs } = options.retry ?? { attempts: 1, delayMs: 0 }
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await handler(event)
      } catch (error) {
        if (attempt >= attempts || dispositionOf(error) !== 'retry' || currentUnit() !== undefined)
          throw error
        this.#metrics.recordRetry(event.eventType, error, attempt)
        await setTimeout(delayMs * 2 ** (attempt - 1))
      }
    }
  }
}
