import { describe, expect, it } from 'vitest'
import { normaliseId } from './normalise-id.ts'

const steam = {
  kind: 'steam',
  uniqueId: '1:111',
  steam2: 'STEAM_0:1:111',
  steam3: '[U:1:223]',
  steamId64: '76561197960265951',
}

describe('an id', () => {
  it.each(['STEAM_0:1:111', 'STEAM_1:1:111', '[U:1:223]', '76561197960265951'])(
    'of Steam is the same player in every notation: %s',
    (rawId) => {
      expect(normaliseId(rawId)).toEqual(steam)
    },
  )

  it('of Steam reaches to the last account', () => {
    expect(normaliseId('[U:1:4294967295]')).toMatchObject({
      uniqueId: '1:2147483647',
      steamId64: '76561202255233023',
    })
  })

  it.each([
    ['BOT', 'bot'],
    ['0', 'bot'],
    ['00000000:12:0', 'bot'],
    ['Console', 'console'],
    ['HLTV', 'tv'],
    ['STEAM_ID_PENDING', 'pending'],
    ['STEAM_ID_LAN', 'pending'],
    ['VALVE_ID_PENDING', 'pending'],
    ['VALVE_ID_LAN', 'pending'],
    ['UNKNOWN', 'pending'],
    ['', 'none'],
    ['VALVE_0:4:1234', 'other'],
    ['4294967295', 'other'],
    ['steam_0:1:8', 'other'],
    ['[M:1:55]', 'other'],
    ['<none>', 'none'],
    ['@=s\u05ac\u0002', 'none'],
    ['[U:1:99999999999]', 'other'],
    ['76561197960265727', 'other'],
  ])('that is no account is kept as logged: %s is %s', (rawId, kind) => {
    expect(normaliseId(rawId)).toEqual({
      kind,
      uniqueId: rawId,
      steam2: undefined,
      steam3: undefined,
      steamId64: undefined,
    })
  })

  it.each([
    ['STEAM_0:4:1234', '4:1234'],
    ['STEAM_0:0:99999999999', '0:99999999999'],
    ['STEAM_0:0:0000000000', '0:0000000000'],
  ])('with the prefix of Steam loses it for HLstatsX: %s', (rawId, uniqueId) => {
    expect(normaliseId(rawId)).toMatchObject({ uniqueId })
  })
})
