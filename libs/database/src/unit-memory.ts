import { StatsError } from '@hlstats/errors'
import { currentUnit, type UnitOfWork } from './unit-of-work.ts'

/** What a module keeps for the length of a unit of work, and turns into writes before it ends. */
export class UnitMemory<T> {
  readonly #kept = new WeakMap<UnitOfWork, T>()

  /** Keeps this for the current unit. */
  keep(value: T, write: (value: T) => void | Promise<void>): void {
    const unit = unitToCountIn()
    this.#kept.set(unit, value)
    unit.beforeFlush(() => write(value))
  }

  /** What is kept for the current unit. */
  get current(): T {
    const kept = this.#kept.get(unitToCountIn())
    if (kept === undefined) throw new StatsError('HANDLER_FAILED', 'an event came without its batch prepared')
    return kept
  }
}

function unitToCountIn(): UnitOfWork {
  const unit = currentUnit()
  if (unit === undefined) {
    throw new StatsError('HANDLER_FAILED', 'events are counted inside a unit of work only')
  }
  return unit
}
