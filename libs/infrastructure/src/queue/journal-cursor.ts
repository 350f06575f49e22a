import { existsSync } from 'node:fs'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { StatsError } from '@hlstats/errors'
import { streamPartition } from './journal-segment.ts'

interface CursorContent {
  readonly lastStream: string
  readonly confirmed: Readonly<Record<string, Readonly<Record<string, number>>>>
}

const FILE = 'cursor.json'

/** Whether a journal was ever opened here. */
export function hasCursor(directory: string): boolean {
  return existsSync(join(directory, FILE))
}

/**
 * What the broker has confirmed, per stream and partition. The file may lag behind: the records in between are sent
 * again, and the positions of the consumers skip them.
 */
export class JournalCursor {
  readonly #path: string
  readonly #confirmed = new Map<string, Map<number, number>>()
  #lastStream: string
  #dirty = false
  #saving: Promise<void> = Promise.resolve()

  private constructor(path: string, content: CursorContent) {
    this.#path = path
    this.#lastStream = content.lastStream
    for (const [stream, partitions] of Object.entries(content.confirmed)) {
      const numbers = Object.entries(partitions).map(([k, record]) => [Number(k), record] as const)
      this.#confirmed.set(stream, new Map(numbers))
    }
  }

  static async load(directory: string): Promise<JournalCursor> {
    const path = join(directory, FILE)
    const empty: CursorContent = { lastStream: '', confirmed: {} }
    const text = await readFile(path, 'utf8').catch(() => undefined)
    if (text === undefined) return new JournalCursor(path, empty)
    try {
      return new JournalCursor(path, JSON.parse(text) as CursorContent)
    } catch {
      // Everything in the segments is sent again; a rename is atomic, so this is a damaged disk.
      return new JournalCursor(path, empty)
    }
  }

  /** The youngest stream that ever began here: a new one sorts after it even when the clock went back. */
  get lastStream(): string {
    return this.#lastStream
  }

  begin(stream: string): void {
    this.#lastStream = stream
    this.#dirty = true
  }

  confirmed(stream: string, partition: number): number {
    return this.#confirmed.get(stream)?.get(partition) ?? 0
  }

  /** Everything confirmed: stream and partition → record. */
  *all(): Generator<[key: string, record: number]> {
    for (const [stream, partitions] of this.#confirmed) {
      for (const [partition, record] of partitions) yield [streamPartition(stream, partition), record]
    }
  }

  confirm(stream: string, partition: number, record: number): void {
    const partitions = this.#confirmed.get(stream) ?? new Map<number, number>()
    this.#confirmed.set(stream, partitions.set(partition, record))
    this.#dirty = true
  }

  /** Forgets streams whose segments are gone. */
  keepOnly(streams: ReadonlySet<string>): void {
    for (const stream of this.#confirmed.keys()) if (!streams.has(stream)) this.#confirmed.delete(stream)
  }

  /** Writes the file when something changed; calls run one after the other. */
  save(): Promise<void> {
    // A failed save was reported to its own caller; the next one tries again.
    this.#saving = this.#saving.catch(() => undefined).then(() => this.#write())
    return this.#saving
  }

  async #write(): Promise<void> {
    if (!this.#dirty) return
    this.#dirty = false
    const confirmed = Object.fromEntries(
      [...this.#confirmed].map(([stream, partitions]) => [stream, Object.fromEntries(partitions)]),
    )
    const text = JSON.stringify({ lastStream: this.#lastStream, confirmed } satisfies CursorContent)
    const next = `${this.#path}.next`
    try {
      const file = await open(next, 'w')
      await file.writeFile(text)
      await file.close()
      await rename(next, this.#path)
    } catch (cause) {
      this.#dirty = true
      throw new StatsError('JOURNAL_WRITE', `cannot write ${this.#path}`, { cause })
    }
  }
}
