import { StatsError } from '@hlstats/errors'
import type { GameEvent } from '@hlstats/events'
import type { ILogger } from '@hlstats/telemetry'
import type { BusEvent } from './event-bus/event-bus.ts'
import type { BaseModuleEventHandler } from './module-event-handler.base.ts'

/** A module as it is registered: `handledEvents` is its claim, compared with what it really subscribes to. */
export interface ModuleRegistration<E extends BusEvent = GameEvent> {
  readonly name: string
  readonly handler: BaseModuleEventHandler<E>
  readonly handledEvents: readonly E['eventType'][]
}

export interface RegisteredModule {
  readonly name: string
  readonly handledEvents: readonly string[]
  readonly state: 'registered' | 'ready' | 'destroyed'
}

/** The modules of one service: registered once, started together, immutable from then on. */
export class ModuleRegistry<E extends BusEvent = GameEvent> {
  readonly #logger: ILogger
  readonly #modules = new Map<string, ModuleRegistration<E>>()
  #state: RegisteredModule['state'] = 'registered'

  constructor(logger: ILogger) {
    this.#logger = logger
  }

  register(module: ModuleRegistration<E>): void {
    if (this.#state !== 'registered') {
      throw new StatsError('MODULE_REGISTRY', `module ${module.name} is registered after the start`)
    }
    if (this.#modules.has(module.name)) {
      throw new StatsError('MODULE_REGISTRY', `module ${module.name} is registered twice`)
    }
    this.#modules.set(module.name, module)
  }

  /** Subscribes every module; an event claimed but not handled, or handled but not claimed, fails the whole start. */
  async initializeAll(): Promise<void> {
    if (this.#state === 'destroyed') throw new StatsError('MODULE_REGISTRY', 'the registry is destroyed')
    if (this.#state === 'ready') return
    const modules = [...this.#modules.values()]
    try {
      for (const { handler, name } of modules) handler.initialize(name)
      const problems = modules.flatMap(mismatches)
      if (problems.length > 0) throw new StatsError('MODULE_REGISTRY', problems.join('; '))
    } catch (error) {
      // Half a service must not go on receiving events.
      this.destroyAll()
      throw error
    }
    this.#state = 'ready'
    this.#logger.info('modules are ready', { modules: [...this.#modules.keys()] })
  }

  /** Lets each module prepare for the events it handles, in the order of registration: locks are taken in one order. */
  async prepareAll(events: readonly E[]): Promise<void> {
    for (const { handler, handledEvents } of this.#modules.values()) {
      const own = events.filter(({ eventType }) => handledEvents.includes(eventType))
      if (own.length > 0) await handler.prepare(own)
    }
  }

  getRegisteredModules(): RegisteredModule[] {
    return [...this.#modules.values()].map(({ name, handledEvents }) => ({
      name,
      handledEvents,
      state: this.#state,
    }))
  }

  /** For a readiness check: whether events reach the modules, and if not, why. */
  health(): { readonly ok: boolean; readonly reason?: string } {
    if (this.#state !== 'ready') return { ok: false, reason: `modules are ${this.#state}` }
    return this.#modules.size === 0 ? { ok: false, reason: 'no module is registered' } : { ok: true }
  }

  /** Unsubscribes every module, the last registered first. */
  destroyAll(): void {
    for (const { handler } of [...this.#modules.values()].reverse()) handler.destroy()
    this.#state = 'destroyed'
  }
}

function mismatches<E extends BusEvent>({ name, handler, handledEvents }: ModuleRegistration<E>): string[] {
  const handled: readonly string[] = handler.handledEvents
  const claimed: readonly string[] = handledEvents
  return [
    ...claimed
      .filter((type) => !handled.includes(type))
      .map((type) => `module ${name} claims ${type} but does not handle it`),
    ...handled
      .filter((type) => !claimed.includes(type))
      .map((type) => `module ${name} handles ${type} but does not claim it`),
  ]
}
