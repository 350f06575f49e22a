import { describe, expect, it } from 'vitest'
import { serverOptions, trackingMode } from './server-options.ts'

const read = (values: Record<string, string>) =>
  serverOptions(new Map(Object.entries(values)), 'server 7', 'UTC')

describe('the options of a server', () => {
  it.each([
    [{ minplayers: 'many' }, 'server 7 option MinPlayers is "many", not a number of 0 or more: 6 is used'],
    [
      { bonusroundtime: '-5' },
      'server 7 option BonusRoundTime is "-5", not a number of 0 or more: 0 is used',
    ],
    [{ gametype: '3' }, 'server 7 option GameType is 3, not 0 or 1: 0 is used'],
    [{ timezone: 'Mars' }, 'server 7 option TimeZone is "Mars", no time zone: UTC is used'],
  ])('that cannot be used are named with what holds instead: %o', (values, problem) => {
    const { settings, timeZone, problems } = read(values)
    expect(problems).toEqual([problem])
    expect(settings).toMatchObject({ minPlayers: 6, bonusRoundSeconds: 0, deathmatch: false })
    expect(timeZone).toBe('UTC')
  })

  it("are those of HLstatsX:CE, and the operator's time zone, where they are empty", () => {
    const empty = serverOptions(new Map([['timezone', '']]), 'server 7', 'Europe/Berlin')
    expect(empty).toMatchObject({ settings: { minPlayers: 6, ignoreBots: true }, timeZone: 'Europe/Berlin' })
    expect(empty.problems).toEqual([])
  })
})

describe('the tracking mode', () => {
  it('is Normal where it is none of the three, and that is said', () => {
    expect(trackingMode(undefined)).toEqual({ mode: 'Normal', problems: [] })
    expect(trackingMode('LAN')).toEqual({ mode: 'LAN', problems: [] })
    expect(trackingMode('lan')).toEqual({
      mode: 'Normal',
      problems: ['global option Mode is "lan", not Normal, NameTrack, LAN: Normal is used'],
    })
  })
})
