import { describe, expect, it } from 'vitest'
import { EXAMPLES } from './examples/index.ts'
import { parseLine } from './parse-line.ts'

const STAMP = 'L 02/29/2024 - 23:59:58: '
const time = { year: 2024, month: 2, day: 29, hour: 23, minute: 59, second: 58, millisecond: 0 }

describe.each(Object.entries(EXAMPLES))('a line of kind %s', (kind, examples) => {
  it.each(examples.map(({ line, is }) => [line, is] as const))('is read from %j', (line, is) => {
    expect(parseLine(STAMP + line)).toMatchObject({ kind, time, stamp: 'valid', ...is })
  })
})

describe('a stamp', () => {
  const body = 'World triggered "Round_Start"'

  it.each([
    ['L 02/29/2024 - 23:59:58: ', 0],
    ['02/29/2024 - 23:59:58: ', 0],
    ['L 02/29/2024 - 23:59:58.003 - ', 3],
    ['02/29/2024 - 23:59:58.120 - ', 120],
    ['02/29/2024 - 23:59:58.120: ', 120],
    ['# L 02/29/2024 - 23:59:58: ', 0],
    ['my-server\tL 02/29/2024 - 23:59:58: ', 0],
    ['[2024-02-29T22:59:58Z] 18a5c248-c891-42a6-b72e-af0b184937c1: 02/29/2024 - 23:59:58.000 - ', 0],
  ])('is read in the form %j', (stamp, millisecond) => {
    expect(parseLine(stamp + body)).toMatchObject({
      kind: 'worldAction',
      stamp: 'valid',
      time: { ...time, millisecond },
    })
  })

  it.each([
    '13/01/2024 - 10:00:00',
    '02/30/2024 - 10:00:00',
    '02/29/2023 - 10:00:00',
    '01/45/2024 - 99:00:00',
  ])('that names no possible moment (%s) leaves the line without a time', (stamp) => {
    expect(parseLine(`L ${stamp}: ${body}`)).toMatchObject({
      kind: 'worldAction',
      stamp: 'impossible',
      time: undefined,
    })
  })

  it.each([body, `10:00:00: ${body}`, `  ${body}`])('may be missing: %j', (line) => {
    expect(parseLine(line)).toMatchObject({ kind: 'worldAction', stamp: 'missing', time: undefined })
  })

  it('is never looked for behind a quote', () => {
    expect(parseLine(`"x L 02/29/2024 - 23:59:58: ${body}`)).toMatchObject({
      kind: 'unrecognised',
      stamp: 'missing',
    })
  })
})
