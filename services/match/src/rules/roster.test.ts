import { describe, expect, it } from 'vitest'
import { type Member, Roster } from './roster.ts'

const member = (playerId: number, values: Partial<Member> = {}): Member => ({
  playerId,
  name: `Player ${playerId}`,
  team: 'CT',
  role: '',
  bot: false,
  ...values,
})

describe('who is on a server', () => {
  it('changes only where somebody is not as he was', () => {
    const roster = new Roster([member(1), member(2)])
    roster.put(member(1))
    roster.put(member(2, { team: 'TERRORIST' }))
    roster.put(member(3))
    expect([...roster.changes()].map(({ playerId, stored }) => [playerId, stored])).toEqual([
      [2, true],
      [3, false],
    ])
    expect(roster.size).toBe(3)
  })

  it('forgets who left, and takes him back if he returns at once', () => {
    const roster = new Roster([member(1), member(2)])
    roster.put(member(3))
    for (const id of [1, 2, 3, 4]) roster.remove(id)
    roster.put(member(1))
    expect([...roster.left]).toEqual([2])
    expect([...roster.changes()].map(({ playerId, stored }) => [playerId, stored])).toEqual([[1, true]])
    expect([...roster.members].map(({ playerId }) => playerId)).toEqual([1])
  })

  it('empties with the server', () => {
    const roster = new Roster([member(1)])
    roster.clear()
    expect(roster.size).toBe(0)
    expect([...roster.left]).toEqual([1])
  })

  it('has nobody in a team when a map starts', () => {
    const roster = new Roster([member(1), member(2, { team: '' })])
    roster.leaveTeams()
    expect([...roster.members].map(({ team }) => team)).toEqual(['', ''])
    expect([...roster.changed]).toEqual([1])
  })
})
