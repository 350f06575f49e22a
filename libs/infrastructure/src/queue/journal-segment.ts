import { crc32 } from 'node:zlib'
import { StatsError } from '@hlstats/errors'
import { type EventCategory, encodeRecord, type GameEvent } from '@hlstats/events'

/** What a segment file says about itself in its first bytes. */
export interface SegmentHeader {
  readonly stream: string
  readonly partition: number
  /** The partition count it was written under: another count would send its servers elsewhere. */
  readonly partitions: number
  readonly firstRecord: number
}

/** One frozen record as it lies in a segment. */
export interface SegmentEntry {
  readonly record: number
  readonly appendedAt: number
  readonly events: number
  readonly categories: readonly EventCategory[]
  /** The bytes of `encodeRecord`, never changed after the append. */
  readonly encoded: string
  /** Offset of the first byte after the entry. */
  readonly end: number
}

export type ParsedEntry = SegmentEntry | 'short' | 'bad'

const FILE_MAGIC = 0x484c5331
const ENTRY_MAGIC = Buffer.from('REC\x01', 'latin1')
const PREFIX_BYTES = 12
const FIELDS_BYTES = 16
// A length beyond this is damage, not data: the append refuses such a record.
const MAX_ENTRY_BYTES = 8 * 1024 * 1024
const SUFFIX = '.seg'

/** Sorts by stream, then by first record: the order in which segments are sent. */
export function segmentName(stream: string, firstRecord: number): string {
  return `${stream}-${String(firstRecord).padStart(12, '0')}${SUFFIX}`
}

/** One word for a stream's part in a partition. */
export function streamPartition(stream: string, partition: number): string {
  return `${stream}/${partition}`
}

export function isSegmentName(name: string): boolean {
  return name.endsWith(SUFFIX)
}

export function encodeHeader(header: SegmentHeader): Buffer {
  const body = Buffer.from(JSON.stringify(header))
  const prefix = Buffer.alloc(PREFIX_BYTES)
  prefix.writeUInt32BE(FILE_MAGIC, 0)
  prefix.writeUInt32BE(body.length, 4)
  prefix.writeUInt32BE(crc32(body), 8)
  return Buffer.concat([prefix, body])
}

/** The header and where the entries begin; undefined when the process died before the header was whole. */
export function parseHeader(file: Buffer): { header: SegmentHeader; end: number } | undefined {
  if (file.length < PREFIX_BYTES || file.readUInt32BE(0) !== FILE_MAGIC) return undefined
  const end = PREFIX_BYTES + file.readUInt32BE(4)
  if (end > file.length) return undefined
  const body = file.subarray(PREFIX_BYTES, end)
  if (crc32(body) !== file.readUInt32BE(8)) return undefined
  return { header: JSON.parse(body.toString('utf8')) as SegmentHeader, end }
}

/** The bytes of one record: length, checksum, number, time, categories and the frozen JSON. */
export function encodeEntry(record: number, events: readonly GameEvent[], appendedAt: number): Buffer {
  const json = Buffer.from(encodeRecord(record, events))
  const names = Buffer.from([...new Set(events.map((event) => event.category))].join('.'))
  const length = FIELDS_BYTES + names.length + json.length
  if (length > MAX_ENTRY_BYTES) {
    throw new StatsError(
      'INPUT_INVALID',
      `a record of ${length} bytes is over the ${MAX_ENTRY_BYTES} allowed`,
    )
  }
  const fields = Buffer.alloc(FIELDS_BYTES)
  fields.writeUIntBE(record, 0, 6)
  fields.writeUIntBE(appendedAt, 6, 6)
  fields.writeUInt16BE(events.length, 12)
  fields.writeUInt16BE(names.length, 14)
  const body = Buffer.concat([fields, names, json])
  const prefix = Buffer.alloc(PREFIX_BYTES)
  ENTRY_MAGIC.copy(prefix)
  prefix.writeUInt32BE(length, 4)
  prefix.writeUInt32BE(crc32(body), 8)
  return Buffer.concat([prefix, body])
}

/** The entry at the offset; `short` when the buffer ends inside it, `bad` when the bytes are no entry. */
export function parseEntry(buffer: Buffer, offset: number): ParsedEntry {
  const left = buffer.length - offset
  if (left < PREFIX_BYTES) return 'short'
  if (buffer.compare(ENTRY_MAGIC, 0, 4, offset, offset + 4) !== 0) return 'bad'
  const length = buffer.readUInt32BE(offset + 4)
  if (length < FIELDS_BYTES || length > MAX_ENTRY_BYTES) return 'bad'
  const start = offset + PREFIX_BYTES
  const end = start + length
  if (end > buffer.length) return 'short'
  const body = buffer.subarray(start, end)
  if (crc32(body) !== buffer.readUInt32BE(offset + 8)) return 'bad'
  const namesEnd = FIELDS_BYTES + body.readUInt16BE(14)
  return {
    record: body.readUIntBE(0, 6),
    appendedAt: body.readUIntBE(6, 6),
    events: body.readUInt16BE(12),
    categories: body.toString('latin1', FIELDS_BYTES, namesEnd).split('.') as EventCategory[],
    encoded: body.toString('utf8', namesEnd),
    end,
  }
}

/** Where the next whole entry begins after damage, or -1. */
export function findEntry(buffer: Buffer, from: number): number {
  let offset = buffer.indexOf(ENTRY_MAGIC, from)
  while (offset !== -1) {
    if (typeof parseEntry(buffer, offset) !== 'string') return offset
    offset = buffer.indexOf(ENTRY_MAGIC, offset + 1)
  }
  return -1
}

/** What a scan of a whole segment found. */
export interface SegmentScan {
  /** Offset after the last whole entry: what lies beyond is a torn tail. */
  readonly validBytes: number
  readonly lastRecord: number
  /** How many of its records are not confirmed. */
  readonly unconfirmed: number
  /** Where to read on when everything up to `confirmed` is confirmed. */
  readonly resumeAt: number
  /** Bytes in the middle that are no entry. */
  readonly damagedBytes: number
}

/** Walks the entries, past damage in the middle. */
export function scanSegment(file: Buffer, start: number, confirmed: number): SegmentScan {
  const scan = {
    validBytes: start,
    lastRecord: 0,
    unconfirmed: 0,
    resumeAt: start,
    damagedBytes: 0,
  }
  let offset = start
  while (offset < file.length) {
    const entry = parseEntry(file, offset)
    if (typeof entry === 'string') {
      const next = findEntry(file, offset + 1)
      if (next === -1) break
      scan.damagedBytes += next - offset
      offset = next
      continue
    }
    scan.lastRecord = entry.record
    scan.validBytes = entry.end
    if (entry.record <= confirmed) scan.resumeAt = entry.end
    else scan.unconfirmed += 1
    offset = entry.end
  }
  return scan
}
