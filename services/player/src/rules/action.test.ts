import { describe, expect, it } from 'vitest'
import { type Action, findAction, mapSpecificCode, teamRewardOfPlayerAction } from './action.ts'

const anAction = (values: Partial<Action>): Action => ({
  id: 1,
  code: 'round_win',
  rewardPlayer: 0,
  rewardTeam: 5,
  team: '',
  forPlayer: false,
  forPlayerPlayer: false,
  forTeam: true,
  forWorld: false,
  ...values,
})

describe('the action of a code', () => {
  const list = new Map([
    [
      'round_win',
      [
        anAction({ id: 1, team: 'Consortium' }),
        anAction({ id: 2, team: 'Empire' }),
        anAction({ id: 3, forTeam: false, forPlayer: true }),
      ],
    ],
  ])

  it.each([
    ['Consortium', 1],
    ['Empire', 2],
    ['SPECTATOR', 2],
  ])('for team %s is row %i', (team, id) => {
    expect(findAction(list, 'round_win', 'forTeam', team)?.id).toBe(id)
  })

  it('is only looked for where it is flagged', () => {
    expect(findAction(list, 'round_win', 'forPlayer', 'Empire')?.id).toBe(3)
    expect(findAction(list, 'round_win', 'forWorld', '')).toBeUndefined()
    expect(findAction(list, 'round_lose', 'forTeam', '')).toBeUndefined()
    expect(findAction(undefined, 'round_win', 'forTeam', '')).toBeUndefined()
  })
})

it('a map may have a row of its own', () => {
  expect(mapSpecificCode('dod_anzio', 'dod_control_point')).toBe('dod_anzio_dod_control_point')
})

it('a capture pays the team once, by the line of the team', () => {
  expect(teamRewardOfPlayerAction(anAction({}), 3)).toBe(8)
  expect(teamRewardOfPlayerAction(anAction({ code: 'pointcaptured' }), 3)).toBe(0)
})
