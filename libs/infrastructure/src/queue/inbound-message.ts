import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { StatsError, toError } from '@hlstats/errors'
import { type DecodedMessage, type DecodedRecord, decodeMessage } from '@hlstats/events'
import type { Delivery } from './delivery-source.ts'

/** A frozen record with its place. */
export interface InboundRecord extends DecodedRecord {
  readonly partition: number
  readonly stream: string
}

/** What a delivery turned out to be. */
export type InboundContent =
  | { readonly kind: 'records'; readonly records: readonly InboundRecord[] }
  | { readonly kind: 'replay'; readonly parkedId: number }
  | {
      readonly kind: 'undecodable'
      readonly eventId: string
      readonly payload: string
      readonly error: Error
    }

const BASE64 = 'base64:'
const LONGEST_EVENT_ID = 128
// Names that a database compares as they are written.
const STREAM = /^[\w.:-]+$/

/** The body that asks a service to take one of its parked events again; the event itself is in the parked row. */
export function encodeReplay(parkedId: number): Buffer {
  return Buffer.from(JSON.stringify({ replay: parkedId }))
}

/** Total: bytes that are nothing of ours become `undecodable`. */
export function decodeDelivery({ body, partition }: Pick<Delivery, 'body' | 'partition'>): InboundContent {
  try {
    const parkedId = replayIn(body)
    if (parkedId !== undefined) return { kind: 'replay', parkedId }
    return { kind: 'records', records: recordsOf(decodeMessage(body), partition) }
  } catch (error) {
    const digest = createHash('sha256').update(body).digest('hex').slice(0, 32)
    return {
      kind: 'undecodable',
      eventId: `undecodable.${digest}`,
      payload: isUtf8(body) ? body.toString('utf8') : `${BASE64}${body.toString('base64')}`,
      error: toError(error),
    }
  }
}

/** The id under which an unreadable event is parked: its own where that fits the column, else its place. */
export function parkedEventId(
  eventId: string,
  place: {
    readonly partition: number
    readonly stream: string
    readonly record: number
    readonly index: number
  },
): string {
  if (eventId !== '' && eventId.length <= LONGEST_EVENT_ID) return eventId
  return `unnamed.${place.stream}.p${place.partition}.${place.record}.${place.index}`
}

/** The bytes behind the payload of an undecodable message. */
export function bodyOf(payload: string): Buffer {
  return payload.startsWith(BASE64)
    ? Buffer.from(payload.slice(BASE64.length), 'base64')
    : Buffer.from(payload)
}

function recordsOf(message: DecodedMessage, partition: number): InboundRecord[] {
  const { stream } = message
  if (!STREAM.test(stream)) throw new StatsError('EVENT_DECODE', `not a stream's name: ${stream}`)
  if (message.partition !== partition) {
    throw new StatsError(
      'EVENT_DECODE',
      `message of partition ${message.partition} in the queue of ${partition}`,
    )
  }
  return message.records.map((record) => ({ ...record, partition, stream }))
}

function replayIn(body: Buffer): number | undefined {
  const match = /^\{"replay":(\d{1,15})\}$/.exec(body.toString('latin1', 0, 32))
  return match === null ? undefined : Number(match[1])
}
