import { mkdir, rename, rm } from 'node:fs/promises'
import { type GameEvent, newStream } from '@hlstats/events'
import { type ILogger, LogLevel, Metrics, Occurrences, silentLogger } from '@hlstats/telemetry'
import { JournalCursor } from './journal-cursor.ts'
import { type JournalLock, lockJournal } from './journal-lock.ts'
import { type FsyncPolicy, type JournalBatch, JournalPartition, type Segment } from './journal-partition.ts'
import { type LastRecords, recoverJournal } from './journal-recovery.ts'
import { streamPartition } from './journal-segment.ts'

export interface JournalOptions {
  readonly directory: string
  readonly partitions: number
  /** Bound over all files; an append beyond it throws JOURNAL_FULL. */
  readonly maxBytes?: number
  readonly fsync?: FsyncPolicy
  /**
   * Asked before confirmed records are forgotten, where whoever confirms can still lose what he took to a loss of power:
   * forces it to the disk. While it answers false, the records are kept.
   */
  readonly secure?: () => Promise<boolean>
  readonly logger?: ILogger
  readonly metrics?: Metrics
}

/** One record among all that this journal ever held. */
export interface RecordName {
  readonly stream: string
  readonly partition: number
  readonly record: number
}

const DEFAULT_MAX_BYTES = 1024 * 1024 * 1024
const MAX_SEGMENT_BYTES = 4 * 1024 * 1024
const MIN_SEGMENT_BYTES = 4 * 1024
const CURSOR_EVERY_MS = 200
// Forcing a database file to the disk costs tens of milliseconds.
const SECURE_EVERY_MS = 1_000
const FSYNC_EVERY_MS = 1000

/**
 * The write-ahead journal of one process: what was appended survives its death and is sent in order, older lives first.
 * A record is frozen when it is appended: its number and bytes never change.
 */
export class Journal {
  /** One life of this process: unique, and sorts after every earlier one in this directory. */
  readonly stream: string
  readonly maxBytes: number
  readonly #lock: JournalLock
  readonly #cursor: JournalCursor
  readonly #partitions: readonly JournalPartition[]
  /** Of earlier lives. */
  readonly #lastRecords: LastRecords
  readonly #previousStream: string
  readonly #logger: ILogger
  readonly #secure: (() => Promise<boolean>) | undefined
  readonly #listeners = new Set<(partition: number) => void>()
  /** Confirmed, and not forgotten yet. */
  #unsecured: { batches: JournalBatch[]; segments: Segment[] } = { batches: [], segments: [] }
  #settling: Promise<void> = Promise.resolve()
  #bytes = 0
  #cursorTimer: NodeJS.Timeout | undefined
  #syncTimer: NodeJS.Timeout | undefined
  #closing: Promise<void> | undefined

  /** Takes the directory over, cuts torn tails, and starts a new stream behind what older lives left. */
  static async open(options: JournalOptions): Promise<Journal> {
    await mkdir(options.directory, { recursive: true })
    const lock = await lockJournal(options.directory)
    try {
      const cursor = await JournalCursor.load(options.directory)
      const logger = options.logger ?? silentLogger()
      const found = await recoverJournal({ ...options, cursor, logger })
      const stream = newStream(found.youngestStream)
      cursor.begin(stream)
      await cursor.save()
      return new Journal({ ...options, logger }, { lock, cursor, stream, found })
    } catch (error) {
      await lock.release()
      throw error
    }
  }

  private constructor(
    options: JournalOptions & { logger: ILogger },
    parts: {
      lock: JournalLock
      cursor: JournalCursor
      stream: string
      found: Awaited<ReturnType<typeof recoverJournal>>
    },
  ) {
    this.stream = parts.stream
    this.maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES
    this.#lock = parts.lock
    this.#cursor = parts.cursor
    this.#logger = options.logger
    this.#secure = options.secure
    this.#bytes = parts.found.bytes
    this.#lastRecords = parts.found.lastRecords
    this.#previousStream = parts.found.youngestStream
    const { metrics = new Metrics(), logger } = options
    const onDamaged = new Occurrences({ logger, metrics }).define({
      counter: 'hlstats_journal_damaged_total',
      help: 'Damaged places found in journal segments; the records there are lost.',
      level: LogLevel.ERROR,
      message: 'journal segment does not match its checksum, it is kept as .corrupt',
    })
    const context = {
      directory: options.directory,
      stream: this.stream,
      partitions: options.partitions,
      segmentBytes: segmentBytes(this.maxBytes, options.partitions),
      fsync: options.fsync ?? 'never',
      reserve: (bytes: number) => this.#reserve(bytes),
      charge: (bytes: number) => {
        this.#bytes += bytes
      },
      discard: async (segment: Segment) => {
        if (this.#secure === undefined) await this.#remove(segment)
        else this.#unsecured.segments.push(segment)
      },
      onAppended: (partition: number) => {
        for (const listener of this.#listeners) listener(partition)
      },
      onDamaged: (path: string, bytes: number) => onDamaged({}, { path, bytes, code: 'JOURNAL_CORRUPT' }),
      onSyncFailed: (err: unknown) => logger.error('journal cannot be forced to disk', { err }),
    }
    this.#partitions = parts.found.partitions.map(
      (found, partition) => new JournalPartition({ ...context, partition }, found),
    )
    this.#measure(metrics)
    if (context.fsync === 'interval') this.#syncTimer = setInterval(() => void this.#sync(), FSYNC_EVERY_MS)
  }

  /** Bytes on the disk, confirmed ones that are not deleted yet included. */
  get bytes(): number {
    return this.#bytes
  }

  /** Records that the broker has not confirmed. */
  get waitingRecords(): number {
    return this.#partitions.reduce((sum, partition) => sum + partition.waitingRecords, 0)
  }

  /** Appends the events as one record; resolves with its number once it is written. JOURNAL_FULL at the bound. */
  append(partition: number, events: readonly GameEvent[]): Promise<number> {
    return this.appendAll(partition, [events])
  }

  /** Appends several records of a partition, all or none; resolves with the number of the first. */
  async appendAll(partition: number, records: readonly (readonly GameEvent[])[]): Promise<number> {
    if (this.#closing !== undefined) throw new Error('the journal is closed')
    return this.#partition(partition).append(records)
  }

  /** The name that the next record of a partition gets. */
  nextRecord(partition: number): RecordName {
    return { stream: this.stream, partition, record: this.#partition(partition).nextRecord }
  }

  /**
   * Whether an earlier life appended this record before it died. What lives before the last one had has been decided
   * by the life after them.
   */
  wasAppended({ stream, partition, record }: RecordName): boolean {
    if (stream !== this.#previousStream) return true
    return (this.#lastRecords.get(streamPartition(stream, partition)) ?? 0) >= record
  }

  /** Calls back with the partition after each write. */
  onAppend(listener: (partition: number) => void): void {
    this.#listeners.add(listener)
  }

  /** The oldest unconfirmed records of a partition; undefined when there are none. The same until confirmed. */
  peek(partition: number, maxBytes: number): Promise<JournalBatch | undefined> {
    return this.#partition(partition).peek(maxBytes)
  }

  /** Moves on behind a batch that `peek` gave. */
  async confirm(batch: JournalBatch): Promise<void> {
    if (this.#secure === undefined) this.#cursor.confirm(batch.stream, batch.partition, batch.lastRecord)
    else this.#unsecured.batches.push(batch)
    await this.#partition(batch.partition).confirm(batch)
    this.#settleSoon()
  }

  /** Finishes the appends under way and lets the directory go. What is unconfirmed stays for the next life. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    clearInterval(this.#syncTimer)
    clearTimeout(this.#cursorTimer)
    for (const partition of this.#partitions) await partition.close()
    await this.#settle()
    clearTimeout(this.#cursorTimer)
    await this.#lock.release()
  }

  #partition(partition: number): JournalPartition {
    const found = this.#partitions[partition]
    if (found === undefined)
      throw new RangeError(`partition ${partition} is not below ${this.#partitions.length}`)
    return found
  }

  #reserve(bytes: number): boolean {
    if (this.#bytes + bytes > this.maxBytes) return false
    this.#bytes += bytes
    return true
  }

  #settleSoon(): void {
    const afterMs = this.#secure === undefined ? CURSOR_EVERY_MS : SECURE_EVERY_MS
    this.#cursorTimer ??= setTimeout(() => void this.#settle(), afterMs)
  }

  #settle(): Promise<void> {
    this.#cursorTimer = undefined
    this.#settling = this.#settling.then(async () => {
      await this.#forgetSecured()
      await this.#saveCursor()
    })
    return this.#settling
  }

  async #forgetSecured(): Promise<void> {
    if (this.#secure === undefined) return
    const { batches, segments } = this.#unsecured
    this.#unsecured = { batches: [], segments: [] }
    const isSecure = await this.#secure().catch((err: unknown) => {
      this.#logger.warn('what is confirmed cannot be forced to disk', { err })
      return false
    })
    if (isSecure) {
      for (const batch of batches) this.#cursor.confirm(batch.stream, batch.partition, batch.lastRecord)
      for (const segment of segments) await this.#remove(segment)
      return
    }
    this.#unsecured.batches.unshift(...batches)
    this.#unsecured.segments.unshift(...segments)
    if (this.#closing === undefined) this.#settleSoon()
  }

  async #remove(segment: Segment): Promise<void> {
    this.#bytes -= segment.validBytes
    if (segment.damaged) await rename(segment.path, `${segment.path}.corrupt`)
    else await rm(segment.path, { force: true })
  }

  async #saveCursor(): Promise<void> {
    const kept = this.#unsecured.segments.map(({ stream }) => stream)
    const streams = new Set(this.#partitions.flatMap((partition) => partition.streams)).add(this.stream)
    for (const stream of kept) streams.add(stream)
    this.#cursor.keepOnly(streams)
    try {
      await this.#cursor.save()
    } catch (err) {
      // Not lost: the records behind an old cursor are sent again and skipped by the positions.
      this.#logger.warn('journal cursor cannot be saved', { err })
    }
  }

  async #sync(): Promise<void> {
    for (const partition of this.#partitions) {
      await partition
        .sync()
        .catch((err: unknown) => this.#logger.error('journal cannot be forced to disk', { err }))
    }
  }

  #measure(metrics: Metrics): void {
    metrics.gauge({
      name: 'hlstats_journal_bytes',
      help: 'Bytes of the journal on disk.',
      collect: (gauge) => gauge.set(this.#bytes),
    })
    metrics.gauge({
      name: 'hlstats_journal_limit_bytes',
      help: 'Bound of the journal.',
      collect: (gauge) => gauge.set(this.maxBytes),
    })
    metrics.gauge({
      name: 'hlstats_journal_waiting_records',
      help: 'Journal records that the broker has not confirmed.',
      collect: (gauge) => gauge.set(this.waitingRecords),
    })
  }
}

// Segments that are only partly confirmed must fit into the bound many times, or it would be reached by them alone.
function segmentBytes(maxBytes: number, partitions: number): number {
  return Math.max(MIN_SEGMENT_BYTES, Math.min(MAX_SEGMENT_BYTES, Math.floor(maxBytes / (4 * partitions))))
}
