import { decodeMessage, encodeMessage, encodeRecord } from '@hlstats/events'
import { describe, expect, it } from 'vitest'
import { aKill, anEvent, aPlayer, aTeamkill } from './builders.ts'

describe('event builders', () => {
  it('make events that the codec gives back unchanged', () => {
    const events = [aKill({ headshot: true }), aTeamkill(), anEvent('ROUND_START', { action: 'Round_Start' })]
    const { records } = decodeMessage(encodeMessage('test', 1, [encodeRecord(1, events)]))
    expect(records[0]?.entries).toEqual(events.map((event) => ({ ok: true, event })))
  })

  it('refuse data that the codec would park', () => {
    expect(() => aKill({ killer: aPlayer(1, { uniqueId: '' }) })).toThrow(
      expect.objectContaining({ code: 'EVENT_SCHEMA' }),
    )
  })

  it('number the events of each stream and server from 1', () => {
    const numbers = [
      aKill({}, { stream: 'n', serverId: 7 }),
      aKill({}, { stream: 'n', serverId: 8 }),
      aKill({}, { stream: 'n', serverId: 7 }),
    ].map((event) => event.eventId)
    expect(numbers).toEqual(['n.7.1', 'n.8.1', 'n.7.2'])
  })
})
