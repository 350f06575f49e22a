import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Check, Outcome } from './check.ts'

const CHECKED = [
  'k8s',
  'deploy',
  'docs/runbooks',
  'docs/telemetry.md',
  'docs/config.md',
  'package.json',
  'prisma',
  'docker-compose.yml',
  'docker-compose.standalone.yml',
  '.env.example',
  '.dockerignore',
]
const STARTED = ['ingress', 'player', 'weapon', 'match', 'shadow-consumer', 'standalone'].map(
  (name) => `services/${name}/src/main.ts`,
)

/** One error: a text of a file, and what stands there instead. */
export type PlantedError = readonly [file: string, text: string, error: string]

/** The folder of the project. */
const PROJECT = fileURLToPath(new URL('../..', import.meta.url))

/** A copy of what is checked, in which a test plants one error at a time. */
export function copyOfProject(): {
  plant: (check: Check, error: PlantedError) => Promise<string>
  remove: () => void
} {
  mkdirSync(join(PROJECT, '.cache'), { recursive: true })
  const copy = mkdtempSync(join(PROJECT, '.cache/planted-'))
  for (const path of CHECKED) cpSync(join(PROJECT, path), join(copy, path), { recursive: true })
  for (const path of [...STARTED, 'cli/src/main.ts']) {
    mkdirSync(dirname(join(copy, path)), { recursive: true })
    writeFileSync(join(copy, path), '')
    writeFileSync(join(copy, dirname(path), '../package.json'), '{}')
  }
  return {
    plant: async (check, [file, text, error]) => {
      const path = join(copy, file)
      const before = readFileSync(path, 'utf8')
      if (!before.includes(text)) throw new Error(`${file} has no ${text} to replace`)
      writeFileSync(
        path,
        before.replace(text, () => error),
      )
      const outcomes = await check(copy)
      writeFileSync(path, before)
      return problemsOf(outcomes).join('\n')
    },
    remove: () => rmSync(copy, { recursive: true, force: true }),
  }
}

/** Problems with the names of the checks that found them. */
function problemsOf(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`))
}
