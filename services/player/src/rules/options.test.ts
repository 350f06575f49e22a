import { describe, expect, it } from 'vitest'
import { globalOptions, serverOptions } from './options.ts'

const values = (rows: Record<string, string>) => new Map(Object.entries(rows))

describe('global options', () => {
  it('are the built-in values where the table has none', () => {
    expect(globalOptions(new Map())).toEqual({
      options: {
        skill: { minChange: 2, maxChange: 100, ratioCap: 0, minKills: 50 },
        logChat: false,
        logChatOfAdmins: false,
        recordRcon: true,
        ignoreOwnRcon: false,
        globalBanning: false,
        timeZone: 'UTC',
      },
      problems: [],
    })
  })

  it('are what an operator wrote', () => {
    const rows = {
      SkillMinChange: '5',
      SkillMaxChange: '25',
      SkillRatioCap: '1',
      PlayerMinKills: '0',
      LogChat: '1',
      LogChatAdmins: '1',
      RconRecord: '0',
      RconIgnoreSelf: '1',
      GlobalBanning: '1',
      TimeZone: 'Europe/Berlin',
    }
    expect(globalOptions(values(rows)).options).toEqual({
      skill: { minChange: 5, maxChange: 25, ratioCap: 1, minKills: 0 },
      logChat: true,
      logChatOfAdmins: true,
      recordRcon: false,
      ignoreOwnRcon: true,
      globalBanning: true,
      timeZone: 'Europe/Berlin',
    })
  })

  it('names the value that is no number and what is used instead', () => {
    const { options, problems } = globalOptions(values({ SkillMaxChange: 'lots' }))
    expect(options.skill.maxChange).toBe(100)
    expect(problems).toEqual(['global option SkillMaxChange is "lots", not a number: 100 is used'])
    const inNoZone = globalOptions(values({ TimeZone: 'Mars/Olympus' }))
    expect(inNoZone.options.timeZone).toBe('UTC')
    expect(inNoZone.problems).toEqual(['global option TimeZone is "Mars/Olympus", no time zone: UTC is used'])
  })
})

describe('options of a server', () => {
  it('are the built-in values where the table has none', () => {
    expect(serverOptions(new Map(), 'server 7').options).toEqual({
      skillMode: 0,
      suicidePenalty: 0,
      teamkillPenalty: 0,
      ignoreBots: true,
      minPlayers: 6,
      bonusRoundIgnore: false,
      address: '',
      admins: new Set(),
    })
  })

  it('take the ids of admins without their universe', () => {
    const { options } = serverOptions(values({ Admins: 'STEAM_0:1:8, 0:1:9 ,,STEAM_1:0:7' }), 'server 7')
    expect([...options.admins]).toEqual(['1:8', '0:1:9', '0:7'])
  })

  it.each([
    [
      { SkillMode: '9' },
      'server 7 option SkillMode is 9, not 0 to 5: the victim loses all that the killer wins',
    ],
    [{ TKPenalty: '-5' }, 'server 7 option TKPenalty is -5, below 0: 0 is used'],
    [{ IgnoreBots: 'yes' }, 'server 7 option IgnoreBots is "yes", not a number: 1 is used'],
  ] as const)('warn about %o', (rows, problem) => {
    expect(serverOptions(values({ ...rows }), 'server 7').problems).toEqual([problem])
  })
})
