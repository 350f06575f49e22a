/** The lifecycle of a service. */
export type ServiceState = 'starting' | 'ready' | 'draining' | 'stopped'

export interface ReadinessCheck {
  readonly ok: boolean
  /** Why it does not hold. */
  readonly reason?: string
  /** What an operator should know although it holds. */
  readonly note?: string
}

export interface ReadinessReport {
  readonly state: ServiceState
  readonly ready: boolean
  readonly checks: Readonly<Record<string, ReadinessCheck>>
}

/** Named conditions of readiness: a service is ready when it has started, is not stopping, and all of them hold. */
export class Readiness {
  readonly #checks = new Map<string, ReadinessCheck>()
  #state: ServiceState = 'starting'

  get state(): ServiceState {
    return this.#state
  }

  /** States follow each other in one direction; a later one is never left for an earlier one. */
  enter(state: Exclude<ServiceState, 'starting'>): void {
    this.#state = state
  }

  /** Sets one condition; the text is shown as the reason why it does not hold, or as a note where it does. */
  set(name: string, ok: boolean, text = ''): void {
    this.#checks.set(name, { ok, ...(text === '' ? {} : ok ? { note: text } : { reason: text }) })
  }

  report(): ReadinessReport {
    const ready = this.#state === 'ready' && [...this.#checks.values()].every(({ ok }) => ok)
    return { state: this.#state, ready, checks: Object.fromEntries(this.#checks) }
  }
}
