import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { until } from '@hlstats/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { seededRandom } from '../cli/src/simulation/random.ts'
import { runHlstats } from '../scripts/hlstats-command.ts'
import { TestStandalone } from './standalone-process.ts'

// A weapon whose kills the tables refuse while the trigger is there.
const POISON = 'poison'
const STAMP = 'L 11/21/2026 - 20:00:00: '

let standalone: TestStandalone

afterEach(() => standalone.stop())

const player = (number: number) => `"P${number}<${number}><STEAM_0:0:${number}><CT>"`
const kill = (weapon: string) =>
  Buffer.from(`${STAMP}${player(1)} killed "P2<2><STEAM_0:0:2><TERRORIST>" with "${weapon}"`)

async function startedStandalone(): Promise<void> {
  standalone = await TestStandalone.create()
  await standalone.register('cstrike', { MinPlayers: '1' })
  await standalone.start()
}

/** Sends a good kill, a poisoned one and a good one; resolves with the id of what was parked. */
async function parkOne(): Promise<number> {
  const { database } = standalone
  await database.execute(
    `CREATE TRIGGER poison BEFORE INSERT ON hlstats_Events_Frags WHEN NEW.weapon = '${POISON}'
       BEGIN SELECT RAISE(ABORT, 'poison'); END`,
  )
  await standalone.send([kill('ak47'), kill(POISON), kill('ak47')])
  await standalone.settle()
  await database.execute('DROP TRIGGER poison')
  const parked = await database.query<{ id: number; service: string }>(
    "SELECT id, service FROM hlstats_Parked WHERE state = 'parked'",
  )
  expect(parked).toMatchObject([{ service: 'player' }])
  return parked[0]?.id ?? 0
}

const hlstats = (...args: string[]) => runHlstats(args, { DATABASE_URL: standalone.databaseUrl })

const stateOf = async (id: number) =>
  (
    await standalone.database.query<{ state: string }>('SELECT state FROM hlstats_Parked WHERE id = ?', [id])
  )[0]?.state

async function kills(): Promise<{ frags: number; kills: number; skill: number }[]> {
  return standalone.database.query(
    `SELECT (SELECT COUNT(*) FROM hlstats_Events_Frags) AS frags, kills FROM hlstats_Players
      WHERE lastName = 'P1'`,
  )
}

function control(): { url: string; key: string } {
  return JSON.parse(readFileSync(join(standalone.folder, 'control.json'), 'utf8'))
}

function ask(body: unknown, key = control().key): Promise<Response> {
  return fetch(`${control().url}/operations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

describe('a parked event of standalone', () => {
  it('takes effect once, asked for again and again while the process is killed at random moments', async () => {
    await startedStandalone()
    const id = await parkOne()
    const seed = Math.floor(Math.random() * 2 ** 31)
    const random = seededRandom(seed)
    for (let round = 0; round < 3; round++) {
      const asked = [ask({ what: 'replayParked', ids: [id] }), ask({ what: 'replayParked', ids: [id, id] })]
      const answered = Promise.allSettled(asked)
      await delay(random.integer(0, 25))
      await standalone.service.kill()
      await answered
      await standalone.start()
    }
    await (await ask({ what: 'replayParked', ids: [id] })).json()
    expect(await stateOf(id), `seed ${seed}`).toBe('replayed')
    expect(await kills(), `seed ${seed}`).toEqual([{ frags: 3, kills: 3 }])
  })

  it('is replayed and discarded by the command line through the running process', async () => {
    await startedStandalone()
    const first = await parkOne()
    expect(await hlstats('parked', 'list')).toContain('PLAYER_KILL')
    expect(await hlstats('parked', 'replay', String(first))).toBe(`${first}: took effect`)
    await expect(hlstats('parked', 'replay', String(first))).rejects.toThrow('is replayed already')
    expect(await kills()).toEqual([{ frags: 3, kills: 3 }])
    const second = await parkOne()
    expect(await hlstats('parked', 'discard', String(second))).toBe(`${second}: discarded`)
    expect(await stateOf(second)).toBe('discarded')
    expect(await kills()).toEqual([{ frags: 5, kills: 5 }])
  })

  it('is replayed on the file itself when nothing runs, once', async () => {
    await startedStandalone()
    const id = await parkOne()
    expect(await standalone.service.stop(20_000)).toBe(true)
    expect(await hlstats('parked', 'replay', String(id))).toBe(`${id}: took effect`)
    await expect(hlstats('parked', 'replay', String(id))).rejects.toThrow('is replayed already')
    await standalone.start()
    expect(await kills()).toEqual([{ frags: 3, kills: 3 }])
  })
})

describe('the command line beside standalone', () => {
  it('registers a server through the running process, which then counts it', async () => {
    standalone = await TestStandalone.create()
    await standalone.start()
    const added = await hlstats(
      'servers',
      'add',
      '127.0.0.1:27015',
      '--game',
      'cstrike',
      '--set',
      'MinPlayers=1',
    )
    expect(added).toContain('127.0.0.1:27015, cstrike')
    await until(
      async () => {
        await standalone.send([kill('ak47')])
        return ((await kills())[0]?.kills ?? 0) > 0
      },
      { what: 'the server to be known' },
    )
    await expect(hlstats('servers', 'add', '127.0.0.1:27015', '--game', 'cstrike')).rejects.toThrow(
      'is registered already',
    )
  })

  it('keeps its hands off a file that a process counts into and that does not let it in', async () => {
    await startedStandalone()
    await standalone.service.kill('SIGSTOP')
    await expect(hlstats('migrate')).rejects.toThrow('belongs to the running process')
    await standalone.service.kill('SIGCONT')
  })

  it('is let in by a key that only the owner of the database file can read', async () => {
    await startedStandalone()
    expect(statSync(join(standalone.folder, 'control.json')).mode & 0o777).toBe(0o600)
    const refused = await ask({ what: 'discardParked', id: 1 }, 'guessed')
    expect(refused.status).toBe(403)
    expect((await ask({ what: 'dropEverything' })).status).toBe(400)
    expect(await standalone.service.stop(20_000)).toBe(true)
    expect(() => control()).toThrow('ENOENT')
  })
})
