import { describe, expect, it } from 'vitest'
import { JsonAssembler } from './json-block.ts'
import { parseLine } from './parse-line.ts'

const STAMP = 'L 01/02/2024 - 10:00:00: '
const BLOCK = [
  'JSON_BEGIN{',
  '"name": "round_stats",',
  '"round_number" : "3",',
  '"server" : "The "best" one",',
  '"fields" : "   accountid,   team,  kills"',
  '"players" : {',
  '"player_0" : "    223,      2,      5"',
  '"player_1" : "    111,      3"',
  '}}JSON_END',
]
const block = {
  kind: 'jsonBlock',
  time: { hour: 10 },
  name: 'round_stats',
  fields: { name: 'round_stats', round_number: '3', server: 'The "best" one' },
  players: [
    { accountid: '223', team: '2', kills: '5' },
    { accountid: '111', team: '3', kills: '' },
  ],
}

function feed(assembler: JsonAssembler, lines: readonly string[]) {
  return lines.map((line) => assembler.push(parseLine(STAMP + line))).filter((line) => line !== undefined)
}

describe('a JSON block', () => {
  it('over many lines comes out as one', () => {
    expect(feed(new JsonAssembler(), BLOCK)).toMatchObject([block])
  })

  it('lets other lines through that come between its own', () => {
    const lines = BLOCK.flatMap((line) => [line, 'World triggered "Round_End"'])
    const kinds = feed(new JsonAssembler(), lines).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'worldAction')).toHaveLength(BLOCK.length)
    expect(kinds.filter((kind) => kind === 'jsonBlock')).toHaveLength(1)
  })

  it('that begins anew forgets the one that never ended', () => {
    expect(feed(new JsonAssembler(), [...BLOCK.slice(0, 3), ...BLOCK])).toMatchObject([block])
  })

  it('without a beginning is no block', () => {
    expect(feed(new JsonAssembler(), BLOCK.slice(1))).toEqual([])
  })

  it('that never ends holds a bounded number of lines', () => {
    const assembler = new JsonAssembler()
    feed(assembler, ['JSON_BEGIN{', ...Array.from({ length: 10_000 }, () => '"a" : "b",')])
    expect(feed(assembler, ['}}JSON_END'])).toEqual([])
    expect(feed(assembler, BLOCK)).toMatchObject([block])
  })

  it('takes no key for a prototype', () => {
    const [line] = feed(new JsonAssembler(), ['JSON_BEGIN{', '"__proto__" : "x",', '}}JSON_END'])
    expect(line).toMatchObject({ kind: 'jsonBlock', fields: {} })
  })
})
