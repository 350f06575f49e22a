import { toError } from '@hlstats/errors'

interface Stop {
  readonly name: string
  readonly stop: () => void | Promise<void>
}

/** What a stop came to: `hung` names what did not finish in time, first what was running, then what was never reached. */
export interface StopOutcome {
  readonly hung: readonly string[]
  readonly failed: ReadonlyArray<{ readonly name: string; readonly error: Error }>
}

// A timer takes anything longer for 1 ms.
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** What a service has to stop, last in, first out. */
export class Stops {
  readonly #stops: Stop[] = []

  add(name: string, stop: () => void | Promise<void>): void {
    this.#stops.push({ name, stop })
  }

  /** Runs all of them one after the other; a failure does not skip the rest, the deadline does. */
  async run(withinMs: number): Promise<StopOutcome> {
    const failed: Array<{ name: string; error: Error }> = []
    const deadline = Promise.withResolvers<'late'>()
    const timer = setTimeout(() => deadline.resolve('late'), Math.min(withinMs, LONGEST_TIMER_MS))
    try {
      for (let next = this.#stops.at(-1); next !== undefined; next = this.#stops.at(-1)) {
        const { name, stop } = next
        const done = (async () => stop())().catch((error: unknown) => {
          failed.push({ name, error: toError(error) })
        })
        if ((await Promise.race([done, deadline.promise])) === 'late') {
          return { hung: this.#stops.map((left) => left.name).reverse(), failed }
        }
        this.#stops.pop()
      }
      return { hung: [], failed }
    } finally {
      clearTimeout(timer)
    }
  }
}
