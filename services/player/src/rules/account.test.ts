import { describe, expect, it } from 'vitest'
import { Account, type StoredPlayer } from './account.ts'
import { momentOf } from './wall-clock.ts'

const stored = (values: Partial<StoredPlayer> = {}): StoredPlayer => ({
  playerId: 7,
  game: 'css',
  skill: 1000,
  kills: 49,
  lastEvent: 0,
  createdAt: 2_000_000_000,
  lastSkillChange: 0,
  hideRanking: 0,
  clan: 3,
  lastName: 'Al',
  ...values,
})

const MORNING = momentOf('2026-01-01T10:00:00.000Z')
const NEXT_DAY = momentOf('2026-01-02T00:00:01.000Z')

describe('a player during a batch', () => {
  it('counts on from what is stored, per day and per name', () => {
    const account = new Account(stored())
    account.touch(MORNING, 'human')
    account.add({ kills: 1, headshots: 1 }, MORNING, 'Al')
    account.add({ kills: 1 }, NEXT_DAY, 'Al')
    account.add({ connectionTime: 60 }, MORNING, 'Bo')
    expect(account.kills).toBe(51)
    expect(account.counters).toMatchObject({ kills: 2, headshots: 1, connectionTime: 60, deaths: 0 })
    expect(account.days.get('2026-01-01')?.counters).toMatchObject({ kills: 1, connectionTime: 60 })
    expect(account.days.get('2026-01-02')?.counters).toMatchObject({ kills: 1 })
    expect(account.names.get('Al')).toMatchObject({
      uses: 0,
      lastUse: '2026-01-02 00:00:01',
      counters: { kills: 2 },
    })
    expect(account.names.get('Bo')).toMatchObject({ lastUse: '2026-01-01 10:00:00' })
  })

  it('was here from his first event on, whoever made him at a later one', () => {
    const account = new Account(stored())
    account.touch(NEXT_DAY, 'human')
    account.touch(MORNING, 'human')
    expect(account.createdAt).toBe(MORNING.seconds)
    account.touch(NEXT_DAY, 'human')
    expect(account.createdAt).toBe(MORNING.seconds)
  })

  it('keeps the latest use of a name, in whatever order its events come', () => {
    const account = new Account(stored())
    account.useName('Bo', NEXT_DAY)
    account.useName('Bo', MORNING)
    expect(account.names.get('Bo')).toMatchObject({ uses: 2, lastUse: '2026-01-02 00:00:01' })
    expect(account.lastName).toBe('Bo')
  })

  it('stops at zero points, and says what a change came to', () => {
    const account = new Account(stored({ skill: 3 }))
    account.touch(MORNING, 'human')
    expect(account.changeSkill(-25, MORNING)).toBe(-3)
    expect(account.changeSkill(5, MORNING)).toBe(5)
    expect(account.setSkill(9, MORNING)).toBe(4)
    expect(account).toMatchObject({ skill: 9, lastSkillChange: 6 })
    expect(account.days.get('2026-01-01')).toMatchObject({ skill: 9, skillChange: 6 })
  })

  it('begins the change of the day again with the first event of a later day', () => {
    const account = new Account(stored({ lastEvent: MORNING.seconds, lastSkillChange: 40 }))
    account.touch(MORNING, 'human')
    expect(account.lastSkillChange).toBe(40)
    account.touch(NEXT_DAY, 'human')
    account.changeSkill(2, NEXT_DAY)
    expect(account).toMatchObject({ lastSkillChange: 2, lastEvent: NEXT_DAY.seconds })
  })

  it('keeps the best streaks, of the day as well', () => {
    const account = new Account(stored())
    account.touch(MORNING, 'human')
    for (const kills of [2, 5, 3]) account.endKillStreak(kills, MORNING)
    for (const deaths of [1, 2]) account.deathsInRow(deaths, MORNING)
    expect(account).toMatchObject({ killStreak: 5, deathStreak: 2 })
    expect(account.days.get('2026-01-01')).toMatchObject({ killStreak: 5, deathStreak: 2 })
  })

  it('has neither points nor clan nor history as a bot that is ignored', () => {
    const account = new Account(stored())
    account.touch(MORNING, 'ignored')
    account.add({ connectionTime: 9 }, MORNING, 'Al')
    account.endKillStreak(2, MORNING)
    account.deathsInRow(2, MORNING)
    expect(account.changeSkill(50, MORNING)).toBe(0)
    expect(account).toMatchObject({ skill: 0, clan: 0, hideRanking: 1, ignored: true })
    expect(account.days.size).toBe(0)
  })

  it.each([
    ['human', 0, 0],
    ['human', 1, 1],
    ['human', 2, 2],
    ['human', 3, 0],
    ['bot', 1, 0],
    ['puppet', 0, 1],
    ['ignored', 0, 1],
    ['ignored', 2, 2],
  ] as const)('as %s with hideranking %i is shown as %i', (standing, before, after) => {
    const account = new Account(stored({ hideRanking: before }))
    account.touch(MORNING, standing)
    expect(account.hideRanking).toBe(after)
  })

  it('is banned for good', () => {
    const account = new Account(stored())
    account.ban()
    account.touch(MORNING, 'human')
    expect(account.hideRanking).toBe(2)
  })
})
