import {
  missingRabbit,
  type PrivateRabbit,
  type ServiceProcess,
  startPrivateRabbit,
  until,
} from '@hlstats/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Simulation } from '../cli/src/simulation/simulation.ts'
import { TotalsCheck } from '../cli/src/totals-check.ts'
import { TestSystem } from './processes.ts'

const PARTITIONS = 8
const SERVERS = Array.from({ length: PARTITIONS }, (_, index) => `127.0.0.1:${27_015 + index}`)
const simulation = new Simulation({
  seed: 77,
  servers: SERVERS.length,
  addresses: SERVERS,
  games: ['cstrike'],
  startedAt: new Date('2026-11-21T20:00:00Z'),
})
const logs = simulation.servers.map((server) => ({ server: server.address, lines: server.take(300) }))

let broker: PrivateRabbit
let system: TestSystem

beforeEach(async () => {
  broker = await startPrivateRabbit({ release: '4' })
  system = await TestSystem.create({ amqpUrl: broker.url })
  for (const server of SERVERS) await system.register('cstrike', {}, server)
  await system.start()
})

afterEach(async () => {
  await system?.stop()
  await broker?.remove()
})

/** Partitions of the player service by the replica that the broker has made their active consumer. */
async function shares(): Promise<Record<string, number>> {
  const columns = ['queue_name', 'consumer_tag', 'active']
  const rows = (await broker.control('list_consumers', ...columns, '--silent')).trim().split('\n')
  const active = rows
    .map((row) => row.split('\t'))
    .filter(([queue, , isActive]) => queue?.startsWith('hlstats.player.p') && isActive === 'true')
  const found: Record<string, number> = {}
  for (const [, replica = ''] of active) found[replica] = (found[replica] ?? 0) + 1
  return found
}

/** Resolves when these replicas have all partitions, none of them more than its share. */
async function shared(...replicas: readonly string[]): Promise<void> {
  let seen: Record<string, number> = {}
  const most = Math.ceil(PARTITIONS / replicas.length)
  await until(
    async () => {
      seen = await shares()
      const counts = Object.values(seen)
      const isAll = counts.reduce((sum, count) => sum + count, 0) === PARTITIONS
      return isAll && Object.keys(seen).every((one) => replicas.includes(one)) && Math.max(...counts) <= most
    },
    { timeoutMs: 30_000 },
  ).catch((cause: unknown) => {
    throw new Error(`${replicas} share ${JSON.stringify(seen)}, and not at most ${most} each`, { cause })
  })
}

/** A part of every server's log. */
async function sendPart(from: number, to: number): Promise<void> {
  for (const { server, lines } of logs) {
    const part = lines.slice(Math.floor(lines.length * from), Math.floor(lines.length * to))
    await system.send(
      part.map((line) => Buffer.from(line)),
      server,
    )
  }
}

describe.skipIf((await missingRabbit('4')) !== undefined)('replicas on RabbitMQ 4', () => {
  it('share the partitions evenly when they are added, killed, stopped and started again, and totals stay exact', async () => {
    const check = await TotalsCheck.open(system.database, simulation)
    const replicas: ServiceProcess[] = [system.service('player')]
    const [p0, p1, p2, p3] = ['player-0', 'player-1', 'player-2', 'player-3'] as const
    let sent = 0
    /** Changes something while a part of the logs is on its way. */
    const during = async (change: () => Promise<unknown>) => {
      const sending = sendPart(sent, sent + 0.1)
      sent += 0.1
      await Promise.all([sending, change()])
    }
    await shared(p0)
    for (const [name, ...present] of [
      [p1, p0],
      [p2, p0, p1],
      [p3, p0, p1, p2],
    ] as const) {
      await during(async () => replicas.push(await system.addReplica('player')))
      await shared(name, ...present)
    }
    const [first, second, third] = replicas as [ServiceProcess, ServiceProcess, ServiceProcess]
    await during(() => second.kill())
    await shared(p0, p2, p3)
    await during(() => first.stop())
    await shared(p2, p3)
    second.start()
    first.start()
    await during(() => Promise.all([first.ready(), second.ready()]))
    await shared(p0, p1, p2, p3)
    await during(() => third.kill('SIGKILL'))
    await shared(p0, p1, p3)
    await sendPart(sent, 1)
    await system.settle(120_000)
    expect(await check.settle()).toEqual([])
    expect(await system.rows('hlstats_Parked')).toEqual([])
    expect(await system.rows('hlstats_Stream_Holes')).toEqual([])
    expect(await system.shadowReport()).toMatchObject({ verdict: 'pass', findings: [] })
  })
})
