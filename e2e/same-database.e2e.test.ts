import { addServer, type Database, parseServerAddress } from '@hlstats/database'
import { dumpTables, type TestDatabase, testDatabase } from '@hlstats/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Simulation } from '../cli/src/simulation/simulation.ts'
import { eventsOf, PRODUCT_VIEW } from './parity/replay.ts'
import { count } from './parity/run.ts'
import { TestSystem } from './processes.ts'

/** A server for each of the eight partitions; nobody plays on two of them. */
const SERVERS = Array.from({ length: 8 }, (_, index) => `127.0.0.1:${27_015 + index}`)
const GAMES = ['cstrike', 'cs2', 'tf', 'csgo']
const LINES = 600
const simulation = new Simulation({
  seed: 77,
  servers: SERVERS.length,
  addresses: SERVERS,
  games: GAMES,
  startedAt: new Date('2026-11-21T23:50:00Z'),
})
const logs = simulation.servers.map((server, index) => ({
  server: server.address,
  game: GAMES[index % GAMES.length] ?? '',
  lines: server.take(LINES),
}))

/** Tables that say how events came, not what they did, and the key that the test sets in one of the databases. */
const NOT_COUNTED = ['Stream_Positions', 'Stream_Holes', 'System', 'Options', 'Migrations']
const MAY_DIFFER = [
  // Which life of an ingress sent the last event, and when that had received it.
  'stream',
  'received_at',
  // Which of several servers showed a weapon first, by the order in which their batches came.
  'hlstats_Weapon_Discoveries.first_seen',
]

let system: TestSystem
let alone: TestDatabase

beforeAll(async () => {
  system = await TestSystem.create()
  alone = await testDatabase()
  for (const { server, game } of logs) {
    await system.register(game, {}, server)
    const address = parseServerAddress(server)
    await addServer(alone.database, { address, game, name: 'e2e', mod: '', settings: {} })
  }
})

afterAll(async () => {
  await system.stop()
  await alone.drop()
})

/** What one process makes of the logs, one after the other, without journal, broker or partitions. */
async function countAlone(database: Database): Promise<void> {
  for (const { server, lines } of logs) {
    await count(database, await eventsOf(database, [...lines], PRODUCT_VIEW, server))
  }
}

async function sendPart(from: number, to: number): Promise<void> {
  for (const { server, lines } of logs) {
    const part = lines.slice(Math.floor(lines.length * from), Math.floor(lines.length * to))
    await system.send(
      part.map((line) => Buffer.from(line)),
      server,
    )
  }
}

async function countedTables(database: Database): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_name LIKE 'hlstats\\_%' ORDER BY 1`,
  )
  return rows.map(({ name }) => name).filter((name) => !NOT_COUNTED.includes(name.replace('hlstats_', '')))
}

/** Rows that only one of the two databases has. */
function differences(table: string, wanted: readonly string[], counted: readonly string[]): string[] {
  const [alone, together] = [new Set(wanted), new Set(counted)]
  return [
    ...wanted.filter((row) => !together.has(row)).map((row) => `${table}: missing ${row}`),
    ...counted.filter((row) => !alone.has(row)).map((row) => `${table}: extra ${row}`),
    ...(wanted.length === counted.length ? [] : [`${table}: ${wanted.length} rows, not ${counted.length}`]),
  ]
}

it('three replicas of each service, of which one is killed, count what one process counts, table by table', async () => {
  await countAlone(alone.database)
  await system.start()
  const services = ['player', 'weapon', 'match'] as const
  const replicas = await Promise.all(services.flatMap((name) => [1, 2].map(() => system.addReplica(name))))
  await sendPart(0, 0.25)
  await sendPart(0.25, 0.5)
  const dying = replicas.filter((_, index) => index % 2 === 0)
  await Promise.all(dying.map((replica) => replica.kill()))
  await sendPart(0.5, 0.75)
  for (const replica of dying) replica.start()
  await sendPart(0.75, 1)
  await system.settle(120_000)

  const tables = await countedTables(alone.database)
  expect(await countedTables(system.database)).toEqual(tables)
  const wanted = await dumpTables(alone.database, tables, MAY_DIFFER)
  const counted = await dumpTables(system.database, tables, MAY_DIFFER)
  const wrong = tables.flatMap((table) => differences(table, wanted[table] ?? [], counted[table] ?? []))
  expect(wrong.slice(0, 20)).toEqual([])
  for (const table of ['Players', 'Events_Frags', 'Players_History', 'Player_Sessions', 'Rounds', 'Clans']) {
    expect(counted[`hlstats_${table}`]?.length, table).toBeGreaterThan(0)
  }
  expect(await system.rows('hlstats_Parked')).toEqual([])
  expect(await system.rows('hlstats_Stream_Holes')).toEqual([])
})
