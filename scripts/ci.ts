import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheRoot, repositoryRoot } from '@hlstats/testkit'

interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const bin = (name: string) => join(repositoryRoot, 'node_modules/.bin', name)

const CHECKS: readonly (readonly [string, string, readonly string[]])[] = [
  ['format and lint', bin('biome'), ['ci', '--colors=off', '.']],
  ['types', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']],
  [
    'boundaries',
    bin('depcruise'),
    ['--config', '.dependency-cruiser.cjs', 'libs', 'services', 'cli', 'e2e', 'bench', 'scripts'],
  ],
  ['dead code and undeclared packages', bin('knip'), []],
  ['deployment files', process.execPath, ['scripts/validate/main.ts']],
]

function main(): number {
  const failedChecks = CHECKS.filter(([name, command, args]) => !run(name, command, args)).map(
    ([name]) => name,
  )
  const before = workingTree()
  const tests = runTests()
  if (workingTree() !== before) {
    console.log(
      `\nThe tests changed files of the project, so what is generated is not what is committed:\n${workingTree()}`,
    )
    failedChecks.push('generated files')
  }
  if (failedChecks.length > 0) console.log(`\nFailed besides tests: ${failedChecks.join(', ')}`)
  const failed = tests.failed + failedChecks.length
  console.log(`\n${tests.passed} passed, ${failed} failed, ${tests.skipped} skipped`)
  return failed === 0 ? 0 : 1
}

function run(name: string, command: string, args: readonly string[]): boolean {
  console.log(`\n== ${name}`)
  const { status } = spawnSync(command, args, { cwd: repositoryRoot, stdio: 'inherit', env: environment() })
  console.log(status === 0 ? `== ${name}: ok` : `== ${name}: FAILED`)
  return status === 0
}

// Counted are tests, not files: a file that could not even be loaded is one failure.
function runTests(): Counts {
  const report = join(cacheRoot, 'ci/tests.json')
  mkdirSync(join(cacheRoot, 'ci'), { recursive: true })
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const ok = run('tests', process.execPath, ['scripts/test.ts', '--install', ...reporters])
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  ) as {
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    numTodoTests: number
    testResults: readonly { status: string; assertionResults: readonly unknown[] }[]
  }
  const unloaded = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  const failed = numFailedTests + unloaded.length
  return {
    passed: numPassedTests,
    // An error outside of any test fails the run as well.
    failed: failed === 0 && !ok ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
  }
}

function workingTree(): string {
  return spawnSync('git', ['status', '--porcelain'], { cwd: repositoryRoot, encoding: 'utf8' }).stdout
}

// CI keeps vitest from writing snapshots; npm's own settings of whoever called this are nothing to the checks.
function environment(): NodeJS.ProcessEnv {
  return { ...process.env, CI: '1', NO_COLOR: '1', TURBO_TELEMETRY_DISABLED: '1' }
}

process.exitCode = main()
