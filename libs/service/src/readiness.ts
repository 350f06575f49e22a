/** The lifecycle of a service. */
export type ServiceState = 'starting' | 'ready' | 'draining' | 'stopped'

export interface ReadinessReport {
  readonly state: ServiceState
  readonly ready: boolean
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly reason?: string }>>
}

/** Named conditions of readiness: a service is ready when it has started, is not stopping, and all of them hold. */
export class Readiness {
  readonly #checks = new Map<string, { ok: boolean; reason?: string }>()
  #state: ServiceState = 'starting'

  get state(): ServiceState {
    return this.#state
  }

  /** States follow each other in one direction; a later one is never left for an earlier one. */
  enter(state: Exclude<ServiceState, 'starting'>): void {
    this.#state = state
  }

  /** Sets one condition; the reason is shown while it does not hold. */
  set(name: string, ok: boolean, reason?: string): void {
    this.#checks.set(name, ok || reason === undefined ? { ok } : { ok, reason })
  }

  report(): ReadinessReport {
    const ready = this.#state === 'ready' && [...this.#checks.values()].every(({ ok }) => ok)
    return { state: this.#state, ready, checks: Object.fromEntries(this.#checks) }
  }
}
