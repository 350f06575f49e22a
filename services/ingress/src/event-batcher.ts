import { CATEGORY_OF, eventIdOf, type GameEvent, MESSAGE_VERSION } from '@hlstats/events'
import { PublishError } from '@hlstats/infrastructure'
import type { Metrics } from '@hlstats/telemetry'
import type { IngressOccurrences } from './occurrences.ts'
import type { DraftEvent } from './rules/turn.ts'
import { type ServerRuntime, takeChanges } from './server-runtimes.ts'
import type { StateEntry } from './server-state-log.ts'

interface EventBatcherOptions {
  readonly stream: string
  readonly batchMs: number
  readonly storeState: (entries: readonly StateEntry[]) => Promise<void>
  /** Resolves when the events are in the journal. */
  readonly publish: (events: readonly GameEvent[]) => Promise<void>
  readonly occurrences: IngressOccurrences
}

/** When something happened: by the line's own clock, and when we had it; ISO 8601. */
export interface Moment {
  readonly timestamp: string
  readonly receivedAt: string
}

const MOST_EVENTS_WAITING = 50_000

/** Numbers events and hands them on in batches: first what was learned about the servers, then the events. */
export class EventBatcher {
  readonly #options: EventBatcherOptions
  #events: GameEvent[] = []
  #changed = new Set<ServerRuntime>()
  #timer: NodeJS.Timeout | undefined
  #flushing: Promise<void> | undefined

  constructor(options: EventBatcherOptions) {
    this.#options = options
  }

  /** Shows how much a sudden death would lose. */
  measure(metrics: Metrics): void {
    metrics.gauge({
      name: 'hlstats_ingress_unwritten',
      help: 'Events, and servers with something new about them, that are in memory only.',
      collect: (gauge) => gauge.set(this.#events.length + this.#changed.size + (this.#flushing ? 1 : 0)),
    })
  }

  /** More is waiting than may be kept: new lines must be turned away until the disk has caught up. */
  get isFull(): boolean {
    return this.#events.length >= MOST_EVENTS_WAITING
  }

  add(server: ServerRuntime, drafts: readonly DraftEvent[], moment: Moment): void {
    for (const draft of drafts) this.#events.push(this.#numbered(server, draft, moment))
    if (server.state.changed.size > 0) this.#changed.add(server)
    this.#startLater()
  }

  /** Resolves when everything added so far is in the journal, or counted as lost. */
  async drain(): Promise<void> {
    while (this.#isWaiting || this.#flushing !== undefined) {
      if (this.#flushing === undefined) this.#start()
      await this.#flushing
    }
  }

  get #isWaiting(): boolean {
    return this.#events.length > 0 || this.#changed.size > 0
  }

  #startLater(): void {
    if (this.#flushing !== undefined || !this.#isWaiting) return
    this.#timer ??= setTimeout(() => this.#start(), this.#options.batchMs)
  }

  #start(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#flushing = this.#flush().finally(() => {
      this.#flushing = undefined
      this.#startLater()
    })
  }

  async #flush(): Promise<void> {
    const { storeState, publish, occurrences } = this.#options
    const events = this.#events
    const entries = [...this.#changed].flatMap(takeChanges)
    this.#events = []
    this.#changed = new Set()
    try {
      await storeState(entries)
    } catch (err) {
      // Events are worth more than the memory of who is playing: they go on without it.
      occurrences.stateNotStored({}, { err })
    }
    if (events.length === 0) return
    try {
      await publish(events)
    } catch (err) {
      // What failed on the local bus only is in the journal, and the publisher has reported it.
      if (!(err instanceof PublishError)) return
      const reason = err.code === 'JOURNAL_FULL' ? 'journalFull' : 'journalWrite'
      for (let lost = 0; lost < err.notQueued; lost++) occurrences.dropped({ reason }, { err })
    }
  }

  #numbered(server: ServerRuntime, draft: DraftEvent, { timestamp, receivedAt }: Moment): GameEvent {
    const { stream, occurrences } = this.#options
    const { serverId, game } = server.known.settings
    server.sequence += 1
    const sequence = server.sequence
    const { eventType, counted, map, playerCount, data } = draft
    occurrences.eventMade(eventType, String(counted))
    return {
      eventId: eventIdOf({ stream, serverId, sequence }),
      eventType,
      category: CATEGORY_OF[eventType],
      version: MESSAGE_VERSION,
      timestamp,
      receivedAt,
      serverId,
      game,
      stream,
      sequence,
      map,
      playerCount,
      counted,
      data,
      // The draft's type and data belong together; spread apart, the compiler cannot see it any more.
    } as GameEvent
  }
}
