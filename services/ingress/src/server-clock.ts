import type { EventBatcher, Moment } from './event-batcher.ts'
import { serverIdle, serverTick } from './rules/server-events.ts'
import type { ServerRuntime } from './server-runtimes.ts'

interface ServerClockOptions {
  readonly servers: () => Iterable<ServerRuntime>
  readonly batcher: Pick<EventBatcher, 'add'>
  readonly tickMs: number
}

const LOOK_EVERY_MS = 1_000

/** Events that follow from time passing, not from a line: load samples, and servers that fell silent. */
export class ServerClock {
  readonly #options: ServerClockOptions
  #timer: NodeJS.Timeout | undefined

  constructor(options: ServerClockOptions) {
    this.#options = options
  }

  start(): void {
    this.#timer = setInterval(() => this.look(Date.now()), LOOK_EVERY_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  look(now: number): void {
    for (const server of this.#options.servers()) this.#lookAt(server, now)
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

/** A moment of our own clock. */
export function momentOf(now: number): Moment {
  const timestamp = new Date(now).toISOString()
  return { timestamp, receivedAt: timestamp }
}
