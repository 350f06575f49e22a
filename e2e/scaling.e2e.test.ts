import { afterEach, beforeEach, expect, it } from 'vitest'
import { Simulation } from '../cli/src/simulation/simulation.ts'
import { TotalsCheck } from '../cli/src/totals-check.ts'
import { TestSystem } from './processes.ts'

const SERVERS = Array.from({ length: 8 }, (_, index) => `127.0.0.1:${27_015 + index}`)
const simulation = new Simulation({
  seed: 400,
  servers: SERVERS.length,
  addresses: SERVERS,
  games: ['cstrike'],
  startedAt: new Date('2026-11-21T20:00:00Z'),
})
const logs = simulation.servers.map((server) => ({ server: server.address, lines: server.take(1_000) }))

let system: TestSystem

beforeEach(async () => {
  system = await TestSystem.create()
  for (const server of SERVERS) await system.register('cstrike', {}, server)
  await system.start()
})

afterEach(() => system.stop())

/** A part of every log, one server after the other, in slices small enough to mix them. */
async function sendPart(from: number, to: number): Promise<void> {
  const slices = 10
  for (let slice = 0; slice < slices; slice++) {
    for (const { server, lines } of logs) {
      const at = (part: number) => Math.floor(lines.length * (from + ((to - from) * part) / slices))
      await system.send(
        lines.slice(at(slice), at(slice + 1)).map((line) => Buffer.from(line)),
        server,
      )
    }
  }
}

it('totals stay exact while player processes are added, stopped and killed under load', async () => {
  const check = await TotalsCheck.open(system.database, simulation)
  const first = system.service('player')
  const handled = async () => (await first.metric('hlstats_events_handled_total')) ?? 0

  await sendPart(0, 0.2)
  const joining = system.addReplica('player', 'player-1')
  await sendPart(0.2, 0.4)
  const second = await joining
  const before = await handled()

  // The first leaves in good order: the broker gives its partitions to the second.
  const leaving = first.stop()
  await sendPart(0.4, 0.6)
  expect(await leaving).toBe(true)
  first.start()
  await first.ready()
  await sendPart(0.6, 0.8)

  // The second dies: what it had and did not commit comes to the first again.
  const bySecond = (await second.metric('hlstats_events_handled_total')) ?? 0
  await second.kill()
  // The shadow dies too: what went by meanwhile waits in its queue, what it knew is forgotten, and nothing is made up.
  await system.service('shadow-consumer').kill()
  await sendPart(0.8, 0.9)
  system.service('shadow-consumer').start()
  await system.service('shadow-consumer').ready()
  await sendPart(0.9, 1)

  await system.settle(120_000)
  expect(await check.settle()).toEqual([])
  expect(before).toBeGreaterThan(0)
  expect(bySecond).toBeGreaterThan(0)
  expect(await handled()).toBeGreaterThan(0)
  expect(await system.rows('hlstats_Parked')).toEqual([])
  expect(await system.rows('hlstats_Stream_Holes')).toEqual([])
  expect(await system.shadowReport()).toMatchObject({ verdict: 'pass', findings: [] })
})
