import { decodeLines, parseLine } from '@hlstats/game-logs'
import { corpusLog, corpusPaths } from '@hlstats/testkit'
import { describe, expect, it } from 'vitest'
import { coverByGame } from '../bench/corpus/coverage.ts'
import { fuzz } from '../bench/corpus/fuzz.ts'

const paths = corpusPaths()

describe.skipIf(paths === undefined)(
  'the real logs (skipped where ../shared/corpus is missing)',
  { timeout: 120_000 },
  () => {
    const all = paths ?? []

    it('are read to 99.5 % of their stamped lines, in every game', () => {
      for (const [game, { stamped, recognised }] of coverByGame(all)) {
        expect(recognised / stamped, game).toBeGreaterThanOrEqual(0.995)
      }
    })

    // The daemon's own pattern of a kill, chat left out: whatever it counts must be a kill to us.
    const KILL =
      /^L [\d/]{10} - [\d:]{8}: (?:\(DEATH\))?"[^"]*<\d+><[^<>"]*><[^<>"]*>[^"]*"(?: \[[^\]]*\])? killed "[^"]*<\d+><[^<>"]*><[^<>"]*>[^"]*"(?: \[[^\]]*\])? with "[^"]*"/

    it('give a kill for every line that the daemon takes for one', () => {
      let kills = 0
      for (const path of all) {
        for (const text of decodeLines(corpusLog(path) ?? Buffer.alloc(0)).lines) {
          if (!KILL.test(text)) continue
          kills += 1
          expect(parseLine(text).kind, text).toBe('kill')
        }
      }
      expect(kills).toBeGreaterThan(25_000)
    })

    it('never make the parser throw or stall, mutated at random', () => {
      const { faults, lines } = fuzz(all, 200_000, 7)
      expect(lines).toBe(200_000)
      expect(faults).toEqual([])
    })
  },
)
