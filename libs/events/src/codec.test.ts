import { describe, expect, it } from 'vitest'
import { decodeMessage, encodeMessage, encodeRecord } from './codec.ts'
import type { GameEvent } from './game-event.ts'

const kill = (sequence: number): GameEvent => ({
  eventId: `s1.7.${sequence}`,
  eventType: 'PLAYER_KILL',
  category: 'kill',
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
  data: {
    killer: { uniqueId: '0:1', rawId: 'STEAM_0:0:1', uid: 1, name: 'Al', team: 'CT', role: '', bot: false },
    victim: {
      uniqueId: '0:2',
      rawId: 'STEAM_0:0:2',
      uid: 2,
      name: 'Bo',
      team: 'TERRORIST',
      role: '',
      bot: false,
    },
    weapon: 'ak47',
    headshot: true,
  },
})

describe('message codec', () => {
  it('gives the same events back, whatever way the records are grouped into messages', () => {
    const records = [encodeRecord(1, [kill(1), kill(2)]), encodeRecord(2, [kill(3)])]
    const together = decodeMessage(encodeMessage('s1', 7, records))
    const apart = records.map((r) => decodeMessage(encodeMessage('s1', 7, [r]))).flatMap((m) => m.records)
    expect(apart).toEqual(together.records)
    expect(together.records[0]?.entries).toEqual([
      { ok: true, event: kill(1) },
      { ok: true, event: kill(2) },
    ])
  })

  it('reports one event that does not fit its schema and keeps its neighbours', () => {
    const broken: GameEvent = Object.assign(kill(2), { data: { weapon: 5 } as never })
    const { records } = decodeMessage(encodeMessage('s1', 7, [encodeRecord(1, [kill(1), broken, kill(3)])]))
    expect(records[0]?.entries.map((entry) => entry.ok)).toEqual([true, false, true])
    expect(records[0]?.entries[1]).toMatchObject({ eventId: 's1.7.2', error: { code: 'EVENT_SCHEMA' } })
  })

  it('accepts an unknown minor version with new fields and parks an unknown major one', () => {
    const newer: GameEvent = Object.assign(kill(1), { version: '1.7', newField: 1 })
    const foreign = { ...kill(2), version: '2.0' } as GameEvent
    const { records } = decodeMessage(encodeMessage('s1', 7, [encodeRecord(1, [newer, foreign])]))
    expect(records[0]?.entries).toMatchObject([{ ok: true }, { ok: false, error: { code: 'EVENT_VERSION' } }])
  })

  it.each([
    { ...kill(1), eventType: 'PLAYER_TELEPORT', category: 'kill' },
    { ...kill(1), counted: 'tournament' },
    { ...kill(1), data: { ...kill(1).data, weapon: { name: 'ak47' } } },
  ])(
    'says of what only a newer minor version knows that it is newer, and of the same in ours that it is wrong',
    (event) => {
      const decoded = (version: string) => {
        const record = encodeRecord(1, [{ ...event, version } as GameEvent])
        return decodeMessage(encodeMessage('s1', 7, [record])).records[0]?.entries[0]
      }
      expect(decoded('1.7')).toMatchObject({
        error: {
          code: 'EVENT_VERSION',
          message: expect.stringMatching(/version 1\.7, this build speaks 1\.0$/),
        },
      })
      expect(decoded('1.0')).toMatchObject({ error: { code: 'EVENT_SCHEMA' } })
    },
  )

  it.each(['2.0', '0.9', '10.0'])(
    'refuses a message of version %s whole, whatever it looks like',
    (version) => {
      for (const rest of [{ stream: 's', partition: 1, records: [] }, { batches: 'of another shape' }])
        expect(() => decodeMessage(Buffer.from(JSON.stringify({ version, ...rest })))).toThrow(
          expect.objectContaining({
            code: 'EVENT_VERSION',
            message: `message version ${version} is unknown, this build speaks 1.0`,
          }),
        )
    },
  )

  it.each(['', '{', '[]', '{"version":"1.0"}', '{"version":"1.0","stream":"s","partition":-1,"records":[]}'])(
    'refuses bytes that are no message: %s',
    (bytes) => {
      expect(() => decodeMessage(Buffer.from(bytes))).toThrow(
        expect.objectContaining({ code: 'EVENT_DECODE' }),
      )
    },
  )
})
