import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LogPosition, newPartOf, type PostedBody, takeSlices } from './log-position.ts'

const INSTANCE = '0816dd577479d82a'

/** A line of a log; `at` is its moment in milliseconds, and makes it unlike every other one. */
const line = (at: number, text = `World triggered "Event_${at}"`) => {
  const iso = new Date(Date.UTC(2026, 0, 2, 10) + at).toISOString()
  return `01/02/2026 - ${iso.slice(11, 23)} - ${text}\n`
}
const logOf = (from: number, lines: number) =>
  Buffer.from(Array.from({ length: lines }, (_, index) => line(from + index * 7)).join(''))
const body = (log: Buffer, begin: number, end: number, changes: Partial<PostedBody> = {}): PostedBody => ({
  instance: INSTANCE,
  begin,
  bytes: log.subarray(begin, end),
  ...changes,
})

interface Turn {
  readonly lines: number
  readonly answered: boolean
  /** Its configuration names the address once more: the whole log goes there again. */
  readonly toldAgain: boolean
  readonly newMap: boolean
}

/** A game server: what is not answered it posts again, with what came meanwhile. */
class PostingServer {
  /** Everything that a body ever held, once. */
  posted = ''
  readonly #offsets: boolean
  #maps = 0
  #log = ''
  #answered = 0
  #shown = 0

  constructor(offsets: boolean) {
    this.#offsets = offsets
  }

  post({ lines, answered, toldAgain, newMap }: Turn): PostedBody {
    if (newMap && this.#shown === this.#answered) this.#startMap()
    if (toldAgain && this.#offsets) this.#answered = 0
    const from = this.#maps * 1_000_000 + this.#log.length
    this.#log += logOf(from, lines).toString()
    const given = body(Buffer.from(this.#log), this.#answered, this.#log.length)
    this.posted += this.#log.slice(this.#shown)
    this.#shown = this.#log.length
    if (answered) this.#answered = this.#shown
    return this.#offsets ? given : { ...given, begin: undefined }
  }

  #startMap(): void {
    this.#maps += 1
    this.#log = ''
    this.#answered = 0
    this.#shown = 0
  }
}

/** A reader: gives the text that is new in each body. */
function aReader(mostLines = 500) {
  let position: LogPosition | undefined
  return {
    read(posted: PostedBody): string {
      const part = newPartOf(position, posted)
      let text = ''
      for (const slice of takeSlices(position, posted, part, mostLines)) {
        // As it is stored, and read again by the next life.
        position = JSON.parse(JSON.stringify(slice.position))
        text += slice.text.toString()
      }
      return text
    },
    partOf: (posted: PostedBody) => newPartOf(position, posted),
  }
}

describe('a posted log', () => {
  const log = logOf(0, 40)
  const cut = log.indexOf(10, 600) + 1

  it('is taken on where it was left', () => {
    const reader = aReader()
    expect(reader.read(body(log, 0, cut))).toBe(log.toString('utf8', 0, cut))
    expect(reader.read(body(log, cut, log.length))).toBe(log.toString('utf8', cut))
  })

  it('gives nothing when a body comes once more, and what is new when it comes with more behind it', () => {
    const reader = aReader()
    reader.read(body(log, 0, cut))
    expect(reader.read(body(log, 0, cut))).toBe('')
    expect(reader.read(body(log, 0, log.length))).toBe(log.toString('utf8', cut))
  })

  it('is recognised by its content where a server gives no offsets', () => {
    const reader = aReader()
    const without = (begin: number, end: number) => body(log, begin, end, { begin: undefined })
    expect(reader.read(without(0, cut))).toBe(log.toString('utf8', 0, cut))
    expect(reader.read(without(0, log.length))).toBe(log.toString('utf8', cut))
    const next = logOf(1_000, 3)
    expect(reader.read(body(next, 0, next.length, { begin: undefined }))).toBe(next.toString())
  })

  it('is left out when the server sends all of it again, in whatever pieces', () => {
    const reader = aReader()
    reader.read(body(log, 0, log.length))
    for (let begin = 0; begin < log.length; begin = log.indexOf(10, begin + 300) + 1 || log.length) {
      const end = log.indexOf(10, begin + 300) + 1 || log.length
      expect(reader.read(body(log, begin, end))).toBe('')
    }
  })

  it('begins anew at offset 0 with the next map, and with the next process', () => {
    const next = logOf(5_000, 20)
    const reader = aReader()
    reader.read(body(log, 0, log.length))
    expect(reader.read(body(next, 0, 400))).toBe(next.toString('utf8', 0, next.lastIndexOf(10, 399) + 1))
    const other = aReader()
    other.read(body(log, 0, log.length))
    expect(other.read(body(next, 0, next.length, { instance: 'another' }))).toBe(next.toString())
  })

  it('says how many bytes its server left out', () => {
    const reader = aReader()
    reader.read(body(log, 0, cut))
    const later = log.indexOf(10, cut + 200) + 1
    expect(reader.partOf(body(log, later, log.length))).toMatchObject({ missing: later - cut, repeated: 0 })
  })

  it('waits for the end of a line that is torn between two bodies', () => {
    const reader = aReader()
    expect(reader.read(body(log, 0, cut + 20))).toBe(log.toString('utf8', 0, cut))
    expect(reader.read(body(log, 0, cut + 20))).toBe('')
    expect(reader.read(body(log, cut + 20, log.length))).toBe(log.toString('utf8', cut))
  })

  it('ends a line that never got its end where another one begins', () => {
    const reader = aReader()
    expect(reader.read(body(log, 0, cut - 1))).toBe(log.toString('utf8', 0, log.lastIndexOf(10, cut - 2) + 1))
    const rest = Buffer.concat([log.subarray(0, cut - 1), log.subarray(cut)])
    expect(reader.read(body(rest, cut - 1, rest.length))).toContain(log.toString('utf8', cut - 30, cut))
  })

  it('gives each line once, however it is cut, repeated, restarted and resent', () => {
    const rarely = fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0)
    const step = fc.record({
      lines: fc.integer({ min: 1, max: 25 }),
      answered: fc.boolean(),
      toldAgain: rarely,
      newMap: rarely,
    })
    const steps = fc.array(step, { maxLength: 40 })
    fc.assert(
      fc.property(steps, fc.boolean(), fc.integer({ min: 1, max: 9 }), (turns, offsets, most) => {
        const reader = aReader(most)
        const server = new PostingServer(offsets)
        let taken = ''
        for (const turn of turns) taken += reader.read(server.post(turn))
        expect(taken).toBe(server.posted)
      }),
      { numRuns: 500 },
    )
  })

  it('takes bytes that are no log without an error', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            begin: fc.option(fc.nat(5_000), { nil: undefined }),
            bytes: fc.uint8Array({ maxLength: 600 }),
          }),
        ),
        (bodies) => {
          const reader = aReader(3)
          for (const { begin, bytes } of bodies) {
            reader.read({ instance: INSTANCE, begin, bytes: Buffer.from(bytes) })
          }
        },
      ),
    )
  })
})
