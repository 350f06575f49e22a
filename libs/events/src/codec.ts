import { StatsError } from '@hlstats/errors'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { DATA_SCHEMAS } from './event-data.ts'
import { CATEGORY_OF, EventType } from './event-types.ts'
import type { GameEvent } from './game-event.ts'

/** Version of the message and of every event in it: major.minor. */
export const MESSAGE_VERSION = '1.0'
const OWN_MAJOR = MESSAGE_VERSION.split('.')[0]
const OURS = `this build speaks ${MESSAGE_VERSION}`
const VERSION = /^\d+\.\d+$/

/** One frozen journal record: the events of one partition that came within a few milliseconds, and its number in the stream. */
export interface EventRecord {
  readonly record: number
  readonly events: readonly GameEvent[]
}

/** An event of a received record: decoded, or undecodable with the reason and what was there. */
export type DecodedEntry =
  | { readonly ok: true; readonly event: GameEvent }
  | { readonly ok: false; readonly eventId: string; readonly raw: string; readonly error: StatsError }

export interface DecodedRecord {
  readonly record: number
  readonly entries: readonly DecodedEntry[]
}

/** A message on the wire: consecutive records of one partition of one stream. */
export interface DecodedMessage {
  readonly stream: string
  readonly partition: number
  readonly records: readonly DecodedRecord[]
}

const eventSchema = (type: EventType) =>
  Type.Object({
    eventId: Type.String({ minLength: 1, maxLength: 128 }),
    eventType: Type.Literal(type),
    category: Type.Literal(CATEGORY_OF[type]),
    version: Type.String({ pattern: VERSION.source }),
    timestamp: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
    receivedAt: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
    serverId: Type.Integer({ minimum: 1 }),
    game: Type.String({ minLength: 1, maxLength: 32 }),
    stream: Type.String({ minLength: 1, maxLength: 64 }),
    sequence: Type.Integer({ minimum: 1 }),
    map: Type.String({ maxLength: 64 }),
    playerCount: Type.Integer({ minimum: 0 }),
    counted: Type.Union([
      Type.Literal(true),
      ...(['minPlayers', 'bonusRound', 'bot', 'warmup', 'unknownPlayer'] as const).map((r) =>
        Type.Literal(r),
      ),
    ]),
    data: DATA_SCHEMAS[type],
  })

type Validator = {
  Check(value: unknown): boolean
  Errors(value: unknown): Iterable<{ instancePath: string; message: string }>
}

const VALIDATORS = new Map<string, Validator>(
  Object.values(EventType).map((type) => [type, Compile(eventSchema(type)) as Validator]),
)

// What lies beyond is no number of ours, and no database column takes it.
const recordNumber = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })

const ENVELOPE = Compile(
  Type.Object({
    version: Type.String({ pattern: VERSION.source }),
    stream: Type.String({ minLength: 1, maxLength: 64 }),
    partition: Type.Integer({ minimum: 0 }),
    records: Type.Array(Type.Object({ record: recordNumber, events: Type.Array(Type.Unknown()) })),
  }),
)

/** The bytes of one record as they stay for ever, in the journal and in every message that carries it. */
export function encodeRecord(record: number, events: readonly GameEvent[]): string {
  return `{"record":${record},"events":${JSON.stringify(events)}}`
}

/** A message body from records that are encoded already. */
export function encodeMessage(stream: string, partition: number, encodedRecords: readonly string[]): Buffer {
  const head = `{"version":"${MESSAGE_VERSION}","stream":${JSON.stringify(stream)},"partition":${partition},"records":[`
  return Buffer.from(`${head}${encodedRecords.join(',')}]}`)
}

/** Decodes and validates a message; an unusable envelope throws EVENT_DECODE or EVENT_VERSION, an unusable event is an entry. */
export function decodeMessage(body: Buffer): DecodedMessage {
  const envelope = parseJson(body.toString('utf8'))
  // First of all: another major version may look otherwise.
  assertMajor(envelope)
  if (!ENVELOPE.Check(envelope))
    throw new StatsError('EVENT_DECODE', `not an event message: ${body.toString('utf8', 0, 200)}`)
  const records = envelope.records.map(({ record, events }) => ({ record, entries: events.map(decodeEvent) }))
  return { stream: envelope.stream, partition: envelope.partition, records }
}

/** Decodes one event that is JSON already parsed: parked payloads come back through this. */
export function decodeEvent(raw: unknown): DecodedEntry {
  const error = eventProblem(raw)
  if (error === undefined) return { ok: true, event: raw as GameEvent }
  const eventId = isRecord(raw) && typeof raw.eventId === 'string' ? raw.eventId : ''
  return { ok: false, eventId, raw: JSON.stringify(raw), error }
}

/** Throws EVENT_SCHEMA unless the event fits the schema of its type. */
export function assertEvent(event: GameEvent): void {
  const error = eventProblem(event)
  if (error !== undefined) throw error
}

function eventProblem(raw: unknown): StatsError | undefined {
  if (!isRecord(raw)) return new StatsError('EVENT_SCHEMA', 'an event is not an object')
  const { version, eventType } = raw
  if (majorOf(version) !== OWN_MAJOR)
    return new StatsError('EVENT_VERSION', `event version ${version} is unknown, ${OURS}`)
  const validator = VALIDATORS.get(String(eventType))
  if (validator?.Check(raw) === true) return undefined
  const [first] = validator?.Errors(raw) ?? []
  const problem =
    validator === undefined
      ? `event type ${eventType} is unknown`
      : `${eventType}${first?.instancePath ?? ''} ${first?.message ?? 'is not valid'}`
  // A newer build of this major version may know types and values that we don't: theirs is no fault.
  return isNewer(version)
    ? new StatsError('EVENT_VERSION', `${problem}: it has version ${version}, ${OURS}`)
    : new StatsError('EVENT_SCHEMA', problem)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new StatsError('EVENT_DECODE', `message is not JSON: ${text.slice(0, 200)}`, { cause })
  }
}

function assertMajor(envelope: unknown): void {
  if (!isRecord(envelope) || !VERSION.test(String(envelope.version))) return
  if (majorOf(envelope.version) !== OWN_MAJOR)
    throw new StatsError('EVENT_VERSION', `message version ${envelope.version} is unknown, ${OURS}`)
}

function majorOf(version: unknown): string | undefined {
  return String(version).split('.')[0]
}

function isNewer(version: unknown): boolean {
  return Number(String(version).split('.')[1]) > Number(MESSAGE_VERSION.split('.')[1])
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
