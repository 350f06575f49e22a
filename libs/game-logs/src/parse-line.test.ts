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

describe('a token', () => {
  it.each([
    [
      '"Al<2><STEAM_1:0:111><Pirates><Skirmisher>"',
      { name: 'Al', uid: 2, team: 'Pirates', role: 'Skirmisher' },
    ],
    ['"Al<1><2><0><Allies><garand>"', { name: 'Al<1>', uid: 2, rawId: '0', team: 'Allies', role: 'garand' }],
    ['"Al<1><2><STEAM_1:0:111><Allies>"', { name: 'Al<1>', uid: 2, rawId: 'STEAM_1:0:111', role: '' }],
    ['"Al<2><<none>><TERRORIST>"', { name: 'Al', rawId: '<none>', team: 'TERRORIST' }],
    ['"Al<-1><><CT>"', { name: 'Al', uid: -1, rawId: '', team: 'CT' }],
    ['"Al<2><4294967295><CT>"', { rawId: '4294967295' }],
    ['"<2><BOT><>"', { name: '', uid: 2 }],
    ['"Al<2><BOT><Spectator><><DEAD><1+0><setpos 1 2 3; setang 4 5 6>"', { team: 'Spectator', role: '' }],
  ])('is read from its right end: %s', (token, player) => {
    expect(parseLine(`${STAMP}${token} entered the game`)).toMatchObject({ kind: 'entry', player })
  })

  it.each([
    '"Al<x><BOT><CT>"',
    '"Al<2><BOT>"',
    '"Al<12345678901><BOT><CT>"',
    '"Al<2> <BOT><CT>"',
    '"Al"',
    '"Al<2><"><CT>"',
  ])('without its groups is none: %s', (token) => {
    expect(parseLine(`${STAMP}${token} entered the game`)).toMatchObject({
      kind: 'unrecognised',
      player: undefined,
    })
  })
})

it('a ban without a term has none', () => {
  const line = parseLine(`${STAMP}"Al<2><BOT><CT>" was kicked and banned by "Console" (reason "x")`)
  expect(line).toMatchObject({ kind: 'ban', kicked: true, minutes: -1, by: 'Console' })
})
