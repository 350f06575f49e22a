import { encodeMessage, encodeRecord } from '@hlstats/events'
import { aKill } from '@hlstats/testkit'
import { describe, expect, it } from 'vitest'
import { bodyOf, decodeDelivery, encodeReplay } from './inbound-message.ts'

describe('decodeDelivery', () => {
  it('gives every record its place', () => {
    const body = encodeMessage('s1', 2, [encodeRecord(5, [aKill()]), encodeRecord(6, [aKill()])])
    expect(decodeDelivery({ body, partition: 2 })).toMatchObject({
      kind: 'records',
      records: [
        { stream: 's1', partition: 2, record: 5 },
        { stream: 's1', partition: 2, record: 6 },
      ],
    })
  })

  it('knows the request to take a parked event again', () => {
    expect(decodeDelivery({ body: encodeReplay(17), partition: 2 })).toEqual({ kind: 'replay', parkedId: 17 })
  })

  it.each([
    ['text', Buffer.from('no message')],
    ['a replay of nothing', Buffer.from('{"replay":-1}')],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00])],
  ])('keeps %s as it was, under an id of its content', (_, body) => {
    const first = decodeDelivery({ body, partition: 2 })
    expect(first).toMatchObject({ kind: 'undecodable', error: { code: 'EVENT_DECODE' } })
    expect(first).toMatchObject({ eventId: expect.stringMatching(/^undecodable\.[0-9a-f]{32}$/) })
    if (first.kind === 'undecodable') expect(bodyOf(first.payload)).toEqual(body)
  })

  it('refuses the message of another partition: its records would be skipped or doubled', () => {
    const body = encodeMessage('s1', 2, [encodeRecord(1, [aKill()])])
    expect(decodeDelivery({ body, partition: 3 })).toMatchObject({ kind: 'undecodable' })
  })
})
