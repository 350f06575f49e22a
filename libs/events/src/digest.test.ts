import { describe, expect, it } from 'vitest'
import { decodeMessage, encodeMessage, encodeRecord } from './codec.ts'
import { eventDigest, rangeDigest } from './digest.ts'
import type { GameEvent } from './game-event.ts'

const worldAction = (sequence: number, properties: Record<string, string> = {}): GameEvent => ({
  eventId: `s1.7.${sequence}`,
  eventType: 'ACTION_WORLD',
  category: 'action',
  version: '1.0',
  timestamp: '2026-11-22T08:00:00.000Z',
  receivedAt: '2026-11-22T08:00:00.012Z',
  serverId: 7,
  game: 'cstrike',
  stream: 's1',
  sequence,
  map: 'de_dust2',
  playerCount: 2,
  counted: true,
  data: { action: 'Game_Commencing', properties },
})

describe('event digests', () => {
  it('survive the way over the wire, whatever keys and characters an event has', () => {
    const event = worldAction(1, { zeta: 'ü"\\\u2028', 10: 'ten', 2: 'two' })
    const [record] = decodeMessage(encodeMessage('s1', 7, [encodeRecord(1, [event])])).records
    const entry = record?.entries[0]
    expect(entry?.ok === true && eventDigest(entry.event)).toBe(eventDigest(event))
  })

  it('differ when a field outside the data differs', () => {
    expect(eventDigest({ ...worldAction(1), map: 'de_nuke' })).not.toBe(eventDigest(worldAction(1)))
  })

  it('of a range depend on the order and on the number of its events', () => {
    const [first, second] = [eventDigest(worldAction(1)), eventDigest(worldAction(2))]
    expect(rangeDigest([first, second])).not.toBe(rangeDigest([second, first]))
    expect(rangeDigest([first, second])).not.toBe(rangeDigest([first]))
  })
})
