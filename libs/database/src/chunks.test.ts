import { describe, expect, it } from 'vitest'
import { chunks } from './chunks.ts'

const limits = { rows: 4, placeholders: 10, bytes: 100 }
const split = (sizes: readonly { placeholders: number; bytes: number }[]) =>
  [...chunks(sizes, limits, (size) => size)].map((part) => part.length)

const rows = (count: number, size: { placeholders?: number; bytes?: number }) =>
  Array.from({ length: count }, () => ({ placeholders: 1, bytes: 1, ...size }))

describe('chunks', () => {
  it.each([
    ['nothing into nothing', [], []],
    ['by rows', rows(9, {}), [4, 4, 1]],
    ['by placeholders', rows(5, { placeholders: 5 }), [2, 2, 1]],
    ['by bytes', rows(5, { bytes: 40 }), [2, 2, 1]],
    [
      'a row that is too large alone',
      [...rows(1, {}), ...rows(1, { bytes: 500 }), ...rows(1, {})],
      [1, 1, 1],
    ],
  ])('splits %s', (_, sizes, expected) => {
    expect(split(sizes)).toEqual(expected)
  })

  it('keeps every row, in order', () => {
    const numbers = Array.from({ length: 23 }, (_, index) => index)
    const parts = [...chunks(numbers, limits, (number) => ({ placeholders: number % 4, bytes: 1 }))]
    expect(parts.flat()).toEqual(numbers)
  })
})
