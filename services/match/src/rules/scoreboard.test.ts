import { expect, it } from 'vitest'
import { Scoreboard } from './scoreboard.ts'

it('adds up what a player did in a match, and in each of its rounds, under his last team and name', () => {
  const board = new Scoreboard()
  const al = { playerId: 7, name: 'Al', team: 'CT' }
  board.add({ match: 1, round: 0 }, al, { suicides: 1 })
  board.add({ match: 1, round: 1 }, al, { kills: 1, headshots: 1 })
  board.add({ match: 1, round: 2 }, { ...al, name: 'Albert', team: 'TERRORIST' }, { kills: 1 })
  expect(board.matches.get(1)?.get(7)).toMatchObject({
    scorer: { name: 'Albert', team: 'TERRORIST' },
    score: { kills: 2, headshots: 1, suicides: 1, deaths: 0 },
  })
  expect([...(board.rounds.get(1)?.keys() ?? [])]).toEqual([1, 2])
  expect(board.rounds.get(1)?.get(1)?.get(7)?.score).toMatchObject({ kills: 1, headshots: 1 })
})
