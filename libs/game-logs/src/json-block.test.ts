import { describe, expect, it } from 'vitest'
import { jsonCells, jsonEntry } from './json-block.ts'
import { parseLine } from './parse-line.ts'

const STAMP = 'L 01/02/2024 - 10:00:00: '

function entryOf(body: string) {
  const line = parseLine(STAMP + body)
  return line.kind === 'jsonPart' ? jsonEntry(line.text) : line.kind
}

describe('a line of a JSON block', () => {
  it('has a key and a value, whatever quotes are in it', () => {
    expect(entryOf('"score_ct" : "3",')).toEqual({ key: 'score_ct', value: '3' })
    expect(entryOf('"server" : "The "best" one",')).toEqual({ key: 'server', value: 'The "best" one' })
  })

  it('that opens or closes something has none', () => {
    expect(entryOf('JSON_BEGIN{')).toBeUndefined()
    expect(entryOf('"players" : {')).toBeUndefined()
    expect(entryOf('}}JSON_END')).toBeUndefined()
  })

  it('may be a row of cells', () => {
    expect(jsonCells('           223,      2,   4.50,     ')).toEqual(['223', '2', '4.50', ''])
  })
})
