import { CATEGORY_OF, eventIdOf, type GameEvent, MESSAGE_VERSION } from '@hlstats/events'
import { PublishError, type RecordName } from '@hlstats/infrastructure'
import type { Metrics } from '@hlstats/telemetry'
import type { IngressOccurrences } from './occurrences.ts'
import { returnTo } from './rules/game-server.ts'
import type { DraftEvent } from './rules/turn.ts'
import { positionEntry, type ServerRuntime, takeChanges } from './server-runtimes.ts'
import type { StateEntry } from './server-state-log.ts'

interface EventBatcherOptions {
  readonly stream: string
  readonly batchMs: number
  readonly storeState: (entries: readonly StateEntry[]) => Promise<void>
  /** Resolves when the events are in the journal; those of a server in `whole` as one record, its partition's first. */
  readonly publish: (events: readonly GameEvent[], whole: ReadonlySet<number>) => Promise<void>
  /** The name that the next record with events of this server gets. */
  readonly nextRecord: (serverId: number) => RecordName
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

  /** Has the position of a server's posted log stored, with what was added for it. */
  addPosition(server: ServerRuntime): void {
    this.#changed.add(server)
    this.#startLater()
  }

  /** Resolves when what was added until now was written, or counted as lost, whatever is added meanwhile. */
  async written(): Promise<void> {
    // The one under way may have begun before.
    await this.#flushing
    if (this.#flushing === undefined && this.#isWaiting) this.#start()
    await this.#flushing
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
    const events = this.#events
    const changed = [...this.#changed]
    this.#events = []
    this.#changed = new Set()
    const posting = changed.filter(({ position, safePosition }) => position !== safePosition)
    const records = this.#recordsOf(posting, events)
    const positions = posting.map((server) => positionEntry(server, records.get(server)))
    // In front of the state that follows from the same lines: they are taken back together.
    await this.#store([...positions, ...changed.flatMap(takeChanges)])
    const refused = await this.#publish(events, new Set(posting.map(({ known }) => known.settings.serverId)))
    await this.#settle(posting, records, refused)
  }

  async #store(entries: readonly StateEntry[]): Promise<void> {
    try {
      await this.#options.storeState(entries)
    } catch (err) {
      // Events are worth more than the memory of who is playing: they go on without it.
      this.#options.occurrences.stateNotStored({}, { err })
    }
  }

  /** Returns the servers of whose events some are not in the journal. */
  async #publish(events: readonly GameEvent[], whole: ReadonlySet<number>): Promise<ReadonlySet<number>> {
    if (events.length === 0) return new Set()
    try {
      await this.#options.publish(events, whole)
      return new Set()
    } catch (err) {
      // What failed on the local bus only is in the journal, and the publisher has reported it.
      if (!(err instanceof PublishError)) return new Set()
      this.#countLost(err, err.notQueued)
      // What the disk has not answered for may still be written: until that is known, nothing else is.
      const refused = await err.settled
      this.#countLost(err, refused)
      return new Set([...err.notQueued, ...refused].map(({ serverId }) => serverId))
    }
  }

  #countLost(err: PublishError, events: readonly GameEvent[]): void {
    const reason = err.code === 'JOURNAL_FULL' ? 'journalFull' : 'journalWrite'
    for (const _ of events) this.#options.occurrences.dropped({ reason }, { err })
  }

  /** The record that each server's events will be in. */
  #recordsOf(
    posting: readonly ServerRuntime[],
    events: readonly GameEvent[],
  ): Map<ServerRuntime, RecordName> {
    const speaking = new Set(posting.length === 0 ? [] : events.map(({ serverId }) => serverId))
    const before = new Map<number, number>()
    const records = new Map<ServerRuntime, RecordName>()
    for (const server of posting) {
      const { serverId } = server.known.settings
      if (!speaking.has(serverId)) continue
      const next = this.#options.nextRecord(serverId)
      const count = before.get(next.partition) ?? 0
      before.set(next.partition, count + 1)
      records.set(server, { ...next, record: next.record + count })
    }
    return records
  }

  /** Makes positions safe whose events are in the journal; takes back the others. */
  async #settle(
    posting: readonly ServerRuntime[],
    records: ReadonlyMap<ServerRuntime, RecordName>,
    refused: ReadonlySet<number>,
  ): Promise<void> {
    const refusedOnes = posting.filter(({ known }) => refused.has(known.settings.serverId))
    for (const server of posting) {
      if (refusedOnes.includes(server)) takeBack(server)
      else server.safePosition = server.position
    }
    const positions = Array.from(records.keys(), (server) => positionEntry(server))
    // Behind the positions, which end what was left out with them.
    if (positions.length > 0) await this.#store([...positions, ...refusedOnes.flatMap(takeChanges)])
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

/** The game server posts these lines again, and then they are to say the same. */
function takeBack(server: ServerRuntime): void {
  server.position = server.safePosition
  if (server.safeState !== undefined) returnTo(server.state, server.safeState)
}
