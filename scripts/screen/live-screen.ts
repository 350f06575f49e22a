import { setTimeout as delay } from 'node:timers/promises'
import { StatsError } from '@hlstats/errors'
import { divertReports } from '../report.ts'
import { frame, type ScreenState } from './frame.ts'
import { type Observed, Observer } from './observer.ts'
import { isForPeople, Terminal } from './terminal.ts'

export interface LiveScreenOptions {
  readonly mode: string
  readonly udpPort: string
}

/** Whether to show it: as was asked for, else where people look. */
export function wantsScreen(asked: boolean | undefined): boolean {
  if (asked === true && process.stdout.isTTY !== true) {
    throw new StatsError(
      'INPUT_INVALID',
      '--ui needs a terminal as standard output: leave it away for plain lines',
    )
  }
  return asked ?? isForPeople(process.stdout, process.env)
}

const LOOK_EVERY_MS = 1_000
const KEPT_REPORTS = 50

/** The live picture of a running system on this process' terminal; reports are lines of it as long as it is open. */
export class LiveScreen {
  readonly #terminal = new Terminal(process.stdout, process.env)
  readonly #ended = new AbortController()
  readonly #startedMs = performance.now()
  readonly #said: string[] = []
  #state: ScreenState
  #looking: Promise<void> = Promise.resolve()

  constructor({ mode, udpPort }: LiveScreenOptions) {
    this.#state = {
      mode,
      udpPort,
      upSeconds: 0,
      problems: ['starting'],
      killsPerMinute: 0,
      eventsPerSecond: 0,
      age: undefined,
      backlog: 0,
      parked: 0,
      servers: [],
      unknownSenders: [],
      drops: [],
      leaderboards: [],
      said: this.#said,
    }
  }

  open(): void {
    divertReports((line) => {
      this.#said.push(...line.split('\n'))
      this.#said.splice(0, this.#said.length - KEPT_REPORTS)
      this.#draw()
    })
    this.#terminal.open(() => this.#draw())
    this.#draw()
  }

  /** From now on it shows what it sees there; `problem` says why something is not ready. */
  watch(observed: Observed, problem: () => string | undefined): void {
    this.#looking = this.#watch(new Observer(observed), problem)
  }

  /** The terminal is as it was before; what was said lately stays readable on it. */
  async close(): Promise<void> {
    this.#ended.abort()
    this.#terminal.close()
    divertReports(undefined)
    for (const line of this.#said) console.log(line)
    await this.#looking
  }

  async #watch(observer: Observer, problem: () => string | undefined): Promise<void> {
    const { signal } = this.#ended
    while (!signal.aborted) {
      const seen = await observer.look()
      const own = problem()
      this.#state = {
        ...this.#state,
        ...seen,
        problems: [...(own === undefined ? [] : [own]), ...seen.problems],
      }
      this.#draw()
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
    }
    await observer.close()
  }

  #draw(): void {
    const upSeconds = (performance.now() - this.#startedMs) / 1_000
    this.#terminal.draw(frame({ ...this.#state, upSeconds }, this.#terminal.size()))
  }
}
