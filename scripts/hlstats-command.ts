import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StatsError } from '@hlstats/errors'
import { repositoryRoot } from '@hlstats/testkit'

const run = promisify(execFile)

/** Runs one `hlstats` command and returns what it printed; its own message is the error. */
export async function runHlstats(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<string> {
  const main = join(repositoryRoot, 'cli/src/main.ts')
  try {
    const options = { env: { ...process.env, ...environment }, ...(signal === undefined ? {} : { signal }) }
    const { stdout } = await run(process.execPath, [main, ...args], options)
    return stdout.trim()
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new StatsError('INPUT_INVALID', `${stdout}${stderr}`.trim(), { cause: error })
  }
}
