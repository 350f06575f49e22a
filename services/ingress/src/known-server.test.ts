import { describe, expect, it } from 'vitest'
import { botIds, knownServers } from './known-server.ts'
import type { ServerCatalogue } from './server.repository.ts'

const catalogue = (changes: Partial<ServerCatalogue> = {}): ServerCatalogue => ({
  servers: [{ serverId: 7, address: '10.0.0.1', port: 27_015, game: 'l4d2', maxPlayers: 8 }],
  serverOptions: [],
  serverKeys: [],
  networks: [],
  options: new Map(),
  families: new Map([['l4d2', 'l4d']]),
  actions: [],
  ...changes,
})
const only = (given: ServerCatalogue) => knownServers(given).get('10.0.0.1:27015')

describe('a known server', () => {
  it('has the fallbacks of HLstatsX:CE where it has no options of its own', () => {
    expect(only(catalogue())).toMatchObject({
      timeZone: 'UTC',
      maxPlayers: 8,
      settings: {
        serverId: 7,
        family: 'l4d',
        mode: 'Normal',
        minPlayers: 6,
        ignoreBots: true,
        bonusRoundIgnore: false,
        bonusRoundSeconds: 0,
        deathmatch: false,
      },
    })
  })

  it('has its own options, whatever the case of their names', () => {
    const own = {
      minplayers: '4',
      IgnoreBots: '0',
      BonusRoundIgnore: '1',
      BonusRoundTime: '20',
      GameType: '1',
      TIMEZONE: 'Asia/Kolkata',
    }
    const serverOptions = Object.entries(own).map(([parameter, value]) => ({ serverId: 7, parameter, value }))
    const known = only(catalogue({ serverOptions, options: new Map([['Mode', 'LAN']]) }))
    expect(known).toMatchObject({
      timeZone: 'Asia/Kolkata',
      settings: {
        mode: 'LAN',
        minPlayers: 4,
        ignoreBots: false,
        bonusRoundIgnore: true,
        bonusRoundSeconds: 20,
        deathmatch: true,
      },
    })
  })

  it('knows the actions of its own game only', () => {
    const row = { rewardTeam: 2, team: '', forPlayer: '1', forPlayerPlayer: '0', forTeam: '0', forWorld: '0' }
    const actions = [
      { ...row, game: 'l4d2', code: 'killed_tank' },
      { ...row, game: 'tf', code: 'headshot' },
    ]
    const rules = only(catalogue({ actions }))?.settings.actions
    expect([...(rules ?? [])]).toEqual([
      [
        'killed_tank',
        { rewardTeam: 2, team: '', forPlayer: true, forPlayerPlayer: false, forTeam: false, forWorld: false },
      ],
    ])
  })

  it('names its bots by the digest of name and address, as years of history do', () => {
    // md5 of `Crash127.0.0.1:27015`: the id that the daemon gave this bot in a golden log.
    expect(botIds('127.0.0.1:27015')('Crash')).toBe('BOT:0b3a246a28f5d6814c2c3c262a07c545')
    expect(botIds('127.0.0.1:27016')('Crash')).not.toBe(botIds('127.0.0.1:27015')('Crash'))
  })
})
