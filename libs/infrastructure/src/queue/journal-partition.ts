import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StatsError } from '@hlstats/errors'
import type { EventCategory, GameEvent } from '@hlstats/events'
import { encodeEntry, encodeHeader, type SegmentEntry, segmentName } from './journal-segment.ts'
import { SegmentReader } from './segment-reader.ts'

/** A segment file on disk. `validBytes` grows while it is the one being written. */
export interface Segment {
  readonly path: string
  readonly stream: string
  /** Where its entries begin. */
  readonly start: number
  validBytes: number
  lastRecord: number
  /** Kept for a look instead of deleted. */
  damaged: boolean
}

/** Consecutive records of one stream that are not confirmed yet: what one message carries. */
export interface JournalBatch {
  readonly stream: string
  readonly partition: number
  readonly records: readonly string[]
  readonly firstRecord: number
  readonly lastRecord: number
  readonly events: number
  readonly categories: readonly EventCategory[]
  readonly appendedAt: number
  /** Where the next batch begins in the segment. */
  readonly end: number
}

/** When the kernel is made to write to the disk: it matters for power loss only, not for a process that dies. */
export type FsyncPolicy = 'never' | 'interval' | 'always'

/** What a partition needs from the journal around it. */
export interface PartitionContext {
  readonly directory: string
  readonly stream: string
  readonly partition: number
  readonly partitions: number
  readonly segmentBytes: number
  readonly fsync: FsyncPolicy
  /** Takes bytes from the bound, or says that they do not fit. */
  reserve(bytes: number): boolean
  /** Counts bytes that are on the disk (or, negative, are not any more). */
  charge(bytes: number): void
  /** Takes the file of a segment away in which everything is confirmed. */
  discard(segment: Segment): Promise<void>
  onAppended(partition: number): void
  onDamaged(path: string, bytes: number): void
  onSyncFailed(error: unknown): void
}

/** Records that are written together. */
interface PendingAppend {
  readonly bytes: Buffer
  readonly firstRecord: number
  readonly records: number
  readonly resolve: (firstRecord: number) => void
  readonly reject: (error: unknown) => void
}

/** One partition of the journal: appends to the youngest segment, reads from the oldest. One reader at a time. */
export class JournalPartition {
  readonly #context: PartitionContext
  readonly #segments: Segment[]
  readonly #reader = new SegmentReader()
  #readOffset: number
  #active: { readonly handle: FileHandle; readonly segment: Segment } | undefined
  #nextRecord = 1
  #pending: PendingAppend[] = []
  #flushing: Promise<void> | undefined
  #unsynced = false
  #waitingRecords: number

  constructor(
    context: PartitionContext,
    found: { segments: Segment[]; readOffset: number; waiting: number },
  ) {
    this.#context = context
    this.#segments = found.segments
    this.#readOffset = found.readOffset
    this.#waitingRecords = found.waiting
  }

  get waitingRecords(): number {
    return this.#waitingRecords
  }

  /** The number that the next append gets. */
  get nextRecord(): number {
    return this.#nextRecord
  }

  get streams(): string[] {
    return this.#segments.map((segment) => segment.stream)
  }

  /** The number of the first of these records, once their bytes are written: all, or none. Appends of the same moment share one write. */
  append(records: readonly (readonly GameEvent[])[]): Promise<number> {
    const firstRecord = this.#nextRecord
    const now = Date.now()
    const bytes = Buffer.concat(records.map((events, index) => encodeEntry(firstRecord + index, events, now)))
    if (!this.#context.reserve(bytes.length)) {
      throw new StatsError('JOURNAL_FULL', 'the journal is full: the broker has been away for too long')
    }
    this.#nextRecord += records.length
    return new Promise((resolve, reject) => {
      this.#pending.push({ bytes, firstRecord, records: records.length, resolve, reject })
      this.#flushing ??= new Promise<void>((done) => setImmediate(done)).then(() => this.#flush())
    })
  }

  /** Unconfirmed records from the oldest on, all of one stream, up to `maxBytes` but at least one. */
  async peek(maxBytes: number): Promise<JournalBatch | undefined> {
    for (;;) {
      const [segment] = this.#segments
      if (segment === undefined) return undefined
      if (this.#readOffset < segment.validBytes) {
        const { entries, damagedBytes } = await this.#reader.read(segment, this.#readOffset, maxBytes)
        if (damagedBytes > 0) this.#skipDamage(segment, damagedBytes)
        if (entries.length > 0) return this.#batchOf(segment, entries)
      } else if (segment === this.#active?.segment) {
        // Records that damage took away are not waiting either.
        this.#waitingRecords = 0
        return undefined
      } else {
        await this.#retire(segment)
      }
    }
  }

  /** The broker has the batch: its records are not sent again by this process. */
  async confirm(batch: JournalBatch): Promise<void> {
    this.#readOffset = batch.end
    this.#waitingRecords -= batch.records.length
    const [segment] = this.#segments
    if (segment === undefined || this.#readOffset < segment.validBytes) return
    if (segment !== this.#active?.segment) return this.#retire(segment)
    // A small bound must not fill up with the confirmed bytes of segments that are never finished.
    if (this.#flushing === undefined && segment.validBytes >= this.#context.segmentBytes / 4) {
      await Promise.all([this.#seal(), this.#retire(segment)])
    }
  }

  async sync(): Promise<void> {
    if (!this.#unsynced || this.#active === undefined) return
    this.#unsynced = false
    await this.#active.handle.datasync()
  }

  /** Waits for appends under way and closes the files. */
  async close(): Promise<void> {
    await this.#flushing
    await this.#seal()
    await this.#reader.close()
  }

  async #flush(): Promise<void> {
    while (this.#pending.length > 0) {
      const group = this.#pending
      this.#pending = []
      try {
        await this.#write(group)
      } catch (cause) {
        await this.#refuse(group, cause)
        continue
      }
      // Readers may have seen the records: from here on nothing can refuse them.
      for (const append of group) append.resolve(append.firstRecord)
      this.#context.onAppended(this.#context.partition)
      const segment = this.#active?.segment
      if (segment !== undefined && segment.validBytes >= this.#context.segmentBytes) await this.#seal()
    }
    this.#flushing = undefined
  }

  async #write(group: readonly PendingAppend[]): Promise<void> {
    const [first] = group
    const last = group.at(-1)
    if (first === undefined || last === undefined) return
    const { handle, segment } = await this.#open(first.firstRecord)
    const bytes = Buffer.concat(group.map((append) => append.bytes))
    await writeWhole(handle, bytes, segment.validBytes)
    if (this.#context.fsync === 'always') await handle.datasync()
    else this.#unsynced = true
    segment.validBytes += bytes.length
    segment.lastRecord = last.firstRecord + last.records - 1
    this.#waitingRecords += group.reduce((sum, { records }) => sum + records, 0)
  }

  // Nothing of a failed write was visible to anybody, so its numbers are used again, once the file ends where it did.
  // What was appended meanwhile has later numbers and is refused with it.
  async #refuse(group: readonly PendingAppend[], cause: unknown): Promise<void> {
    const cutBack = await this.#cutBack()
    const refused = [...group, ...this.#pending]
    this.#pending = []
    if (cutBack && refused[0] !== undefined) this.#nextRecord = refused[0].firstRecord
    const error = new StatsError('JOURNAL_WRITE', `cannot write to ${this.#directory}: is the disk full?`, {
      cause,
    })
    for (const append of refused) {
      this.#context.charge(-append.bytes.length)
      append.reject(error)
    }
  }

  async #cutBack(): Promise<boolean> {
    const active = this.#active
    if (active === undefined) return true
    try {
      await active.handle.truncate(active.segment.validBytes)
      return true
    } catch {
      // The write that failed is reported to its callers. Here only this matters: the file is not written any more.
      await this.#seal()
      return false
    }
  }

  async #open(firstRecord: number): Promise<{ handle: FileHandle; segment: Segment }> {
    if (this.#active !== undefined) return this.#active
    const { stream, partition, partitions } = this.#context
    await mkdir(this.#directory, { recursive: true })
    const path = join(this.#directory, segmentName(stream, firstRecord))
    const header = encodeHeader({ stream, partition, partitions, firstRecord })
    const handle = await open(path, 'w')
    try {
      await writeWhole(handle, header, 0)
    } catch (error) {
      await handle.close()
      await rm(path, { force: true })
      throw error
    }
    const start = header.length
    const segment = { path, stream, start, validBytes: start, lastRecord: firstRecord - 1, damaged: false }
    if (this.#segments.length === 0) this.#readOffset = start
    this.#segments.push(segment)
    this.#context.charge(start)
    this.#active = { handle, segment }
    return this.#active
  }

  get #directory(): string {
    return join(this.#context.directory, `p${this.#context.partition}`)
  }

  async #seal(): Promise<void> {
    const active = this.#active
    this.#active = undefined
    if (active === undefined) return
    if (this.#unsynced && this.#context.fsync !== 'never') {
      await active.handle.datasync().catch(this.#context.onSyncFailed)
    }
    // Everything was written before: like a failed sync, this matters for power loss only.
    await active.handle.close().catch(this.#context.onSyncFailed)
  }

  /** Takes the oldest segment away: everything in it is confirmed. */
  async #retire(segment: Segment): Promise<void> {
    this.#segments.shift()
    this.#readOffset = this.#segments[0]?.start ?? 0
    await this.#reader.close()
    await this.#context.discard(segment)
  }

  #skipDamage(segment: Segment, bytes: number): void {
    this.#readOffset += bytes
    segment.damaged = true
    this.#context.onDamaged(segment.path, bytes)
  }

  #batchOf(segment: Segment, entries: readonly SegmentEntry[]): JournalBatch {
    const first = entries[0] as SegmentEntry
    const last = entries.at(-1) as SegmentEntry
    return {
      stream: segment.stream,
      partition: this.#context.partition,
      records: entries.map((entry) => entry.encoded),
      firstRecord: first.record,
      lastRecord: last.record,
      events: entries.reduce((sum, entry) => sum + entry.events, 0),
      categories: [...new Set(entries.flatMap((entry) => entry.categories))],
      appendedAt: first.appendedAt,
      end: this.#readOffset + last.end,
    }
  }
}

async function writeWhole(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const result = await handle.write(bytes, written, bytes.length - written, position + written)
    written += result.bytesWritten
  }
}
