import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { StatsError } from '@hlstats/errors'

/** One part of one server's state; `null` where the part is gone. */
export interface StateEntry {
  readonly serverId: number
  readonly key: string
  readonly value: unknown
}

export type FsyncPolicy = 'never' | 'interval' | 'always'

interface ServerStateLogOptions {
  readonly directory: string
  readonly fsync: FsyncPolicy
  /** All parts as they are now: what a compacted file holds. */
  readonly snapshot: () => Iterable<StateEntry>
  readonly compactAtBytes?: number
  /** False while the state must not be written as it is; asked again after the next append. */
  readonly mayCompact?: () => boolean
}

const COMPACT_AT_BYTES = 8 * 1024 * 1024
// A file is compacted when most of it is old: not again and again while the live state itself is large.
const GROWTH = 4
const SYNC_EVERY_MS = 1_000
const NEWLINE = 10
const CHECKSUM_LENGTH = 8

/**
 * What ingress knows of its game servers, so that a restart goes on where `kill -9` ended: an append-only file, one
 * checksummed line per changed part, the last line of a part wins.
 */
export class ServerStateLog {
  readonly #options: ServerStateLogOptions
  readonly #path: string
  #file: FileHandle
  #bytes: number
  #compactAt: number
  #torn = false
  #syncedAt = 0

  /** Opens the file and hands every stored part over, oldest first; a torn tail is cut off. */
  static async open(
    options: ServerStateLogOptions,
    restore: (entry: StateEntry) => void,
  ): Promise<ServerStateLog> {
    const directory = join(options.directory, 'state')
    const path = join(directory, 'servers.log')
    await mkdir(directory, { recursive: true })
    await rm(temporary(path), { force: true })
    const file = await open(path, 'a+')
    try {
      const { entries, goodBytes } = readEntries(await readFile(path))
      for (const entry of entries) restore(entry)
      await file.truncate(goodBytes)
      return new ServerStateLog(options, { path, file, bytes: goodBytes })
    } catch (error) {
      await file.close()
      throw error
    }
  }

  private constructor(
    options: ServerStateLogOptions,
    opened: { readonly path: string; readonly file: FileHandle; readonly bytes: number },
  ) {
    this.#options = options
    this.#path = opened.path
    this.#file = opened.file
    this.#bytes = opened.bytes
    this.#compactAt = Math.max(options.compactAtBytes ?? COMPACT_AT_BYTES, opened.bytes)
  }

  /** Resolves when the entries are written. Calls must not overlap. */
  async append(entries: readonly StateEntry[]): Promise<void> {
    if (entries.length === 0) return
    try {
      await this.#write(entries.map(encode).join(''))
      if (this.#bytes > this.#compactAt && this.#mayCompact()) await this.#compact()
    } catch (cause) {
      throw new StatsError('JOURNAL_WRITE', `${this.#path} cannot be written`, { cause })
    }
  }

  /** Writes the whole state into a new file now. */
  async compact(): Promise<void> {
    try {
      await this.#compact()
    } catch (cause) {
      throw new StatsError('JOURNAL_WRITE', `${this.#path} cannot be written`, { cause })
    }
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  // However often it is put off, the file has a bound.
  #mayCompact(): boolean {
    return this.#options.mayCompact?.() !== false || this.#bytes > this.#compactAt * GROWTH
  }

  async #write(text: string): Promise<void> {
    // Behind a failed write stands half a line, which must not swallow the next one.
    const data = this.#torn ? `\n${text}` : text
    this.#torn = true
    await this.#file.appendFile(data)
    this.#torn = false
    this.#bytes += Buffer.byteLength(data)
    const { fsync } = this.#options
    const due =
      fsync === 'always' || (fsync === 'interval' && performance.now() - this.#syncedAt >= SYNC_EVERY_MS)
    if (!due) return
    await this.#file.datasync()
    this.#syncedAt = performance.now()
  }

  /** Writes the whole state into a new file, which then takes the place of the old one. */
  async #compact(): Promise<void> {
    const { snapshot, compactAtBytes = COMPACT_AT_BYTES } = this.#options
    const text = Array.from(snapshot(), encode).join('')
    const path = temporary(this.#path)
    const file = await open(path, 'w')
    try {
      await file.appendFile(text)
      await file.datasync()
      await rename(path, this.#path)
    } catch (error) {
      await file.close()
      throw error
    }
    await file.close()
    await this.#file.close()
    this.#file = await open(this.#path, 'a')
    this.#bytes = Buffer.byteLength(text)
    this.#compactAt = Math.max(compactAtBytes, this.#bytes * GROWTH)
  }
}

function temporary(path: string): string {
  return `${path}.new`
}

function encode({ serverId, key, value }: StateEntry): string {
  const json = JSON.stringify([serverId, key, value])
  return `${checksum(json)} ${json}\n`
}

/** Every line that matches its checksum, and where the last of them ends. */
function readEntries(content: Buffer): { entries: StateEntry[]; goodBytes: number } {
  const entries: StateEntry[] = []
  let goodBytes = 0
  let start = 0
  for (let end = content.indexOf(NEWLINE); end !== -1; end = content.indexOf(NEWLINE, start)) {
    const entry = decode(content.subarray(start, end))
    start = end + 1
    if (entry === undefined) continue
    entries.push(entry)
    goodBytes = start
  }
  return { entries, goodBytes }
}

function decode(line: Buffer): StateEntry | undefined {
  const json = line.subarray(CHECKSUM_LENGTH + 1)
  if (line.toString('latin1', 0, CHECKSUM_LENGTH) !== checksum(json)) return undefined
  const [serverId, key, value] = JSON.parse(json.toString('utf8')) as [number, string, unknown]
  return { serverId, key, value }
}

function checksum(json: string | Buffer): string {
  return crc32(json).toString(16).padStart(CHECKSUM_LENGTH, '0')
}
