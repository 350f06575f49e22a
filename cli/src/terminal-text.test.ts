import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsOf, cut, pad, printable } from './terminal-text.ts'

describe('text of strangers in a terminal', () => {
  it.each([
    ['an escape sequence', '\u001b[2J\u001b]0;title\u0007Bo', '�[2J�]0;title�Bo'],
    ['the one-byte form of it', '\u009b31mBo', '�31mBo'],
    ['a line break', 'Al\r\nice', 'Al��ice'],
    ['a turn of the direction', 'Al\u202Eice', 'Alice'],
    ['an invisible letter', 'Al\u200bice\u2028', 'Alice'],
    ['half a character', 'Al\ud800ice', 'Alice'],
  ])('is not obeyed: %s', (_what, text, shown) => {
    expect(printable(text)).toBe(shown)
  })

  it('never holds a character that a terminal obeys, whatever the name', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (name) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(printable(name)),
      ),
    )
  })

  it.each([
    ['Zoë', 3],
    ['Zoe\u0308', 3],
    ['名無しさん', 10],
    ['🎯 aim', 6],
    ['❤️', 2],
    ['ﾊﾝｶｸ', 4],
  ])('counts the columns of %s', (text, columns) => {
    expect(columnsOf(text)).toBe(columns)
  })

  it('is cut and filled to the column, between letters', () => {
    expect(cut('名無しさん', 6)).toBe('名無…')
    expect(cut('Alice', 5)).toBe('Alice')
    expect(pad('名無', 6)).toBe('名無  ')
    expect(pad('7', 3, true)).toBe('  7')
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.nat({ max: 20 }),
        (text, columns) => columnsOf(cut(printable(text), columns)) <= columns,
      ),
    )
  })
})
