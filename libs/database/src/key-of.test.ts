import { describe, expect, it } from 'vitest'
import { keyOf } from './key-of.ts'

describe('keyOf', () => {
  it.each([
    ['case', 'Gordon', 'gORDON'],
    ['accents', 'Zoë', 'ZOE'],
    ['combining marks', 'e\u0301', 'é'],
    ['trailing spaces of any kind', 'name', 'name \u00a0 '],
    ['invisible characters', 'na\u200bme', 'name\u0001'],
    ['a sharp s', 'straße', 'STRASSE'],
    ['emoji, which are all one to this collation', 'a😀', 'a🎮'],
  ])('ignores %s', (_, left, right) => {
    expect(keyOf(left)).toBe(keyOf(right))
  })

  it.each([
    ['leading spaces', ' name', 'name'],
    ['a tab at the end', 'name\t', 'name'],
    ['Han characters', '中', '国'],
    ['an emoji and its absence', 'a😀', 'a'],
    ['half of a pair and its absence', 'a\ud83d', 'a'],
  ])('tells %s apart', (_, left, right) => {
    expect(keyOf(left)).not.toBe(keyOf(right))
  })

  it('sorts as the index does', () => {
    const names = ['zeta', 'Alpha', 'ärger', '_x', '1up', 'beta']
    expect(names.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))).toEqual([
      '_x',
      '1up',
      'Alpha',
      'ärger',
      'beta',
      'zeta',
    ])
  })
})
