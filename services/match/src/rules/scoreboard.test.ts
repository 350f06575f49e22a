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

it('counts what else a player did in a match, and forgets it with the match', () => {
  const board = new Scoreboard()
  board.act(1, 7, 'Planted_The_Bomb')
  board.act(1, 7, 'Planted_The_Bomb')
  board.act(1, 8, 'flagevent_captured')
  expect([...(board.actions.get(1)?.get(7) ?? [])]).toEqual([['Planted_The_Bomb', 2]])
  expect([...(board.actions.get(1)?.get(8) ?? [])]).toEqual([['flagevent_captured', 1]])
  board.forget(1)
  expect(board.actions.size).toBe(0)
})

it('shows what the game shows, never less than before, with the stars that lines gave since', () => {
  const board = new Scoreboard()
  const al = { playerId: 7, name: 'Al', team: 'CT' }
  const shown = { mvps: 2, damage: 300, utility_damage: 40, enemies_flashed: 3 }
  board.show(1, al, { ...shown })
  board.add({ match: 1, round: 1 }, al, { mvps: 1, kills: 1 })
  expect(board.matches.get(1)?.get(7)).toMatchObject({ score: { mvps: 1, kills: 1 }, shown: { mvps: 3 } })
  board.show(1, al, { ...shown, damage: 350 })
  expect(board.matches.get(1)?.get(7)?.shown).toEqual({ ...shown, mvps: 3, damage: 350 })
})
