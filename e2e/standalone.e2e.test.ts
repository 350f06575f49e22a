import { setTimeout as delay } from 'node:timers/promises'
import { goldSrcPacket, udpSender, until } from '@hlstats/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { seededRandom } from '../cli/src/simulation/random.ts'
import { Simulation } from '../cli/src/simulation/simulation.ts'
import { TotalsCheck } from '../cli/src/totals-check.ts'
import { TestStandalone } from './standalone-process.ts'

const STARTED_AT = new Date('2026-11-21T20:00:00Z')

let standalone: TestStandalone

afterEach(() => standalone.stop())

async function expectNothingLeftBehind(): Promise<void> {
  expect(await standalone.rows('hlstats_Parked')).toEqual([])
  expect(await standalone.rows('hlstats_Stream_Holes')).toEqual([])
}

describe('standalone', () => {
  it('counts each line once when it is killed at random moments', async () => {
    const simulation = new Simulation({ seed: 31, games: ['cstrike'], players: 16, startedAt: STARTED_AT })
    const lines = simulation.servers.flatMap((server) => server.take(6_000))
    standalone = await TestStandalone.create()
    await standalone.register('cstrike', {})
    await standalone.start()
    const check = await TotalsCheck.open(standalone.database, simulation)
    const kills = 5
    const seed = Math.floor(Math.random() * 2 ** 31)
    const random = seededRandom(seed)
    for (let part = 0; part <= kills; part++) {
      const share = lines.length / (kills + 1)
      const own = lines.slice(Math.floor(part * share), Math.floor((part + 1) * share))
      const send = () => standalone.send(own.map((line) => Buffer.from(line)))
      if (part === kills) {
        await send()
        break
      }
      const strike = async () => {
        await send()
        await standalone.journaled()
        // Somewhere inside the transactions, their COMMITs, the checkpoint, or after all of them.
        await delay(random.integer(0, 60))
        await standalone.service.kill()
      }
      // Once with the file locked, so that nothing of it can be committed before the kill.
      await (part === 0 ? standalone.database.transaction(strike) : strike())
      standalone.service.start()
      await standalone.service.ready(120_000)
    }
    await standalone.settle()
    expect(await check.settle(), `seed ${seed}`).toEqual([])
    await expectNothingLeftBehind()
  })

  it('loses no datagram of a burst while the database keeps its thread waiting', async () => {
    standalone = await TestStandalone.create()
    const { database, service, udpPort } = standalone
    const server = await udpSender()
    const simulation = new Simulation({
      seed: 32,
      games: ['csgo'],
      players: 20,
      addresses: [`127.0.0.1:${server.port}`],
      startedAt: STARTED_AT,
    })
    const lines = simulation.servers.flatMap((each) => each.take(6_000))
    await database.execute(
      "INSERT INTO hlstats_Servers (address, port, name, game) VALUES ('127.0.0.1', ?, 'burst', 'csgo')",
      [server.port],
    )
    await standalone.register('csgo', {})
    await standalone.start()
    const check = await TotalsCheck.open(database, simulation)
    // Nobody else can write before this is over, and SQLite waits for it without giving the thread back.
    await database.transaction(async () => {
      for (const line of lines) await server.send(goldSrcPacket(line), udpPort)
      const received = () => service.metric('hlstats_ingress_datagrams_received_total')
      await until(async () => (await received()) === lines.length, { what: 'every datagram to be received' })
      expect(await service.metric('hlstats_journal_waiting_records')).toBeGreaterThan(0)
    })
    server.close()
    await standalone.settle()
    expect(await check.settle()).toEqual([])
    await expectNothingLeftBehind()
  })

  it('stops in good order, and goes on where it stopped', async () => {
    const simulation = new Simulation({ seed: 33, games: ['cstrike'], players: 10, startedAt: STARTED_AT })
    const lines = simulation.servers.flatMap((server) => server.take(1_000))
    standalone = await TestStandalone.create()
    await standalone.register('cstrike', {})
    await standalone.start()
    const check = await TotalsCheck.open(standalone.database, simulation)
    const half = Math.floor(lines.length / 2)
    await standalone.send(lines.slice(0, half).map((line) => Buffer.from(line)))
    expect(await standalone.service.stop(20_000)).toBe(true)
    standalone.service.start()
    await standalone.service.ready(120_000)
    await standalone.send(lines.slice(half).map((line) => Buffer.from(line)))
    await standalone.settle()
    expect(await check.settle()).toEqual([])
  })
})
