import { encodeRecord } from '@hlstats/events'
import { aKill, aSuicide } from '@hlstats/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  encodeEntry,
  encodeHeader,
  findEntry,
  parseEntry,
  parseHeader,
  scanSegment,
} from './journal-segment.ts'

const header = encodeHeader({ stream: 's1', partition: 2, partitions: 8, firstRecord: 1 })

function entries(count: number): Buffer[] {
  return Array.from({ length: count }, (_, i) => encodeEntry(i + 1, [aKill()], 1_000 + i))
}

describe('segment format', () => {
  it('gives a record back byte by byte, with its number, time and categories', () => {
    const events = [aKill(), aSuicide(), aKill()]
    const entry = parseEntry(encodeEntry(7, events, 1_766_000_000_123), 0)
    expect(entry).toMatchObject({ record: 7, appendedAt: 1_766_000_000_123, events: 3, categories: ['kill'] })
    expect(entry).toMatchObject({ encoded: encodeRecord(7, events) })
  })

  it('reads its header only when it is whole', () => {
    expect(parseHeader(header)).toEqual({
      header: { stream: 's1', partition: 2, partitions: 8, firstRecord: 1 },
      end: header.length,
    })
    for (let length = 0; length < header.length; length++) {
      expect(parseHeader(header.subarray(0, length))).toBeUndefined()
    }
  })

  it('cuts a torn tail after the last whole entry, wherever it was torn', () => {
    const parts = entries(3)
    const file = Buffer.concat([header, ...parts])
    const whole = header.length + (parts[0]?.length ?? 0) + (parts[1]?.length ?? 0)
    fc.assert(
      fc.property(fc.integer({ min: whole, max: file.length - 1 }), (length) => {
        const scan = scanSegment(file.subarray(0, length), header.length, 0)
        expect(scan).toMatchObject({ validBytes: whole, lastRecord: 2, unconfirmed: 2, damagedBytes: 0 })
      }),
    )
  })

  it('notices any changed byte of an entry and goes on with the next one', () => {
    const parts = entries(3)
    const [first, second] = parts.map((part) => part.length)
    const start = header.length + (first ?? 0)
    fc.assert(
      fc.property(fc.integer({ min: start, max: start + (second ?? 0) - 1 }), (position) => {
        const file = Buffer.concat([header, ...parts])
        file[position] = (file[position] ?? 0) ^ 0x40
        const scan = scanSegment(file, header.length, 0)
        expect(scan).toMatchObject({ lastRecord: 3, unconfirmed: 2, validBytes: file.length })
        expect(scan.damagedBytes).toBe(second)
      }),
    )
  })

  it('resumes behind what is confirmed', () => {
    const parts = entries(3)
    const scan = scanSegment(Buffer.concat([header, ...parts]), header.length, 2)
    expect(scan).toMatchObject({
      resumeAt: header.length + (parts[0]?.length ?? 0) + (parts[1]?.length ?? 0),
      unconfirmed: 1,
    })
  })

  it('finds no entry in bytes that only look like one', () => {
    expect(
      findEntry(Buffer.concat([Buffer.from('REC\x01 but not really, REC\x01'), Buffer.alloc(64)]), 0),
    ).toBe(-1)
  })
})
