import { StatsError } from '@hlstats/errors'
import type { GameEvent } from '@hlstats/events'
import type { ILogger } from '@hlstats/telemetry'
import type { BusEvent, EventHandler, EventOf, IEventBus } from './event-bus/event-bus.ts'
import { EventMetrics } from './event-metrics.ts'

/** What every module's handler does the same way: subscribe, measure each call, unsubscribe. */
export abstract class BaseModuleEventHandler<E extends BusEvent = GameEvent> {
  protected readonly eventBus: IEventBus<E>
  protected readonly logger: ILogger
  protected readonly metrics: EventMetrics
  readonly #handlerIds = new Map<E['eventType'], string>()
  #module = this.constructor.name

  constructor(eventBus: IEventBus<E>, logger: ILogger, metrics: EventMetrics = new EventMetrics(logger)) {
    this.eventBus = eventBus
    this.logger = logger
    this.metrics = metrics
  }

  /** The types that this module subscribed to. */
  get handledEvents(): readonly E['eventType'][] {
    return [...this.#handlerIds.keys()]
  }

  /** Calls `registerHandler` for each event of the module. */
  abstract registerEventHandlers(): void

  /** Reads in bulk what handling these events will need; runs once per batch, before the first of them is published. */
  async prepare(_events: readonly E[]): Promise<void> {}

  /** Subscribes under the module's name, unless the constructor has done so. */
  initialize(module: string): void {
    this.#module = module
    if (this.#handlerIds.size === 0) this.registerEventHandlers()
  }

  /** Unsubscribes everything. */
  destroy(): void {
    for (const id of this.#handlerIds.values()) this.eventBus.unsubscribe(id)
    this.#handlerIds.clear()
  }

  protected registerHandler<T extends E['eventType']>(
    eventType: T,
    handler: EventHandler<EventOf<E, T>>,
  ): void {
    if (this.#handlerIds.has(eventType)) {
      throw new StatsError(
        'MODULE_REGISTRY',
        `module ${this.#module} registers two handlers for ${eventType}`,
      )
    }
    const measured = async (event: EventOf<E, T>) => {
      const start = performance.now()
      try {
        await handler(event)
      } catch (error) {
        this.metrics.recordError(eventType, error, this.#module, event.eventId)
        throw error
      }
      this.metrics.recordProcessingTime(eventType, performance.now() - start, this.#module)
    }
    this.#handlerIds.set(eventType, this.eventBus.subscribe(eventType, measured))
  }
}
