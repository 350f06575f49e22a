import type { EventBatcher, Moment } from './event-batcher.ts'
import { serverIdle, serverTick } from './rules/server-events.ts'
import type { ServerRuntime } from './server-runtimes.ts'

interface ServerClockOptions {
  readonly servers: () => Iterable<ServerRuntime>
  readonly batcher: Pick<EventBatcher, 'add'>
  readonly tickMs: number
}

const LOOK_EVERY_MS = 1_000
const SMALLEST_STEP_MS = 1_000

/** One moment by the clock of the day, which somebody may set, and by one that nobody can. */
interface Times {
  readonly now: number
  readonly steady: number
}

/** Events that follow from time passing, not from a line: load samples, and servers that fell silent. */
export class ServerClock {
  readonly #options: ServerClockOptions
  #timer: NodeJS.Timeout | undefined
  #before: Times | undefined

  constructor(options: ServerClockOptions) {
    this.#options = options
  }

  start(): void {
    this.#timer = setInterval(() => this.look({ now: Date.now(), steady: performance.now() }), LOOK_EVERY_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  look(times: Times): void {
    const stepMs = stepBetween(this.#before, times)
    this.#before = times
    for (const server of this.#options.servers()) {
      if (stepMs !== 0) followStep(server, times.now, stepMs)
      this.#lookAt(server, times.now)
    }
  }

  #lookAt(server: ServerRuntime, now: number): void {
    if (server.idle) return
    const { tickMs, batcher } = this.#options
    const { state, known } = server
    const silentMs = now - server.lastLineAt
    if (silentMs >= tickMs) {
      server.idle = true
      server.tickAt = 0
      batcher.add(server, serverIdle(state, known.settings, Math.round(silentMs / 1000)), momentOf(now))
    } else if (server.tickAt === 0) {
      server.tickAt = now + tickMs
    } else if (now >= server.tickAt) {
      server.tickAt = now + tickMs
      batcher.add(server, serverTick(state, known.settings, known.maxPlayers), momentOf(now))
    }
  }
}

function stepBetween(before: Times | undefined, { now, steady }: Times): number {
  if (before === undefined) return 0
  const stepMs = now - before.now - (steady - before.steady)
  return Math.abs(stepMs) < SMALLEST_STEP_MS ? 0 : stepMs
}

// Our clock was set: nobody was silent because of it. Who has spoken since has the new time already.
function followStep(server: ServerRuntime, now: number, stepMs: number): void {
  server.lastLineAt = Math.min(now, server.lastLineAt + Math.max(0, stepMs))
  if (server.tickAt !== 0) server.tickAt += stepMs
}

/** A moment of our own clock. */
export function momentOf(now: number): Moment {
  const timestamp = new Date(now).toISOString()
  return { timestamp, receivedAt: timestamp }
}
