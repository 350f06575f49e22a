import { createHash } from 'node:crypto'

/** Some bytes of a log, by which it is recognised when it is sent again. */
interface Mark {
  readonly at: number
  readonly length: number
  readonly digest: string
}

/** How far the log that a game server posts was taken. */
export interface LogPosition {
  /** The game server's process, as it calls itself. */
  readonly instance: string
  /** Offset of the first byte that was not taken. */
  readonly end: number
  /** The first and the last bytes that were taken. */
  readonly first: Mark
  readonly last: Mark
  /** Stamp of the latest line, in an order that compares. */
  readonly stamp: string
  /** A line whose end has not come: one byte a character. */
  readonly rest: string
}

/** A posted body. `begin` is its offset in the game server's log; undefined where the server does not say. */
export interface PostedBody {
  readonly instance: string
  readonly begin: number | undefined
  readonly bytes: Buffer
}

/** What of a body is new. */
export interface NewPart {
  readonly bytes: Buffer
  /** Offset of its first byte. */
  readonly begin: number
  /** Bytes in front that were taken before. */
  readonly repeated: number
  /** Bytes of this log between the last ones taken and these. */
  readonly missing: number
  /** It goes on with the log that the position is in. */
  readonly sameLog: boolean
}

const MARK_BYTES = 256
// No engine writes a longer line: whatever is longer without an end is none.
const LONGEST_REST = 8 * 1024
const STAMP = /^(?:L )?(\d\d)\/(\d\d)\/(\d{4}) - (\d\d:\d\d:\d\d(?:\.\d{3})?)/m
const STARTS_WITH_STAMP = /^(?:L )?\d\d\/\d\d\/\d{4} - /
const NEWLINE = 10

/**
 * Leaves out what was taken already. A game server whose post was not answered sends the same bytes again, with newer ones
 * behind them; one that is told the address again sends its whole log; a new map may begin again at offset 0.
 */
export function newPartOf(position: LogPosition | undefined, body: PostedBody): NewPart {
  const { bytes, begin = 0 } = body
  const all = { bytes, begin, repeated: 0, missing: 0, sameLog: false }
  if (position === undefined) return all
  const known = body.begin !== undefined && body.instance === position.instance
  if (known && begin >= position.end) return { ...all, missing: begin - position.end, sameLog: true }
  if (!isSameLog(position, body, known)) return all
  const repeated = Math.min(bytes.length, position.end - begin)
  return { ...all, bytes: bytes.subarray(repeated), begin: begin + repeated, repeated, sameLog: true }
}

/** The lines of a new part with their bytes, and where the log is behind them; at most so many lines at once. */
export function* takeSlices(
  position: LogPosition | undefined,
  { instance }: PostedBody,
  part: NewPart,
  mostLines: number,
): Generator<{ readonly text: Buffer; readonly position: LogPosition }> {
  let before = position
  let from = 0
  while (from < part.bytes.length) {
    const to = endOfLines(part.bytes, from, mostLines)
    const bytes = part.bytes.subarray(from, to)
    const continues = from > 0 || part.sameLog
    const { text, rest } = join(before?.rest ?? '', bytes, continues)
    const end = part.begin + to
    const stamp = latestStamp(text) ?? before?.stamp ?? ''
    const last = markOf(bytes.subarray(-MARK_BYTES), end - Math.min(MARK_BYTES, bytes.length))
    const first =
      continues && before !== undefined
        ? before.first
        : markOf(bytes.subarray(0, MARK_BYTES), part.begin + from)
    before = { instance, end, first, last, stamp, rest }
    yield { text, position: before }
    from = to
  }
}

// Where no mark is among the bytes, the time tells: nothing new is older than what was taken last.
function isSameLog(position: LogPosition, { begin = 0, bytes }: PostedBody, known: boolean): boolean {
  for (const { at, length, digest } of [position.last, position.first]) {
    const from = at - begin
    if (from >= 0 && from + length <= bytes.length)
      return digestOf(bytes.subarray(from, from + length)) === digest
  }
  const stamp = firstStamp(bytes)
  return known && stamp !== undefined && stamp < position.stamp
}

/** Whole lines, those of before in front; what has no end yet is kept for the next time. */
function join(before: string, bytes: Buffer, continues: boolean): { text: Buffer; rest: string } {
  const isTorn = continues && !STARTS_WITH_STAMP.test(bytes.toString('latin1', 0, 32))
  const head = before === '' ? '' : `${before}${isTorn ? '' : '\n'}`
  const text = head === '' ? bytes : Buffer.concat([Buffer.from(head, 'latin1'), bytes])
  const end = text.lastIndexOf(NEWLINE) + 1
  if (text.length - end > LONGEST_REST) return { text, rest: '' }
  return { text: text.subarray(0, end), rest: text.toString('latin1', end) }
}

function endOfLines(bytes: Buffer, from: number, most: number): number {
  let at = from
  for (let lines = 0; lines < most; lines++) {
    const newline = bytes.indexOf(NEWLINE, at)
    if (newline === -1) return bytes.length
    at = newline + 1
  }
  return at
}

function firstStamp(bytes: Buffer): string | undefined {
  return comparable(STAMP.exec(bytes.toString('latin1', 0, 2 * LONGEST_REST)))
}

function latestStamp(text: Buffer): string | undefined {
  const tail = text.toString('latin1', Math.max(0, text.length - LONGEST_REST))
  return comparable([...tail.matchAll(new RegExp(STAMP, 'gm'))].at(-1) ?? null)
}

function comparable(match: RegExpExecArray | RegExpMatchArray | null): string | undefined {
  return match === null ? undefined : `${match[3]}/${match[1]}/${match[2]} ${match[4]}`
}

function markOf(bytes: Buffer, at: number): Mark {
  return { at, length: bytes.length, digest: digestOf(bytes) }
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url')
}
