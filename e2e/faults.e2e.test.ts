import { type PrivateRabbit, startPrivateRabbit } from '@hlstats/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Simulation } from '../cli/src/simulation/simulation.ts'
import { TotalsCheck } from '../cli/src/totals-check.ts'
import { TestSystem } from './processes.ts'

const simulation = new Simulation({
  seed: 23,
  games: ['cstrike'],
  players: 16,
  startedAt: new Date('2026-11-21T20:00:00Z'),
})
const lines = simulation.servers.flatMap((server) => server.take(1_500))

let broker: PrivateRabbit
let system: TestSystem

beforeEach(async () => {
  broker = await startPrivateRabbit()
  system = await TestSystem.create({ amqpUrl: broker.url })
  await system.register('cstrike', {})
  await system.start()
})

afterEach(async () => {
  await system.stop()
  await broker.remove()
})

/** Sends a part of the match: from 0.25 to 0.5 is the second quarter. */
async function sendPart(from: number, to: number): Promise<void> {
  const part = lines.slice(Math.floor(lines.length * from), Math.floor(lines.length * to))
  await system.send(part.map((line) => Buffer.from(line)))
}

async function expectTotals(check: TotalsCheck): Promise<void> {
  await system.settle(120_000)
  expect(await check.settle()).toEqual([])
  expect(await system.rows('hlstats_Parked')).toEqual([])
  expect(await system.rows('hlstats_Stream_Holes')).toEqual([])
  expect(await system.shadowReport()).toMatchObject({ verdict: 'pass', findings: [] })
}

describe('the totals of a match are what was sent', () => {
  it.each(['player', 'weapon', 'match'] as const)(
    'when the %s service is killed and started again',
    async (name) => {
      const check = await TotalsCheck.open(system.database, simulation)
      await sendPart(0, 0.4)
      await system.service(name).kill()
      await sendPart(0.4, 0.7)
      system.service(name).start()
      await sendPart(0.7, 1)
      await expectTotals(check)
    },
  )

  it('when the broker is killed and started again', async () => {
    const check = await TotalsCheck.open(system.database, simulation)
    await sendPart(0, 0.4)
    await broker.kill()
    await sendPart(0.4, 0.7)
    await broker.start()
    await sendPart(0.7, 1)
    await expectTotals(check)
  })

  it('when ingress is killed between two datagrams and started again', async () => {
    const check = await TotalsCheck.open(system.database, simulation)
    const ingress = system.service('ingress')
    for (const [from, to] of [
      [0, 0.3],
      [0.3, 0.6],
    ] as const) {
      await sendPart(from, to)
      await system.journaled()
      await ingress.kill()
      ingress.start()
      await ingress.ready()
    }
    await sendPart(0.6, 1)
    await expectTotals(check)
  })

  it('when player, then the broker, then ingress are killed and started again', async () => {
    const check = await TotalsCheck.open(system.database, simulation)
    const [player, ingress] = [system.service('player'), system.service('ingress')]
    await sendPart(0, 0.2)
    await player.kill()
    await sendPart(0.2, 0.4)
    player.start()
    await broker.kill()
    await sendPart(0.4, 0.6)
    await system.journaled()
    await ingress.kill()
    ingress.start()
    await ingress.ready()
    await sendPart(0.6, 0.8)
    await broker.start()
    await sendPart(0.8, 1)
    await expectTotals(check)
  })
})
