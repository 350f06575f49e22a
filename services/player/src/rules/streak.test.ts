import { expect, it } from 'vitest'
import { streakAction } from './streak.ts'

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
