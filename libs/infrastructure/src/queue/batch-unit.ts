import type { Database } from '@hlstats/database'
import { StatsError, toError } from '@hlstats/errors'
import { type DecodedEntry, decodeEvent, type GameEvent } from '@hlstats/events'
import type { IEventBus } from '../event-bus/event-bus.ts'
import type { ModuleRegistry } from '../module-registry.ts'
import { bodyOf, decodeDelivery, type InboundRecord, parkedEventId } from './inbound-message.ts'
import { type Park, type ParkedEvent, ParkedEvents } from './parking.ts'
import type { BatchPart } from './partition-backlog.ts'
import { type Admission, StreamPositions } from './positions.ts'

/** One event of a batch and what becomes of it. */
interface Item {
  readonly partition: number
  readonly part: BatchPart
  readonly record: number
  readonly event?: GameEvent
  readonly park?: Park
  /** The parked row that this event was taken from again. */
  readonly replayOf?: ParkedEvent
}

/** What a committed batch did. */
export interface BatchOutcome {
  readonly events: readonly GameEvent[]
  readonly parks: readonly Park[]
  readonly admission: Admission<InboundRecord>
  /** Parks in a row at the end of the batch, per partition. */
  readonly runs: ReadonlyMap<number, number>
}

/** Thrown inside the unit when a partition would park too many events in a row. */
export class ParkRun extends StatsError {
  readonly part: BatchPart
  readonly record: number

  constructor(item: Item, limit: number) {
    const message = `more than ${limit} events in a row could not be taken, the last one: ${item.park?.error.message}`
    super('CONSUMER_STOPPED', message, { cause: item.park?.error })
    this.part = item.part
    this.record = item.record
  }
}

export interface BatchUnitDeps {
  readonly service: string
  readonly database: Database
  readonly eventBus: IEventBus
  readonly registry: ModuleRegistry
}

/** What a partition brings along: its known poison, and how many parks in a row it has behind it. */
export interface PartitionMemory {
  readonly poison: ReadonlyMap<string, Error>
  /** Whether it goes on without records that are missing. */
  readonly mayLeaveGap: boolean
  readonly parksInARow: number
}

type Replays = ReadonlyMap<BatchPart, { parked: ParkedEvent; records: InboundRecord[]; entry?: DecodedEntry }>

const MAX_PARKS_IN_A_ROW = 3

/** The one transaction of a batch: positions, effects and parked rows together. */
export class BatchUnit {
  readonly positions: StreamPositions
  readonly #deps: BatchUnitDeps
  readonly #parked: ParkedEvents

  constructor(deps: BatchUnitDeps) {
    this.#deps = deps
    this.positions = new StreamPositions(deps.database, deps.service)
    this.#parked = new ParkedEvents(deps.database)
  }

  /** Resolves after COMMIT; whatever fails, nothing of it happened. */
  apply(parts: readonly BatchPart[], memory: (partition: number) => PartitionMemory): Promise<BatchOutcome> {
    return this.#deps.database.runUnit(() => this.#work(parts, memory))
  }

  /** Does the same, maybe with some events only, and takes it all back; gives the events that were tried or could be. */
  async tryOut(
    parts: readonly BatchPart[],
    memory: (partition: number) => PartitionMemory,
    only?: ReadonlySet<string>,
  ): Promise<readonly GameEvent[]> {
    let candidates: readonly GameEvent[] = []
    await this.#deps.database.trial(async () => {
      candidates = (await this.#work(parts, memory, only)).events
    })
    return candidates
  }

  async #work(
    parts: readonly BatchPart[],
    memory: (partition: number) => PartitionMemory,
    only?: ReadonlySet<string>,
  ): Promise<BatchOutcome> {
    const replays = await this.#claimReplays(parts)
    const records = parts.flatMap((part) => [...part.records, ...(replays.get(part)?.records ?? [])])
    // Nobody else has what comes before a replay: it is asked for by hand.
    const replayed = new Set([...replays.values()].flatMap((replay) => replay.records))
    const admission = await this.positions.admit(
      records,
      (record) => replayed.has(record) || memory(record.partition).mayLeaveGap,
    )
    const admitted = new Set(admission.admitted)
    const items = parts.flatMap((part) => itemsOf(part, replays.get(part), admitted))
    const judged = items.map((item) => judge(item, memory(item.partition).poison))
    const runs = countRuns(judged, (partition) => memory(partition).parksInARow)
    await this.#writeParked(judged, replays)
    const events = judged.flatMap(({ event }) => (event === undefined ? [] : [event]))
    await this.#publish(only === undefined ? events : events.filter(({ eventId }) => only.has(eventId)))
    const parks = judged.flatMap(({ park }) => (park === undefined ? [] : [park]))
    return { events, parks, admission, runs }
  }

  async #publish(events: readonly GameEvent[]): Promise<void> {
    const { registry, eventBus } = this.#deps
    await registry.prepareAll(events)
    for (const event of events) await eventBus.publish(event)
  }

  async #claimReplays(parts: readonly BatchPart[]): Promise<Replays> {
    const claimed = new Map<
      BatchPart,
      { parked: ParkedEvent; records: InboundRecord[]; entry?: DecodedEntry }
    >()
    const seen = new Set<number>()
    for (const part of parts) {
      const { content } = part.message
      if (content.kind !== 'replay' || seen.has(content.parkedId)) continue
      seen.add(content.parkedId)
      const parked = await this.#parked.claim(this.#deps.service, content.parkedId)
      if (parked !== undefined) claimed.set(part, { parked, ...reread(parked) })
    }
    return claimed
  }

  async #writeParked(judged: readonly Item[], replays: Replays): Promise<void> {
    const parks = judged.flatMap(({ park, replayOf }) => (park === undefined || replayOf ? [] : [park]))
    await this.#parked.park(this.#deps.service, parks)
    for (const { parked } of replays.values()) {
      const failed = judged.find(({ replayOf, park }) => replayOf === parked && park !== undefined)
      if (failed?.park === undefined) await this.#parked.markReplayed(parked.id)
      else await this.#parked.keepParked(parked.id, failed.park.error)
    }
  }
}

// A parked event is one event again; parked bytes may be a whole message for a newer build, its records then find the
// gap that they left in the positions.
function reread(parked: ParkedEvent): { records: InboundRecord[]; entry?: DecodedEntry } {
  if (!parked.eventId.startsWith('undecodable.')) return { records: [], entry: decodeParked(parked) }
  const content = decodeDelivery({ body: bodyOf(parked.payload), partition: parked.partition })
  if (content.kind === 'records') return { records: [...content.records] }
  const error = content.kind === 'undecodable' ? content.error : new Error('the payload asks for a replay')
  return { records: [], entry: failedEntry(parked, error) }
}

function decodeParked(parked: ParkedEvent): DecodedEntry {
  try {
    return decodeEvent(JSON.parse(parked.payload))
  } catch (error) {
    return failedEntry(parked, toError(error))
  }
}

function failedEntry({ eventId, payload }: ParkedEvent, cause: Error): DecodedEntry {
  return { ok: false, eventId, raw: payload, error: new StatsError('EVENT_DECODE', cause.message, { cause }) }
}

function itemsOf(
  part: BatchPart,
  replay: { parked: ParkedEvent; records: InboundRecord[]; entry?: DecodedEntry } | undefined,
  admitted: ReadonlySet<InboundRecord>,
): Item[] {
  const { partition } = part
  const { content } = part.message
  if (content.kind === 'undecodable') {
    const { eventId, payload, error } = content
    const park = { eventId, partition, stream: '', record: 0, eventType: '', payload, error }
    return [{ partition, part, record: 0, park }]
  }
  const records = [...part.records, ...(replay?.records ?? [])].filter((record) => admitted.has(record))
  const items = records.flatMap(({ stream, record, entries }) =>
    entries.map((entry, index) => itemOf(entry, { part, stream, record, index })),
  )
  if (replay?.entry === undefined) return items
  const { parked, entry } = replay
  return [
    ...items,
    { ...itemOf(entry, { part, stream: parked.stream, record: 0, index: 0 }), replayOf: parked },
  ]
}

function itemOf(
  entry: DecodedEntry,
  place: { part: BatchPart; stream: string; record: number; index: number },
): Item {
  const { part, stream, record, index } = place
  const { partition } = part
  if (entry.ok) return { partition, part, record, event: entry.event }
  const { raw, error } = entry
  const eventId = parkedEventId(entry.eventId, { partition, stream, record, index })
  const park = { eventId, partition, stream, record, eventType: typeIn(raw), payload: raw, error }
  return { partition, part, record, park }
}

function typeIn(raw: string): string {
  return /"eventType":"([A-Z0-9_]{1,64})"/.exec(raw)?.[1] ?? ''
}

function judge(item: Item, poison: ReadonlyMap<string, Error>): Item {
  const { event } = item
  const error = event === undefined ? undefined : poison.get(event.eventId)
  return event === undefined || error === undefined ? item : parkItem(item, event, error)
}

function parkItem({ event: _, ...item }: Item, event: GameEvent, error: Error): Item {
  const { eventId, stream, eventType } = event
  const { partition, record } = item
  const park = { eventId, partition, stream, record, eventType, payload: JSON.stringify(event), error }
  return { ...item, park }
}

function countRuns(items: readonly Item[], before: (partition: number) => number): Map<number, number> {
  const runs = new Map<number, number>()
  for (const item of items) {
    const { partition, park, replayOf } = item
    // Replays are asked for by hand, and come when they come: they say nothing about the stream.
    if (replayOf !== undefined) continue
    const run = park === undefined ? 0 : (runs.get(partition) ?? before(partition)) + 1
    if (run > MAX_PARKS_IN_A_ROW) throw new ParkRun(item, MAX_PARKS_IN_A_ROW)
    runs.set(partition, run)
  }
  return runs
}
