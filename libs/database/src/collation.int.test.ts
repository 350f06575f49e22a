import { type TestDatabase, testDatabase } from '@hlstats/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keyOf } from './index.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await testDatabase()
})

afterAll(() => test.drop())

// A character between two letters, so that one at the end is not taken for padding.
const weightOf = (text: string) =>
  [...Array(keyOf(text).length).keys()]
    .map((index) => keyOf(text).charCodeAt(index).toString(16).padStart(4, '0'))
    .join('')
    .toUpperCase()

const isHalfPair = (code: number) => code >= 0xd800 && code <= 0xdfff

describe('keyOf', () => {
  it('gives every character the weights that the database gives it', async () => {
    const codes = [...Array(0x10000).keys()]
      .filter((code) => !isHalfPair(code))
      .concat(0x10000, 0x1f600, 0x10ffff)
    const texts = codes.map((code) => `x${String.fromCodePoint(code)}x`)
    const differing: string[] = []
    for (let start = 0; start < texts.length; start += 8192) {
      const part = texts.slice(start, start + 8192)
      const rows = await test.database.query<{ weights: string }>(
        `SELECT HEX(WEIGHT_STRING(text)) AS weights FROM JSON_TABLE(?, '$[*]' COLUMNS (position FOR ORDINALITY,
         text VARCHAR(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci PATH '$')) d ORDER BY position`,
        [JSON.stringify(part)],
      )
      expect(rows).toHaveLength(part.length)
      for (const [index, { weights }] of rows.entries()) {
        const text = part[index] ?? ''
        if (weights !== weightOf(text)) differing.push(`${text.codePointAt(1)?.toString(16)}: ${weights}`)
      }
    }
    expect(differing).toEqual([])
  })

  it('takes for one what a unique key of the database takes for one', async () => {
    const texts = [
      '',
      ' ',
      'a',
      'A ',
      'á',
      'a\u0301',
      'ａ',
      'ß',
      'ss',
      '😀',
      '🎮',
      '\u200b',
      'a\t',
      'æ',
      'ae',
      'ø',
      'o',
      '\u00a0',
    ]
    const pairs = texts.flatMap((left) => texts.map((right) => [left, right] as const))
    const rows = await test.database.query<{ same: number }>(
      `SELECT l = r AS same FROM JSON_TABLE(?, '$[*]' COLUMNS (position FOR ORDINALITY,
       l VARCHAR(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci PATH '$[0]',
       r VARCHAR(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci PATH '$[1]')) d ORDER BY position`,
      [JSON.stringify(pairs)],
    )
    const ours = pairs.map(([left, right]) => Number(keyOf(left) === keyOf(right)))
    expect(rows.map(({ same }) => same)).toEqual(ours)
  })
})
