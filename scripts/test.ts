import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { dockerAnswers, missingPackages, repositoryRoot } from '@hlstats/testkit'
import { installServers } from './install-servers.ts'

// Everything, or what the arguments say to vitest. The backends come from libs/testkit; only installing is done here.
async function main(): Promise<number> {
  const args = process.argv.slice(2)
  const yes = args.includes('--install')
  if (await mustInstall()) await installServers({ yes })
  const vitest = join(repositoryRoot, 'node_modules/vitest/vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', ...args.filter((arg) => arg !== '--install')], {
    cwd: repositoryRoot,
    stdio: 'inherit',
  })
  process.on('SIGINT', () => undefined)
  const [code] = await once(child, 'exit')
  return code ?? 1
}

async function mustInstall(): Promise<boolean> {
  const { HLSTATS_TEST_DATABASE_URL, HLSTATS_TEST_AMQP_URL } = process.env
  if (HLSTATS_TEST_DATABASE_URL && HLSTATS_TEST_AMQP_URL) return false
  return missingPackages().length > 0 && !(await dockerAnswers())
}

process.exitCode = await main()
