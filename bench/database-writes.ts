// How fast batches of kills reach the tables: rows per second, processor time and statements per batch.
//   node bench/database-writes.ts [mysql://root@127.0.0.1:3306]
import { ensurePlayers, migrate, openDatabase, type UnitOfWork } from '@hlstats/database'
import { createMetrics, silentLogger } from '@hlstats/telemetry'
import { databaseUrl, withConnection } from '@hlstats/testkit'

const server = process.argv[2] ?? 'mysql://root@127.0.0.1:3306'
const name = `bench_${process.pid}`
const PLAYERS = 300
const WEAPONS = ['ak47', 'm4a1', 'awp', 'deagle', 'glock', 'usp', 'mp5navy', 'knife']

await withConnection(server, (connection) =>
  connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`),
)
const metrics = createMetrics()
const database = await openDatabase({ url: databaseUrl(server, name), logger: silentLogger(), metrics })
try {
  await migrate(database, { seed: true })
  const players = Array.from({ length: PLAYERS }, (_, index) => ({
    game: 'css',
    uniqueId: `0:${index}`,
    name: `Player ${index}`,
    createdAt: 1_700_000_000,
  }))
  const ids = [...(await ensurePlayers(database, players)).values()]
  for (const size of [1, 50, 500, 1_000]) await measure(size, ids)
} finally {
  await database.close()
  await withConnection(server, (connection) => connection.query(`DROP DATABASE ${name}`))
}

async function measure(size: number, ids: readonly number[]): Promise<void> {
  const statements = () => metrics.value('hlstats_database_statements_total')
  for (let turn = 0; turn < 5; turn += 1) await batch(size, ids)
  const batches = Math.min(400, Math.max(40, Math.round(20_000 / size)))
  const before = { statements: await statements(), cpu: process.cpuUsage(), at: performance.now() }
  for (let turn = 0; turn < batches; turn += 1) await batch(size, ids)
  const ms = (performance.now() - before.at) / batches
  const { user, system } = process.cpuUsage(before.cpu)
  const perBatch = ((await statements()) - before.statements) / batches
  console.log(
    `${size} kills a batch: ${Math.round((size / ms) * 1_000)} kills/s, ${ms.toFixed(1)} ms, ` +
      `${((user + system) / 1_000 / batches).toFixed(1)} ms of processor here, ${perBatch} statements`,
  )
}

function batch(size: number, ids: readonly number[]): Promise<void> {
  return database.runUnit(async (unit) => {
    for (let index = 0; index < size; index += 1) collectKill(unit, ids, index)
  })
}

function collectKill(unit: UnitOfWork, ids: readonly number[], index: number): void {
  const killerId = ids[(index * 13) % ids.length] ?? 0
  const victimId = ids[(index * 7 + 1) % ids.length] ?? 0
  const weapon = WEAPONS[index % WEAPONS.length] ?? ''
  const headshot = index % 3 === 0 ? 1 : 0
  unit.insertLater('hlstats_Events_Frags', {
    eventTime: '2024-05-01 10:11:12',
    serverId: 1 + (index % 16),
    map: 'de_dust2',
    killerId,
    victimId,
    weapon,
    headshot,
    killerRole: '',
    victimRole: '',
    pos_x: index,
    pos_y: -index,
    pos_z: 64,
    pos_victim_x: null,
    pos_victim_y: null,
    pos_victim_z: null,
  })
  unit.increment('hlstats_Players', { playerId: killerId }, { kills: 1, headshots: headshot, skill: 5 })
  unit.increment('hlstats_Players', { playerId: victimId }, { deaths: 1, skill: -5 })
  unit.increment('hlstats_Weapons', { game: 'css', code: weapon }, { kills: 1, headshots: headshot })
  unit.upsert('hlstats_Maps_Counts', { game: 'css', map: 'de_dust2' }, { kills: 1, headshots: headshot })
}
