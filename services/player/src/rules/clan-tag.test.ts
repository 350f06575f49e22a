import { describe, expect, it } from 'vitest'
import { type ClanTagPattern, clanTagMatcher } from './clan-tag.ts'

const SEEDED: readonly ClanTagPattern[] = [
  { id: 1, pattern: '[AXXXXX]', position: 'EITHER' },
  { id: 2, pattern: '|AXXXXX|', position: 'EITHER' },
  { id: 3, pattern: '_AXXXXXX_', position: 'EITHER' },
  { id: 4, pattern: '-AXX-', position: 'START' },
  { id: 5, pattern: '=AX', position: 'END' },
  { id: 6, pattern: '~~', position: 'START' },
]

describe('clan tags in names', () => {
  const match = clanTagMatcher(SEEDED)

  it.each([
    ['[abc]Player', { tag: '[abc]', name: 'abc' }],
    ['Player[abc]', { tag: '[abc]', name: 'abc' }],
    ['|a|Player', { tag: '|a|', name: 'a' }],
    ['_clan_Player', { tag: '_clan_', name: 'clan_' }],
    ['-ab-Player', { tag: '-ab-', name: 'ab' }],
    ['Player=xy', { tag: '=xy', name: 'xy' }],
    ['~~Player', { tag: '~~', name: '~~' }],
    ['Player-ab-', undefined],
    ['=xyPlayer', undefined],
    ['[abc]', undefined],
    ['[toolong]Player', undefined],
    ['Player', undefined],
    ['', undefined],
  ])('%s', (name, expected) => {
    expect(match(name)).toEqual(expected)
  })

  it('ignores case and takes an optional X where there is one', () => {
    const named = clanTagMatcher([{ id: 1, pattern: 'pro.X', position: 'START' }])
    expect(named('PRO.zBob')).toEqual({ tag: 'PRO.z', name: 'PRO' })
  })

  it('prefers the longer pattern, then the older one', () => {
    const both = clanTagMatcher([
      { id: 9, pattern: '[AX]', position: 'START' },
      { id: 8, pattern: '(AX)', position: 'END' },
      { id: 7, pattern: '[AXX]', position: 'START' },
    ])
    expect(both('[ab](cd)')).toEqual({ tag: '[ab]', name: 'ab' })
    expect(both('x(cd)')).toEqual({ tag: '(cd)', name: 'cd' })
  })

  it('takes any character of a pattern literally that a regular expression would not', () => {
    const odd = clanTagMatcher([{ id: 1, pattern: '.*+?^{}$()|\\/-A', position: 'START' }])
    expect(odd('.*+?^{}$()|\\/-zBob')?.tag).toBe('.*+?^{}$()|\\/-z')
    expect(odd('aaaaaBob')).toBeUndefined()
  })
})
