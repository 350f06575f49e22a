import { expect, it } from 'vitest'
import { WeaponBook } from './weapon-book.ts'

it('adds up weapons per game and per player, and knows when each was used first', () => {
  const book = new WeaponBook()
  book.addWeapon('css', 'ak47', { kills: 1, headshots: 1 }, '2026-01-01T10:00:05.000Z')
  book.addWeapon('css', 'ak47', { kills: 1 }, '2026-01-01T10:00:00.000Z')
  book.addWeapon('tf', 'ak47', { kills: 1 }, '2026-01-01T10:00:09.000Z')
  book.addPlayer(7, 'ak47', { kills: 1 })
  book.addPlayer(7, 'ak47', { shots: 10, damage: 90 })
  expect(book.weapons.get('css')?.get('ak47')).toEqual({
    counts: { kills: 2, headshots: 1 },
    firstSeen: '2026-01-01T10:00:00.000Z',
  })
  expect(book.weapons.get('tf')?.get('ak47')?.counts.kills).toBe(1)
  expect(book.players.get(7)?.get('ak47')).toMatchObject({ kills: 1, shots: 10, damage: 90, deaths: 0 })
})
