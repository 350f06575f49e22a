import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '@hlstats/database'
import { createMetrics, silentLogger } from '@hlstats/telemetry'
import {
  findProgram,
  freeTcpPort,
  freeUdpPort,
  repositoryRoot,
  temporaryFolder,
  testBroker,
  testDatabase,
  until,
} from '@hlstats/testkit'
import { afterEach, describe, expect, it } from 'vitest'

const ENTER = '\u001b[?1049h\u001b[?25l'
const LEAVE = '\u001b[?25h\u001b[?1049l'
const CTRL_C = '\u0003'

let terminal: ChildProcess | undefined
let folder: string
let shown: string
let logHttpPort: number

afterEach(() => {
  terminal?.kill('SIGKILL')
})

/** `npm start -- --demo` or `npm run cluster -- --demo` with a terminal of its own. */
async function startDemo(settings: Readonly<Record<string, string>>): Promise<ChildProcess> {
  shown = ''
  const { DATABASE_URL: _database, AMQP_URL: _broker, ...environment } = process.env
  const env = { ...environment, LC_ALL: 'C.UTF-8', ...settings }
  const start = `exec '${process.execPath}' '${join(repositoryRoot, 'scripts/start.mjs')}' --demo --ui`
  const child = spawn('script', ['-q', '-f', '-e', '-c', start, '/dev/null'], { env, cwd: repositoryRoot })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text
  })
  terminal = child
  await until(() => /best players of /.test(shown) && /kills\/min [1-9]/.test(shown), {
    timeoutMs: 120_000,
    what: 'a leaderboard',
  })
  return child
}

async function startStandalone(): Promise<ChildProcess> {
  folder = temporaryFolder('screen')
  logHttpPort = await freeTcpPort()
  return startDemo({
    STANDALONE_DATA_DIR: folder,
    STANDALONE_UDP_PORT: String(await freeUdpPort()),
    STANDALONE_LOG_HTTP_PORT: String(logHttpPort),
    STANDALONE_HTTP_PORT: String(await freeTcpPort()),
  })
}

async function startCluster(urls: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const ports: Record<string, string> = {
    INGRESS_UDP_PORT: String(await freeUdpPort()),
    INGRESS_LOG_HTTP_PORT: String(await freeTcpPort()),
    INGRESS_JOURNAL_DIR: temporaryFolder('journal'),
  }
  for (const name of ['INGRESS', 'PLAYER', 'WEAPON', 'MATCH', 'SHADOW_CONSUMER']) {
    ports[`${name}_HTTP_PORT`] = String(await freeTcpPort())
  }
  return startDemo({ ...urls, ...ports })
}

/** Kills of the frag rows and of the server's total: the same when nothing was left half done. */
async function counted(): Promise<{ kills: number; frags: number }> {
  const url = `sqlite:${join(folder, 'hlstats.db')}`
  const database = await openDatabase({ url, logger: silentLogger(), metrics: createMetrics() })
  try {
    const [row] = await database.query<{ kills: number; frags: number }>(
      `SELECT (SELECT SUM(kills) FROM hlstats_Players) AS kills, (SELECT COUNT(*) FROM hlstats_Events_Frags) AS frags`,
    )
    return row ?? { kills: 0, frags: 0 }
  } finally {
    await database.close()
  }
}

const lock = () => join(folder, 'journal/lock')

describe.skipIf(findProgram('script') === undefined)(
  'the live screen (skipped without the program script)',
  () => {
    it('ends with Ctrl-C: everything counted, exit code 0, the terminal as it was', async () => {
      const child = await startStandalone()
      expect(shown.indexOf(ENTER)).toBeGreaterThan(shown.indexOf('mode: standalone'))
      expect(shown).toContain('127.0.0.1:')
      const posted = await fetch(`http://127.0.0.1:${logHttpPort}/nobodys-token`, {
        method: 'POST',
        body: 'x',
      })
      expect(posted.status).toBe(401)
      const ended = once(child, 'exit')
      child.stdin?.write(CTRL_C)
      expect(await ended).toEqual([0, null])
      expect(shown.slice(shown.lastIndexOf(LEAVE))).toMatch(/standalone\s+stopped/)
      expect(shown.lastIndexOf(LEAVE)).toBeGreaterThan(shown.lastIndexOf('best players'))
      expect(existsSync(lock())).toBe(false)
      const { kills, frags } = await counted()
      expect(kills).toBeGreaterThan(0)
      expect(frags).toBe(kills)
    })

    it('ends in good order when its terminal goes away', async () => {
      const child = await startStandalone()
      // The kernel hangs up on everything that the terminal was the last one of.
      child.kill('SIGKILL')
      await until(() => !existsSync(lock()) && !existsSync(join(folder, 'pid')), {
        timeoutMs: 30_000,
        what: 'journal and data folder to be given back',
      })
      const { kills, frags } = await counted()
      expect(kills).toBeGreaterThan(0)
      expect(frags).toBe(kills)
    })

    it('shows a cluster as well, and gives the terminal back when all its processes have ended', async () => {
      const [database, broker] = await Promise.all([testDatabase(), testBroker()])
      const child = await startCluster({ DATABASE_URL: database.url, AMQP_URL: broker.url })
      expect(shown).toContain('HLStats cluster · ready')
      const ended = once(child, 'exit')
      child.stdin?.write(CTRL_C)
      expect(await ended).toEqual([0, null])
      const after = shown.slice(shown.lastIndexOf(LEAVE))
      for (const name of ['ingress', 'player', 'weapon', 'match', 'shadow-consumer', 'cluster']) {
        expect(after).toMatch(new RegExp(`${name}\\s+stopped`))
      }
      await Promise.all([database.drop(), broker.drop()])
    })
  },
)
