import { type FileHandle, open } from 'node:fs/promises'
import { findEntry, parseEntry, type SegmentEntry } from './journal-segment.ts'

// One pread takes a whole message and the entry that may stick out of it.
const READ_AHEAD_BYTES = 4096

/** Reads entries of one segment at a time, through one open file. */
export class SegmentReader {
  #open: { readonly handle: FileHandle; readonly path: string } | undefined

  /** Whole entries from the offset, up to `maxBytes` but at least one, and how many damaged bytes lay before them. */
  async read(
    segment: { readonly path: string; readonly validBytes: number },
    offset: number,
    maxBytes: number,
  ): Promise<{ entries: SegmentEntry[]; damagedBytes: number }> {
    const left = segment.validBytes - offset
    const near = await this.#bytes(segment.path, offset, Math.min(left, maxBytes + READ_AHEAD_BYTES))
    const entries = takeEntries(near, maxBytes)
    if (entries.length > 0) return { entries, damagedBytes: 0 }
    // One record larger than the read-ahead, or damage: look at all that is left of the segment.
    const rest = await this.#bytes(segment.path, offset, left)
    const start = typeof parseEntry(rest, 0) === 'string' ? findEntry(rest, 1) : 0
    if (start === -1) return { entries: [], damagedBytes: left }
    return { entries: takeEntries(rest.subarray(start), maxBytes), damagedBytes: start }
  }

  async close(): Promise<void> {
    const current = this.#open
    this.#open = undefined
    await current?.handle.close()
  }

  async #bytes(path: string, offset: number, length: number): Promise<Buffer> {
    if (this.#open?.path !== path) {
      await this.close()
      this.#open = { handle: await open(path, 'r'), path }
    }
    const buffer = Buffer.allocUnsafe(length)
    const { bytesRead } = await this.#open.handle.read(buffer, 0, length, offset)
    return buffer.subarray(0, bytesRead)
  }
}

function takeEntries(buffer: Buffer, maxBytes: number): SegmentEntry[] {
  const entries: SegmentEntry[] = []
  let offset = 0
  while (offset < buffer.length) {
    const entry = parseEntry(buffer, offset)
    if (typeof entry === 'string') break
    if (entries.length > 0 && entry.end > maxBytes) break
    entries.push(entry)
    offset = entry.end
  }
  return entries
}
