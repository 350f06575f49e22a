import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { dockerAnswers, missingCorpusPackages, missingPackages, repositoryRoot } from '@hlstats/testkit'
import { installPackages } from './install-packages.ts'

// Everything, or what the arguments say to vitest. The backends come from libs/testkit; only installing is done here.
async function main(): Promise<number> {
  const args = process.argv.slice(2)
  const missing = [...(await missingServers()), ...missingCorpusPackages()]
  await installPackages(missing, { yes: args.includes('--install') })
  const vitest = join(repositoryRoot, 'node_modules/vitest/vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', ...args.filter((arg) => arg !== '--install')], {
    cwd: repositoryRoot,
    stdio: 'inherit',
  })
  process.on('SIGINT', () => undefined)
  const [code] = await once(child, 'exit')
  return code ?? 1
}

async function missingServers(): Promise<string[]> {
  const { HLSTATS_TEST_DATABASE_URL, HLSTATS_TEST_AMQP_URL } = process.env
  if (HLSTATS_TEST_DATABASE_URL && HLSTATS_TEST_AMQP_URL) return []
  const missing = missingPackages()
  return missing.length > 0 && (await dockerAnswers()) ? [] : missing
}

process.exitCode = await main()
