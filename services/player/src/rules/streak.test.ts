import { describe, expect, it } from 'vitest'
import { isStreakPaid, streakAction } from './streak.ts'

it.each([
  [0, undefined],
  [1, undefined],
  [2, 'kill_streak_2'],
  [11, 'kill_streak_11'],
  [12, 'kill_streak_12'],
  [40, 'kill_streak_12'],
])('a streak of %i kills triggers %s', (kills, action) => {
  expect(streakAction(kills)).toBe(action)
})

describe('the end of a streak', () => {
  const end = {
    eventType: 'PLAYER_KILL',
    counted: true,
    playerCount: 4,
    minPlayers: 4,
    bonusRoundIgnore: true,
  }

  it('is paid where the event scores', () => {
    expect(isStreakPaid(end)).toBe(true)
    expect(isStreakPaid({ ...end, counted: false })).toBe(false)
  })

  it('is not paid below the minimum of players, of whom one who leaves was still one', () => {
    expect(isStreakPaid({ ...end, playerCount: 3 })).toBe(false)
    expect(isStreakPaid({ ...end, eventType: 'PLAYER_DISCONNECT', playerCount: 3 })).toBe(true)
    expect(isStreakPaid({ ...end, eventType: 'PLAYER_DISCONNECT', playerCount: 2 })).toBe(false)
  })

  it('is not paid at the end of a round whose bonus time is ignored', () => {
    expect(isStreakPaid({ ...end, eventType: 'ROUND_END' })).toBe(false)
    expect(isStreakPaid({ ...end, eventType: 'ROUND_END', bonusRoundIgnore: false })).toBe(true)
  })
})
