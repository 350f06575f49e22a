import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsOf } from '../../cli/src/terminal-text.ts'
import { frame, type ScreenSize, type ScreenState } from './frame.ts'

const WIDE: ScreenSize = { columns: 110, rows: 40, colour: false, unicode: true }

const aPlayer = (name: string, kills: number) => ({
  playerId: kills,
  game: 'cstrike',
  name,
  skill: 1_000 + kills,
  kills,
  deaths: 3,
  headshots: 1,
  suicides: 0,
  teamkills: 0,
})

const aServer = (name: string) => ({
  address: '192.0.2.10:27015',
  name,
  game: 'cstrike',
  map: 'de_dust2',
  players: 12,
  killsPerMinute: 31.4,
  kills: 543,
})

function aState(changes: Partial<ScreenState> = {}): ScreenState {
  return {
    mode: 'standalone',
    upSeconds: 3_725,
    problems: [],
    killsPerMinute: 31.4,
    eventsPerSecond: 12,
    age: { count: 90, mean: 0.032, p99: 0.1 },
    backlog: 0,
    parked: 0,
    servers: [aServer('Public 1')],
    unknownSenders: [],
    drops: [],
    leaderboards: [{ game: 'cstrike', rows: [aPlayer('Alice', 9), aPlayer('名無しさん', 4)] }],
    said: ['   0.1 s  standalone      ready'],
    udpPort: '27500',
    ...changes,
  }
}

const shown = (changes: Partial<ScreenState>, size: Partial<ScreenSize> = {}) =>
  frame(aState(changes), { ...WIDE, ...size }).join('\n')

describe('the picture of a running system', () => {
  it('shows servers, rates, age, backlog, leaders and what was said', () => {
    const text = shown({ backlog: 7 })
    expect(text).toContain('HLStats standalone · ready · up 01:02:05')
    expect(text).toContain(
      'kills/min 31   events/s 12   age 32 ms (p99 ≤ 100 ms)   journal backlog 7   parked 0',
    )
    expect(text).toMatch(/Public 1 +de_dust2 +12 +31 +543 +cstrike +192\.0\.2\.10:27015/)
    expect(text).toMatch(/1 {2}Alice +1009 +9 +3 +3\.00/)
    expect(text).toContain('standalone      ready')
  })

  it('names who sends without being registered, and the command that adds him', () => {
    const text = shown({ unknownSenders: [{ address: '203.0.113.5:27015', count: 12 }] }, { columns: 80 })
    expect(text).toContain('! 203.0.113.5:27015 sends and is not registered (12 times)')
    expect(text).toContain('npm run hlstats -- servers add 203.0.113.5:27015 --game <code>')
  })

  it('warns of drops, parked events and what is not ready', () => {
    const text = shown({
      parked: 2,
      drops: [['malformed', 3]],
      problems: ['standalone not ready   journal: full'],
    })
    expect(text).toContain('NOT READY')
    expect(text).toContain('! standalone not ready   journal: full')
    expect(text).toContain('! 2 events are parked')
    expect(text).toContain('! dropped since the start: malformed 3')
  })

  it('says how to begin while no server is registered', () => {
    expect(shown({ servers: [], leaderboards: [] })).toContain('servers add <ip:port> --game <code>')
  })

  it('obeys no name', () => {
    const name = '\u001b[2J\u009b31m\u202eBo\r\n'
    const text = shown({
      servers: [aServer(name)],
      leaderboards: [{ game: 'cstrike', rows: [aPlayer(name, 1)] }],
      said: [name],
      problems: [name],
    })
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })

  it('has colours, or none where they are not wanted', () => {
    expect(shown({ parked: 1 }, { colour: true })).toContain('\u001b[33m! 1 events')
    expect(shown({ parked: 1 }, { colour: false })).not.toContain('\u001b')
  })

  it('is ASCII in a terminal that knows nothing else, its columns in place', () => {
    const lines = frame(aState(), { ...WIDE, unicode: false })
    expect(lines.join('')).toMatch(/^[ -~]*$/)
    const leaders = lines.filter((line) => / (1009|1004) /.test(line))
    expect(leaders.map((line) => line.search(/ 10\d\d /))).toEqual(
      [32, 32].map(() => leaders[0]?.search(/ 10\d\d /)),
    )
  })

  it('keeps the rows of what matters most in a small terminal, and the last thing said', () => {
    const said = Array.from({ length: 30 }, (_, index) => `line ${index}`)
    const players = Array.from({ length: 30 }, (_, index) => aPlayer(`P${index}`, index))
    const lines = frame(aState({ said, parked: 1, leaderboards: [{ game: 'cstrike', rows: players }] }), {
      ...WIDE,
      rows: 16,
    })
    expect(lines).toHaveLength(16)
    expect(lines[2]).toContain('1 events are parked')
    expect(lines.at(-1)).toBe('line 29')
  })

  it('never leaves the terminal, whatever its size and whatever there is to show', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 })
    fc.assert(
      fc.property(
        fc.nat({ max: 120 }),
        fc.nat({ max: 50 }),
        fc.array(text),
        fc.boolean(),
        (columns, rows, texts, unicode) => {
          const lines = frame(
            aState({
              said: texts,
              problems: texts.slice(0, 3),
              servers: texts.map(aServer),
              leaderboards: [{ game: 'cstrike', rows: texts.map(aPlayer) }],
            }),
            { columns, rows, colour: false, unicode },
          )
          return lines.length <= rows && lines.every((line) => columnsOf(line) <= Math.max(0, columns - 1))
        },
      ),
      { numRuns: 50 },
    )
  })
})
