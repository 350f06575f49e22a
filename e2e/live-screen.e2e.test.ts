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
  until,
} from '@hlstats/testkit'
import { afterEach, describe, expect, it } from 'vitest'

const ENTER = '\u001b[?1049h\u001b[?25l'
const LEAVE = '\u001b[?25h\u001b[?1049l'
const CTRL_C = '\u0003'

let terminal: ChildProcess | undefined
let folder: string
let shown: string

afterEach(() => {
  terminal?.kill('SIGKILL')
})

/** `npm start -- --demo` with a terminal of its own. */
async function startDemo(): Promise<ChildProcess> {
  folder = temporaryFolder('screen')
  shown = ''
  const { DATABASE_URL: _database, AMQP_URL: _broker, ...environment } = process.env
  const env = {
    ...environment,
    LC_ALL: 'C.UTF-8',
    STANDALONE_DATA_DIR: folder,
    STANDALONE_UDP_PORT: String(await freeUdpPort()),
    STANDALONE_HTTP_PORT: String(await freeTcpPort()),
  }
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
      const child = await startDemo()
      expect(shown.indexOf(ENTER)).toBeGreaterThan(shown.indexOf('mode: standalone'))
      expect(shown).toContain('127.0.0.1:')
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
      const child = await startDemo()
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
  },
)
