import { decodeLines, type ParsedLine, parseLine } from '@hlstats/game-logs'
import { corpusGame, corpusLog } from '@hlstats/testkit'

/** How much of one game's logs is read. */
export interface Coverage {
  files: number
  lines: number
  /** Lines with a stamp, possible or not: the others are consoles' echoes and torn pieces. */
  stamped: number
  recognised: number
  /** Unstamped lines that are read all the same. */
  recognisedUnstamped: number
  readonly kinds: Map<string, number>
  /** Unrecognised stamped lines by their shape: names, numbers and texts taken out. */
  readonly unrecognised: Map<string, { count: number; example: string }>
}

/** A line with what varies taken out, so that lines of one form count together. */
function shapeOf(text: string): string {
  return text
    .replaceAll(/"[^"]*<-?\d+><[^"]*>"/g, 'P')
    .replaceAll(/"[^"]*"/g, '"…"')
    .replaceAll(/-?\d+(\.\d+)?/g, 'N')
    .slice(0, 90)
}

function emptyCoverage(): Coverage {
  return {
    files: 0,
    lines: 0,
    stamped: 0,
    recognised: 0,
    recognisedUnstamped: 0,
    kinds: new Map(),
    unrecognised: new Map(),
  }
}

function count(coverage: Coverage, line: ParsedLine): void {
  coverage.lines += 1
  const isRecognised = line.kind !== 'unrecognised'
  if (line.stamp === 'missing') {
    if (isRecognised) coverage.recognisedUnstamped += 1
    return
  }
  coverage.stamped += 1
  if (isRecognised) {
    coverage.recognised += 1
    coverage.kinds.set(line.kind, (coverage.kinds.get(line.kind) ?? 0) + 1)
    return
  }
  const shape = `${line.reason}: ${shapeOf(line.text)}`
  const seen = coverage.unrecognised.get(shape) ?? { count: 0, example: line.text }
  seen.count += 1
  coverage.unrecognised.set(shape, seen)
}

/** Reads every real log and counts per game what came of it. */
export function coverByGame(paths: readonly string[]): Map<string, Coverage> {
  const games = new Map<string, Coverage>()
  for (const path of paths) {
    const game = corpusGame(path)
    const coverage = games.get(game) ?? emptyCoverage()
    games.set(game, coverage)
    coverage.files += 1
    for (const line of decodeLines(corpusLog(path) ?? Buffer.alloc(0)).lines) count(coverage, parseLine(line))
  }
  return games
}
