import { decodeLines, parseLine } from '@hlstats/game-logs'
import { corpusLog } from '@hlstats/testkit'

/** What a fuzz run found. */
export interface FuzzResult {
  readonly lines: number
  readonly kinds: Map<string, number>
  readonly slowestMs: number
  readonly slowestLine: string
  /** Lines that were thrown at, or stayed slow when tried again. */
  readonly faults: readonly string[]
}

/** A small generator of numbers that are the same for the same seed, so that a find can be found again. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const PIECES = [
  '"',
  '>"',
  '<1><BOT><CT>',
  '<2><STEAM_0:0:9><Red>" killed "',
  '" say "',
  '" with "ak47"',
  ' (headshot)',
  '(a "b")',
  '") (',
  ' [1 2 3]',
  'L 01/02/2024 - 10:00:00: ',
  'World triggered "Round_Win"',
  '\0',
  '\ufffd',
  '\ud83d',
  '<',
  '>',
  '-',
  '9'.repeat(40),
  ' '.repeat(40),
  '(',
  ')',
]

/** One or more changes of a line: cut, doubled, glued to another, pieces put in, characters changed. */
function mutate(line: string, other: string, next: (below: number) => number): string {
  let text = line
  for (let changes = next(4) + 1; changes > 0; changes -= 1) {
    const at = next(text.length + 1)
    switch (next(6)) {
      case 0:
        text = text.slice(0, at)
        break
      case 1:
        text = text.slice(0, at) + text.slice(next(text.length + 1))
        break
      case 2:
        text = text.slice(0, at) + other
        break
      case 3:
        text = text.slice(0, at) + (PIECES[next(PIECES.length)] ?? '') + text.slice(at)
        break
      case 4:
        text = text.slice(0, at) + String.fromCharCode(next(256)) + text.slice(at + 1)
        break
      default:
        text = text.slice(0, at) + text.slice(at + next(20))
    }
  }
  return text
}

const SLOW_MS = 1

/** The best of some tries: a line is slow when it is slow again, not when the machine was busy once. */
function fastest(text: string): number {
  let best = Number.POSITIVE_INFINITY
  for (let turn = 0; turn < 20; turn += 1) {
    const start = performance.now()
    parseLine(text)
    best = Math.min(best, performance.now() - start)
  }
  return best
}

/** Parses so many mutations of real lines and reports what was thrown, and what took longer than a millisecond. */
export function fuzz(paths: readonly string[], lines: number, seed: number): FuzzResult {
  const next = numbersFrom(seed)
  const corpus = paths.flatMap((path) => decodeLines(corpusLog(path) ?? Buffer.alloc(0)).lines)
  const kinds = new Map<string, number>()
  const faults: string[] = []
  let slowestMs = 0
  let slowestLine = ''
  for (let done = 0; done < lines; done += 1) {
    const text = mutate(corpus[next(corpus.length)] ?? '', corpus[next(corpus.length)] ?? '', next)
    try {
      const start = performance.now()
      const { kind } = parseLine(text)
      const took = performance.now() - start
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      if (took > SLOW_MS) {
        const best = fastest(text)
        if (best > slowestMs) [slowestMs, slowestLine] = [best, text]
        if (best > SLOW_MS) faults.push(`${best.toFixed(2)} ms: ${text}`)
      }
    } catch (error) {
      faults.push(`${String(error)}: ${text}`)
    }
  }
  return { lines, kinds, slowestMs, slowestLine, faults }
}
