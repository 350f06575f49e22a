import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StatsError } from '@hlstats/errors'
import { hasCursor, JournalCursor } from './journal-cursor.ts'
import { journalOwner } from './journal-lock.ts'
import { isSegmentName, parseHeader, scanSegment } from './journal-segment.ts'

/** What one stream still has to send in one partition. */
export interface JournalBacklog {
  readonly stream: string
  readonly partition: number
  readonly waitingRecords: number
}

export interface JournalReport {
  /** The process that has the journal open. */
  readonly owner: number | undefined
  readonly bytes: number
  /** The partition count that the records were written under; undefined when there are none. */
  readonly partitions: number | undefined
  readonly backlogs: readonly JournalBacklog[]
  /** Files set aside because they are damaged. */
  readonly setAside: readonly string[]
}

/** Looks at a journal without touching it: an orphan's too. INPUT_INVALID where there is none. */
export async function inspectJournal(directory: string): Promise<JournalReport> {
  if (!isJournal(directory)) throw new StatsError('INPUT_INVALID', `there is no journal at ${directory}`)
  const cursor = await JournalCursor.load(directory)
  const waiting = new Map<string, JournalBacklog>()
  const setAside: string[] = []
  let bytes = 0
  let partitions: number | undefined
  for (const path of filesOf(directory)) {
    if (!isSegmentName(path)) {
      setAside.push(path)
      continue
    }
    const file = readFileSync(path)
    const parsed = parseHeader(file)
    bytes += file.length
    if (parsed === undefined) continue
    const { stream, partition } = parsed.header
    const { unconfirmed } = scanSegment(file, parsed.end, cursor.confirmed(stream, partition))
    if (unconfirmed === 0) continue
    partitions = parsed.header.partitions
    const key = `${stream}/${partition}`
    const waitingRecords = (waiting.get(key)?.waitingRecords ?? 0) + unconfirmed
    waiting.set(key, { stream, partition, waitingRecords })
  }
  return {
    owner: await journalOwner(directory),
    bytes,
    partitions,
    backlogs: [...waiting.values()],
    setAside,
  }
}

function isJournal(directory: string): boolean {
  return existsSync(directory) && (hasCursor(directory) || foldersOf(directory).length > 0)
}

function foldersOf(directory: string): string[] {
  return readdirSync(directory).filter((name) => /^p\d+$/.test(name))
}

function filesOf(directory: string): string[] {
  return foldersOf(directory).flatMap((folder) =>
    readdirSync(join(directory, folder))
      .sort()
      .map((name) => join(directory, folder, name)),
  )
}
