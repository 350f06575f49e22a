import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generatedFiles } from '../generated-files.ts'
import { checks } from './checks.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

// `--fix` writes what is generated; `--strict` is for pipelines, where a check that could not be made is a failure.
if (process.argv.includes('--fix')) {
  for (const [path, content] of generatedFiles(root)) writeFileSync(join(root, path), content)
}
const outcomes = (await Promise.all(checks.map((check) => check(root)))).flat()
for (const { name, problems, skipped } of outcomes) {
  if (skipped !== undefined) console.log(`skipped  ${name}: ${skipped}`)
  else console.log(`${problems.length === 0 ? 'ok      ' : 'FAILED  '} ${name}`)
  for (const problem of problems) console.log(`         ${problem.replaceAll('\n', '\n         ')}`)
}
const failed = outcomes.filter(({ problems }) => problems.length > 0)
const skipped = outcomes.filter((outcome) => outcome.skipped !== undefined)
process.exitCode = failed.length > 0 || (process.argv.includes('--strict') && skipped.length > 0) ? 1 : 0
