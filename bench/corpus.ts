// What the parser makes of the real logs of ../shared/corpus, which never become part of this repository.
//   npm run corpus                    coverage per game with the top unrecognised shapes, then the other parsers' tests
//   npm run corpus -- fuzz [lines] [seed]   five million mutated lines: none may throw or take a millisecond
import { corpusPaths, peerTests } from '@hlstats/testkit'
import { type Coverage, coverByGame } from './corpus/coverage.ts'
import { fuzz } from './corpus/fuzz.ts'
import { comparePeers } from './peers/index.ts'

const GOAL = 0.995
const TOP_SHAPES = 5

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(3)} %`
}

function printCoverage(game: string, coverage: Coverage): boolean {
  const { files, lines, stamped, recognised, recognisedUnstamped, unrecognised } = coverage
  const reached = recognised >= stamped * GOAL
  console.log(
    `${game.padEnd(8)} ${String(files).padStart(4)} files ${String(lines).padStart(7)} lines ` +
      `${String(stamped).padStart(7)} stamped  ${percent(recognised, stamped)} recognised${reached ? '' : '  BELOW 99.5 %'}` +
      `  (and ${recognisedUnstamped} of ${lines - stamped} without a stamp)`,
  )
  const top = [...unrecognised].sort(([, a], [, b]) => b.count - a.count).slice(0, TOP_SHAPES)
  for (const [shape, { count }] of top) console.log(`${String(count).padStart(14)}  ${shape}`)
  return reached
}

function printPeers(): boolean {
  const outcomes = comparePeers(peerTests() ?? [])
  let failures = 0
  console.log('\ntests of other parsers     matched  exceptions  failed')
  for (const peer of new Set(outcomes.map(({ test }) => test.peer))) {
    const of = (result: string) =>
      outcomes.filter(({ test, result: got }) => test.peer === peer && got === result)
    failures += of('failed').length
    const numbers = [of('matched').length, of('exception').length, of('failed').length]
    console.log(`${peer.padEnd(28)} ${numbers.map((number) => String(number).padStart(6)).join('     ')}`)
    for (const { test, reason } of [...of('exception'), ...of('failed')])
      console.log(`    ${test.line}\n      ${reason}`)
  }
  return failures === 0
}

function report(paths: readonly string[]): boolean {
  const games = coverByGame(paths)
  const reached = [...games].map(([game, coverage]) => printCoverage(game, coverage))
  return printPeers() && reached.every(Boolean)
}

function runFuzz(paths: readonly string[], lines: number, seed: number): boolean {
  const start = performance.now()
  const { faults, slowestMs, kinds } = fuzz(paths, lines, seed)
  const seconds = ((performance.now() - start) / 1_000).toFixed(0)
  const unread = kinds.get('unrecognised') ?? 0
  console.log(
    `${lines.toLocaleString('en')} mutated lines, seed ${seed}, ${seconds} s: ${faults.length} thrown or slow, ` +
      `slowest on repetition ${slowestMs.toFixed(3)} ms, ${percent(unread, lines)} unrecognised, ${kinds.size} kinds`,
  )
  for (const fault of faults.slice(0, 20)) console.log(fault)
  return faults.length === 0
}

const paths = corpusPaths()
const [command, lines = '5000000', seed = '1'] = process.argv.slice(2)
if (paths === undefined) console.log('skipped: ../shared/corpus is missing')
else if (command === undefined) process.exitCode = report(paths) ? 0 : 1
else if (command === 'fuzz') process.exitCode = runFuzz(paths, Number(lines), Number(seed)) ? 0 : 1
else {
  console.error(`unknown command ${command}: nothing, or fuzz [lines] [seed]`)
  process.exitCode = 1
}
