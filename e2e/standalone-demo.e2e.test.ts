import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { symlinkSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  findProgram,
  freeTcpPort,
  freeUdpPort,
  repositoryRoot,
  temporaryFolder,
  until,
} from '@hlstats/testkit'
import { afterEach, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const FIRST_LEADERBOARD_MS = 15_000
const SERVERS = ['rabbitmq-server', 'mariadbd', 'mysqld', 'docker', 'podman'] as const

// In a network of its own there is nothing but this machine's own address: what is installed and running is out of reach.
const OWN_NETWORK = [
  '--map-root-user',
  '--net',
  'sh',
  '-c',
  'ip link set lo up && PATH=$BARE && exec "$@"',
  'sh',
]
const hasOwnNetwork =
  spawnSync('unshare', [...OWN_NETWORK, '/bin/true'], { env: { ...process.env, BARE: '/' } }).status === 0

let started: ChildProcess | undefined

afterEach(() => {
  if (started?.pid !== undefined && started.exitCode === null) process.kill(-started.pid, 'SIGTERM')
})

/** Runs a command where there are Node, npm, git and a shell, and nothing else that could serve. */
function onBareMachine(command: readonly string[], settings: NodeJS.ProcessEnv = {}): ChildProcess {
  const bare = temporaryFolder('programs')
  symlinkSync(process.execPath, join(bare, 'node'))
  for (const name of ['npm', 'git', 'sh', 'cat']) {
    const path = findProgram(name)
    if (path === undefined) throw new Error(`${name} is not installed`)
    symlinkSync(path, join(bare, name))
  }
  const { DATABASE_URL: _database, AMQP_URL: _broker, ...environment } = process.env
  const options = { env: { ...environment, ...settings, BARE: bare }, cwd: repositoryRoot, detached: true }
  return hasOwnNetwork
    ? spawn('unshare', [...OWN_NETWORK, ...command], options)
    : spawn('/bin/sh', ['-c', 'PATH=$BARE && exec "$@"', 'sh', ...command], options)
}

function reading(child: ChildProcess): { text: string } {
  const read = { text: '' }
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      read.text += text
    })
  }
  return read
}

/** On a machine that has its processors to itself; where others run too, as much longer as they take from it. */
function allowedMs(): number {
  return FIRST_LEADERBOARD_MS * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism())
}

describe(`npm start -- --demo without server programs${hasOwnNetwork ? ' and network' : ' (those that run may be reached: no network namespaces here)'}`, () => {
  it('finds none of them', async () => {
    const probe = `for name in ${SERVERS.join(' ')}; do command -v $name; done
      for port in 5672 3306; do node -e 'require("node:net").connect(+process.argv[1], "127.0.0.1").on("connect", () => { console.log(process.argv[1]); process.exit() }).on("error", () => {})' $port; done
      echo looked`
    started = onBareMachine(['sh', '-c', probe])
    const said = reading(started)
    await once(started, 'close')
    expect(said.text.replace(hasOwnNetwork ? '' : /^\d+\n/gm, '')).toBe('looked\n')
  })

  it('shows a leaderboard that fills within 15 s, and in the end what was sent', async () => {
    const settings = {
      STANDALONE_DATA_DIR: temporaryFolder('demo'),
      STANDALONE_UDP_PORT: String(await freeUdpPort()),
      STANDALONE_LOG_HTTP_PORT: String(await freeTcpPort()),
      STANDALONE_HTTP_PORT: String(await freeTcpPort()),
    }
    const beganMs = performance.now()
    started = onBareMachine(['npm', 'start', '--', '--demo', '--once'], settings)
    const shown = reading(started)
    const ended = once(started, 'close')
    const rows = () => shown.text.match(/^1 {2}\S.* 1\d{3} +\d+ /gm) ?? []
    await until(() => rows().length > 0, { timeoutMs: 150_000, everyMs: 20, what: 'a leaderboard' })
    expect(performance.now() - beganMs).toBeLessThan(allowedMs())
    expect(await ended).toEqual([0, null])
    expect(new Set(rows()).size).toBeGreaterThan(3)
    expect(shown.text).toContain('mode: standalone (neither DATABASE_URL nor AMQP_URL is set)')
    expect(shown.text).toContain('the database matches what was sent')
    expect(shown.text).toMatch(/standalone\s+stopped/)
  })
})

it('npm start with a URL says that it runs the cluster, and why', async () => {
  const env = { ...process.env, DATABASE_URL: 'mysql://nobody@127.0.0.1:1/none' }
  const start = join(repositoryRoot, 'scripts/start.mjs')
  const { stdout } = await run(process.execPath, [start, '--help'], { env, cwd: repositoryRoot })
  expect(stdout).toContain('mode: cluster (DATABASE_URL')
})
