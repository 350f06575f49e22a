import { type Dirent, readFileSync } from 'node:fs'
import { readdir, rename, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { StatsError } from '@hlstats/errors'
import type { ILogger } from '@hlstats/telemetry'
import type { JournalCursor } from './journal-cursor.ts'
import type { Segment } from './journal-partition.ts'
import {
  isSegmentName,
  parseHeader,
  type SegmentHeader,
  type SegmentScan,
  scanSegment,
  streamPartition,
} from './journal-segment.ts'

export interface RecoverOptions {
  readonly directory: string
  readonly partitions: number
  readonly cursor: JournalCursor
  readonly logger: ILogger
}

export interface RecoveredPartition {
  segments: Segment[]
  readOffset: number
  waiting: number
}

/** What a journal holds, or held: the last record of each stream and partition of which something is left. */
export type LastRecords = ReadonlyMap<string, number>

interface Found {
  readonly segment: Segment
  readonly header: SegmentHeader
  readonly scan: SegmentScan
}

/** Reads what earlier lives left behind: unconfirmed records in order, torn tails cut, confirmed segments deleted. */
export async function recoverJournal(options: RecoverOptions): Promise<{
  partitions: RecoveredPartition[]
  bytes: number
  youngestStream: string
  lastRecords: LastRecords
}> {
  const partitions = Array.from({ length: options.partitions }, () => ({
    segments: [] as Segment[],
    readOffset: 0,
    waiting: 0,
  }))
  const lastRecords = new Map(options.cursor.all())
  let bytes = 0
  let youngestStream = options.cursor.lastStream
  for (const folder of await folders(options.directory)) {
    for (const path of await segmentPaths(join(options.directory, folder))) {
      const found = await recoverSegment(path, { ...options, lastRecords })
      if (found === undefined) continue
      assertPartitions(found.header, options)
      bytes += found.segment.validBytes
      if (found.header.stream > youngestStream) youngestStream = found.header.stream
      const partition = partitions[found.header.partition]
      if (partition !== undefined) addTo(partition, found)
    }
  }
  return { partitions, bytes, youngestStream, lastRecords }
}

function addTo(partition: RecoveredPartition, { segment, scan }: Found): void {
  if (partition.segments.length === 0) partition.readOffset = scan.resumeAt
  partition.segments.push(segment)
  partition.waiting += scan.unconfirmed
}

async function folders(directory: string): Promise<string[]> {
  const entries: Dirent[] = await readdir(directory, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory() && /^p\d+$/.test(entry.name)).map(({ name }) => name)
}

async function segmentPaths(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter(isSegmentName).sort()
  return names.map((name) => join(folder, name))
}

async function recoverSegment(
  path: string,
  options: RecoverOptions & { readonly lastRecords: Map<string, number> },
): Promise<Found | undefined> {
  const { cursor, logger, lastRecords } = options
  const file = readFileSync(path)
  const parsed = parseHeader(file)
  if (parsed === undefined) return setAside(path, file, logger)
  const { header, end } = parsed
  const confirmed = cursor.confirmed(header.stream, header.partition)
  const scan = scanSegment(file, end, confirmed)
  const key = streamPartition(header.stream, header.partition)
  lastRecords.set(key, Math.max(lastRecords.get(key) ?? 0, scan.lastRecord))
  if (scan.lastRecord <= confirmed) {
    await rm(path)
    return undefined
  }
  if (scan.damagedBytes > 0) logger.error('journal segment is damaged', { path, bytes: scan.damagedBytes })
  if (scan.validBytes < file.length) {
    logger.warn('torn tail of a journal segment cut', { path, bytes: file.length - scan.validBytes })
    await truncate(path, scan.validBytes)
  }
  const { validBytes, lastRecord } = scan
  const segment = { path, stream: header.stream, start: end, validBytes, lastRecord, damaged: false }
  return { segment, header, scan }
}

// A process that dies right after creating the file leaves it empty or with half a header: nothing was appended yet.
async function setAside(path: string, file: Buffer, logger: ILogger): Promise<undefined> {
  const entries = scanSegment(file, 0, 0)
  if (entries.lastRecord === 0) {
    await rm(path)
    return undefined
  }
  await rename(path, `${path}.corrupt`)
  logger.error('journal segment without a readable header set aside', { path, code: 'JOURNAL_CORRUPT' })
  return undefined
}

function assertPartitions(header: SegmentHeader, options: RecoverOptions): void {
  if (header.partitions === options.partitions) return
  throw new StatsError(
    'QUEUE_PARTITIONS',
    `the journal ${options.directory} holds unsent records of ${header.partitions} partitions, this process runs with ` +
      `${options.partitions}: send them first, with \`hlstats journal drain\` and PARTITIONS=${header.partitions}`,
  )
}
