import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { cacheRoot } from '@hlstats/testkit'

const POLICY = '/usr/sbin/policy-rc.d'
const COMMAND = 'apt-get install -y --no-install-recommends'

/**
 * Installs Debian packages, as root: after a yes, or without asking when that was said before or there is nobody to ask.
 * False when it may not or cannot; then it has said what to do instead.
 */
export async function installPackages(
  packages: readonly string[],
  options: { yes: boolean },
): Promise<boolean> {
  if (packages.length === 0) return true
  const command = `${COMMAND} ${packages.join(' ')}`
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) {
    say(`Missing on this machine: ${packages.join(', ')} (on Debian: sudo ${command}).`)
    say('Without MariaDB and RabbitMQ of its own it needs Docker, or their URLs in the environment.')
    return false
  }
  say(`What is missing here is installed by: apt-get update && ${command}`)
  say('Servers are not started as services of this machine, only privately while they are needed.')
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
