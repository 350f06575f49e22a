import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { cacheRoot, missingPackages } from '@hlstats/testkit'

const POLICY = '/usr/sbin/policy-rc.d'
const COMMAND = 'apt-get install -y --no-install-recommends'

/**
 * Installs the server programs that are missing, on Debian as root: after a yes, or without asking when that was said
 * before or there is nobody to ask. False when it may not or cannot; then it has said what to do instead.
 */
export async function installServers(options: { yes: boolean }): Promise<boolean> {
  const packages = missingPackages()
  if (packages.length === 0) return true
  const command = `${COMMAND} ${packages.join(' ')}`
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) {
    say(
      `No MariaDB/RabbitMQ was found. Install ${packages.join(' and ')} (on Debian: sudo ${command}), start Docker,`,
    )
    say('or set DATABASE_URL and AMQP_URL.')
    return false
  }
  say(`To get a MariaDB/RabbitMQ this would run: apt-get update && ${command}`)
  say('They are not started as services of this machine, only privately while they are needed.')
  if (!(await isWanted(options.yes))) return false
  return install(packages)
}

async function isWanted(yes: boolean): Promise<boolean> {
  if (yes || !process.stdin.isTTY) return true
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question('Do it? [y/N] ')
  terminal.close()
  return /^y(es)?$/i.test(answer.trim())
}

function install(packages: readonly string[]): boolean {
  const log = join(cacheRoot, 'apt-get.log')
  mkdirSync(dirname(log), { recursive: true })
  const output = openSync(log, 'w')
  const apt = (...args: string[]) => {
    say(`apt-get ${args.join(' ')} …`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    return spawnSync('apt-get', args, { env, stdio: ['ignore', output, output] }).status === 0
  }
  const done = withoutStartingServices(
    () => apt('update') && apt('install', '-y', '--no-install-recommends', ...packages),
  )
  if (!done)
    say(
      `${readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n')}\napt-get failed, see above and ${log}`,
    )
  return done
}

// Package scripts start what they install, through a service manager that a container may not even have. 101 forbids it.
function withoutStartingServices<T>(work: () => T): T {
  const isOurs = !existsSync(POLICY)
  if (isOurs) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    return work()
  } finally {
    if (isOurs) rmSync(POLICY, { force: true })
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
