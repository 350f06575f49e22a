import { StatsError, toError } from '@hlstats/errors'
import { type GameEvent, partitionOf } from '@hlstats/events'
import { type ILogger, LogLevel, type Metrics, Occurrences } from '@hlstats/telemetry'
import type { IEventBus } from '../event-bus/event-bus.ts'
import type { Journal } from './journal.ts'
import type { JournalPublisher } from './publisher.ts'

export interface DualPublisherOptions {
  /** Events go to the journal and from there to the broker. */
  readonly enableQueue?: boolean
  /** Events go to the local bus of this process. */
  readonly enableEventBus?: boolean
  /** The journal takes events while the broker is away; without it, publishing throws QUEUE_UNAVAILABLE then. */
  readonly gracefulFallback?: boolean
  readonly queueTimeoutMs?: number
  readonly eventBusTimeoutMs?: number
}

export interface DualPublisherDeps {
  readonly eventBus: IEventBus
  readonly queue:
    | { readonly journal: Journal; readonly publisher: Pick<JournalPublisher, 'held'> }
    | undefined
  readonly partitions: number
  readonly logger: ILogger
  readonly metrics: Metrics
}

/** Thrown when events did not reach the queue, or may not have: which, and the reason as the code. */
export class PublishError extends StatsError {
  /** Events that will not be sent. */
  readonly notQueued: readonly GameEvent[]
  /** Events whose append had not answered in time. */
  readonly uncertain: number
  /** Resolves when they are written or refused, with those that will not be sent. */
  readonly settled: Promise<readonly GameEvent[]>

  constructor(
    cause: StatsError,
    events: {
      notQueued: readonly GameEvent[]
      uncertain?: number
      settled?: Promise<readonly GameEvent[]>
    },
  ) {
    super(cause.code, cause.message, { cause })
    this.notQueued = events.notQueued
    this.uncertain = events.uncertain ?? 0
    this.settled = events.settled ?? Promise.resolve([])
  }
}

/** What a batch has for one partition. */
interface Append {
  readonly events: readonly GameEvent[]
  readonly written: Promise<number>
}

// One record is one step of a consumer's position: not so large that a repeat costs much.
const RECORD_EVENTS = 100
const DEFAULTS = {
  enableQueue: true,
  enableEventBus: true,
  gracefulFallback: true,
  queueTimeoutMs: 5_000,
  eventBusTimeoutMs: 5_000,
} as const

/**
 * Gives each event to the queue path and to the local bus. Both sides are tried whatever becomes of the other; what
 * failed is thrown. It resolves when the events are in the journal: they outlive this process from then on.
 */
export class DualEventPublisher {
  readonly #deps: DualPublisherDeps
  readonly #options: Required<DualPublisherOptions>
  readonly #published
  readonly #failed

  constructor(deps: DualPublisherDeps, options: DualPublisherOptions = {}) {
    this.#deps = deps
    this.#options = { ...DEFAULTS, ...options }
    this.#published = deps.metrics.counter({
      name: 'hlstats_dual_published_total',
      help: 'Events given to a side of the dual publisher.',
      labels: ['side'],
    })
    this.#failed = new Occurrences(deps).define({
      counter: 'hlstats_publish_failures_total',
      help: 'Publishes that failed, by side.',
      labels: ['side'],
      level: LogLevel.ERROR,
      message: 'publish failed',
    })
  }

  publish(event: GameEvent): Promise<void> {
    return this.publishBatch([event])
  }

  /**
   * The events of one server stay in their order; those of a server in `whole` make one record, the first ones of their
   * partition. What a batch has for one partition is in the journal, or nothing of it: records have the numbers that they
   * were to have. Throws a PublishError when some did not reach the journal, or had not within the time: those may still,
   * and the error says when it is known.
   */
  async publishBatch(events: readonly GameEvent[], whole: ReadonlySet<number> = new Set()): Promise<void> {
    const { enableQueue, enableEventBus } = this.#options
    const queueError = enableQueue ? await this.#toQueue(events, whole) : undefined
    const busError = enableEventBus ? await this.#toBus(events) : undefined
    if (queueError !== undefined) throw queueError
    if (busError !== undefined) throw busError
  }

  async #toQueue(
    events: readonly GameEvent[],
    whole: ReadonlySet<number>,
  ): Promise<PublishError | undefined> {
    const { queue } = this.#deps
    if (queue === undefined) throw new Error('the queue module is not initialized')
    const { held } = queue.publisher
    if (!this.#options.gracefulFallback && held !== undefined) {
      const away = new StatsError('QUEUE_UNAVAILABLE', `nothing is published now: ${held.detail}`)
      return this.#notQueued(away, events)
    }
    const appends = [...recordsOf(events, this.#deps.partitions, whole)].map(
      ([partition, records]): Append => ({
        events: records.flat(),
        written: queue.journal.appendAll(partition, records),
      }),
    )
    return this.#outcomeOf(appends)
  }

  async #outcomeOf(appends: readonly Append[]): Promise<PublishError | undefined> {
    const late = new StatsError('QUEUE_TIMEOUT', 'the journal did not answer in time: is the disk stalled?')
    const outcomes = await Promise.allSettled(
      appends.map(({ written }) => within(written, this.#options.queueTimeoutMs, late)),
    )
    const failures = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason : undefined))
    const written = appends.filter((_, index) => failures[index] === undefined)
    this.#published.inc({ side: 'queue' }, countOf(written))
    const first =
      failures.find((failure) => failure !== undefined && failure !== late) ?? failures.find(Boolean)
    if (first === undefined) return undefined
    const open = appends.filter((_, index) => failures[index] === late)
    const refused = appends.filter((append) => !written.includes(append) && !open.includes(append))
    return this.#notQueued(first, eventsOf(refused), open)
  }

  #notQueued(thrown: unknown, notQueued: readonly GameEvent[], open: readonly Append[] = []): PublishError {
    const error = toError(thrown)
    const uncertain = countOf(open)
    this.#failed({ side: 'queue' }, { err: error, events: notQueued.length, uncertain })
    const cause =
      error instanceof StatsError ? error : new StatsError('JOURNAL_WRITE', error.message, { cause: error })
    return new PublishError(cause, { notQueued, uncertain, settled: this.#settle(open) })
  }

  async #settle(open: readonly Append[]): Promise<readonly GameEvent[]> {
    const outcomes = await Promise.allSettled(open.map(({ written }) => written))
    const refused = open.filter((_, index) => outcomes[index]?.status === 'rejected')
    this.#published.inc({ side: 'queue' }, countOf(open) - countOf(refused))
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') this.#failed({ side: 'queue' }, { err: toError(outcome.reason) })
    }
    return eventsOf(refused)
  }

  async #toBus(events: readonly GameEvent[]): Promise<Error | undefined> {
    const errors: Error[] = []
    const timeout = new StatsError('BUS_TIMEOUT', 'the local bus did not finish in time')
    for (const event of events) {
      try {
        await within(this.#deps.eventBus.publish(event), this.#options.eventBusTimeoutMs, timeout)
      } catch (error) {
        errors.push(toError(error))
      }
    }
    this.#published.inc({ side: 'bus' }, events.length - errors.length)
    if (errors[0] === undefined) return undefined
    this.#failed({ side: 'bus' }, { err: errors[0], events: errors.length })
    return errors.length === 1
      ? errors[0]
      : new StatsError('BUS_HANDLER', errors[0].message, {
          cause: new AggregateError(errors, `${errors.length} events failed on the local bus`),
        })
  }
}

/** The records of each partition. */
function recordsOf(
  events: readonly GameEvent[],
  partitions: number,
  whole: ReadonlySet<number>,
): Map<number, GameEvent[][]> {
  const records = new Map<number, GameEvent[][]>()
  const add = (partition: number, record: GameEvent[]) => {
    const known = records.get(partition)
    if (known === undefined) records.set(partition, [record])
    else known.push(record)
  }
  const byServer = Map.groupBy(events, ({ serverId }) => (whole.has(serverId) ? serverId : undefined))
  for (const serverId of whole) {
    const own = byServer.get(serverId)
    if (own !== undefined) add(partitionOf(serverId, partitions), own)
  }
  const others = byServer.get(undefined) ?? []
  for (const [partition, own] of Map.groupBy(others, ({ serverId }) => partitionOf(serverId, partitions))) {
    for (let from = 0; from < own.length; from += RECORD_EVENTS)
      add(partition, own.slice(from, from + RECORD_EVENTS))
  }
  return records
}

function countOf(appends: readonly Append[]): number {
  return appends.reduce((sum, { events }) => sum + events.length, 0)
}

function eventsOf(appends: readonly Append[]): GameEvent[] {
  return appends.flatMap(({ events }) => events)
}

async function within<T>(work: Promise<T>, ms: number, error: StatsError): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(error), ms)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}
