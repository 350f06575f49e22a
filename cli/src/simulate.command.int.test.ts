import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addServer, parseServerAddress } from '@hlstats/database'
import { sqliteTestDatabase, type TestDatabase, temporaryFolder } from '@hlstats/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHlstats } from '../../scripts/hlstats-command.ts'
import type { SimulatedTotals } from './simulation/simulated-totals.ts'
import { Simulation } from './simulation/simulation.ts'

let db: TestDatabase
let folder: string

beforeAll(async () => {
  db = await sqliteTestDatabase()
  folder = temporaryFolder('simulate')
})
afterAll(() => db.drop())

const simulate = (...args: string[]) => runHlstats(['simulate', ...args], { DATABASE_URL: db.url })

const withoutStamps = (lines: readonly string[]) =>
  lines.map((line) => line.replace(/^L [^"]*? - [\d:.]+(?::| -) /, ''))

describe('hlstats simulate', () => {
  it('writes the log of each server into a file of its own, and the totals', async () => {
    const [out, totals] = [join(folder, 'logs'), join(folder, 'totals.json')]
    await simulate(
      '--game',
      'css,tf',
      '--servers',
      '3',
      '--seed',
      '5',
      '--lines',
      '900',
      '--out',
      out,
      '--totals',
      totals,
    )
    const simulation = new Simulation({ seed: 5, servers: 3, games: ['css', 'tf'], startedAt: new Date() })
    for (const [index, server] of simulation.servers.entries()) {
      const log = readFileSync(join(out, `${server.game}-127.0.0.1-${27_015 + index}.log`), 'utf8')
      expect(withoutStamps(log.trimEnd().split('\n'))).toEqual(withoutStamps(server.take(300)))
    }
    const written = JSON.parse(readFileSync(totals, 'utf8')) as SimulatedTotals[]
    expect(written).toEqual(JSON.parse(JSON.stringify(simulation.totals())))
  })

  it('names the servers that are not registered, and those that play something else', async () => {
    await addServer(db.database, {
      address: parseServerAddress('127.0.0.1:27015'),
      game: 'tf',
      name: 'known',
      mod: '',
      settings: {},
    })
    await expect(simulate('--game', 'tf,css')).rejects.toThrow(/127\.0\.0\.1:27016 \(css\)\. Use --register/)
    await expect(simulate('--game', 'css')).rejects.toThrow('127.0.0.1:27015 plays tf, not css')
  })

  it.each([
    [['--lines', '5', '--rounds', '3'], '--lines and --rounds contradict each other'],
    [['--minutes', '1'], '--minutes needs --rate'],
    [['--out', 'x', '--check'], '--check is about lines that are sent'],
    [['--lines', 'many'], 'write a whole number above 0'],
    [['--game', 'css,chess'], 'game "chess" cannot be simulated: use one of'],
    [['--server', 'localhost'], '"localhost" is not an address'],
    [['--server', '127.0.0.1:65535', '--servers', '2'], 'ports above 65535'],
    [['--to', 'here'], '--to "here" is not host:port'],
  ])('refuses %j and says what to write', async (args, message) => {
    await expect(simulate(...args)).rejects.toThrow(message)
  })
})
