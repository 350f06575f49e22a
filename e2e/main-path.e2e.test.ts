import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { corpusLog, goldSrcPacket, udpSender } from '@hlstats/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { logLines } from '../cli/src/log-lines.ts'
import type { SimulatedTotals } from '../cli/src/simulation/simulated-totals.ts'
import { Simulation } from '../cli/src/simulation/simulation.ts'
import { TotalsCheck } from '../cli/src/totals-check.ts'
import { readSections } from './parity/actual.ts'
import { readGolden } from './parity/golden.ts'
import { killLines, REAL_LOGS, scores, weapons } from './real-logs.ts'
import { type CountingSystem, SYSTEMS } from './systems.ts'

let system: CountingSystem

afterEach(() => system.stop())

async function expectNothingLeftBehind(): Promise<void> {
  expect(await system.rows('hlstats_Parked')).toEqual([])
  expect(await system.rows('hlstats_Stream_Holes')).toEqual([])
}

describe.each(SYSTEMS)('a log of our own in $kind', ({ create }) => {
  const fixtures = join(import.meta.dirname, 'fixtures')
  const log = readFileSync(join(fixtures, 'cstrike-match.log'))
  const totals: SimulatedTotals = JSON.parse(readFileSync(join(fixtures, 'cstrike-match.json'), 'utf8'))

  it('is counted line by line, whatever the names and the chat hold', async () => {
    system = await create()
    await system.register('cstrike', { MinPlayers: '2' })
    await system.start()
    const check = await TotalsCheck.open(system.database, { totals: () => [totals] })
    await system.send(logLines(log))
    expect(await check.settle()).toEqual([])
    await system.settle()
    await expectNothingLeftBehind()
    const names = await system.database.query<{ name: string }>(
      `SELECT p.lastName AS name FROM hlstats_Players p JOIN hlstats_PlayerUniqueIds u USING (playerId)
        WHERE u.uniqueId NOT LIKE 'BOT:%'`,
    )
    expect(names.map(({ name }) => name).sort()).toEqual(totals.players.map(({ name }) => name).sort())
  })
})

describe.each(SYSTEMS)('a simulated match in $kind', ({ create }) => {
  it('is counted when the game server itself sends it', async () => {
    system = await create()
    const server = await udpSender()
    const simulation = new Simulation({
      seed: 11,
      games: ['csgo'],
      addresses: [`127.0.0.1:${server.port}`],
      startedAt: new Date('2026-11-21T20:00:00Z'),
    })
    await system.database.execute(
      "INSERT INTO hlstats_Servers (address, port, name, game) VALUES ('127.0.0.1', ?, 'own address', 'csgo')",
      [server.port],
    )
    await system.start()
    const check = await TotalsCheck.open(system.database, simulation)
    for (const line of simulation.servers[0]?.take(800) ?? []) {
      await server.send(goldSrcPacket(line), system.udpPort)
    }
    server.close()
    expect(await check.settle()).toEqual([])
    await system.settle()
    await expectNothingLeftBehind()
  })
})

describe.each(SYSTEMS)('a real log in $kind (skipped where ../shared/corpus is missing)', ({ create }) => {
  it.skipIf(corpusLog(REAL_LOGS[0][1]) === undefined).each(REAL_LOGS)(
    'of %s gives what the Perl daemon counted',
    async (_game, path) => {
      const log = corpusLog(path) ?? Buffer.alloc(0)
      const golden = readGolden(`${path.replaceAll(/[^\w.+-]/g, '_')}.json`)
      system = await create()
      const { MinPlayers, IgnoreBots, server } = golden.settings
      await system.register(golden.game, {
        ...server,
        // Reading from standard input, as it did for these results, the Perl daemon never sees a bonus round.
        BonusRoundIgnore: '0',
        MinPlayers: String(MinPlayers),
        IgnoreBots: String(IgnoreBots),
      })
      await system.start()
      await system.send(logLines(log))
      await system.settle()
      const counted = await readSections(system.database)
      expect(killLines(counted)).toBe(killLines(golden.sections))
      expect(scores(counted)).toEqual(scores(golden.sections))
      expect(weapons(counted)).toEqual(weapons(golden.sections))
      await expectNothingLeftBehind()
    },
  )
})
