import { createMetrics, silentLogger } from '@hlstats/telemetry'
import { emptyTestDatabase, sqliteTestDatabase, type TestDatabase } from '@hlstats/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { copyDatabase, type Database, ensurePlayers, migrate, openDatabase } from './index.ts'

let source: TestDatabase
let target: Database
let place: Awaited<ReturnType<typeof emptyTestDatabase>>

beforeEach(async () => {
  source = await sqliteTestDatabase()
  place = await emptyTestDatabase()
  target = await openDatabase({ url: place.url, logger: silentLogger(), metrics: createMetrics() })
})

afterEach(async () => {
  await target.close()
  await place.drop()
  await source.drop()
})

const NAMES = ['Zoë "x"', '🎯 aim', "O'Neill\\", '名無しさん']

async function play(): Promise<void> {
  const { database } = source
  await database.runUnit(async (unit) => {
    const players = NAMES.map((name, index) => ({
      game: 'css',
      uniqueId: `0:${index}`,
      name,
      createdAt: 5,
      bot: false,
    }))
    const ids = [...(await ensurePlayers(database, players)).values()]
    for (const [index, playerId] of ids.entries()) {
      unit.increment('hlstats_Players', { playerId }, { kills: index + 1, skill: -index })
      unit.upsert(
        'hlstats_PlayerNames',
        { playerId, name: NAMES[index] ?? '' },
        { kills: index + 1 },
        { lastuse: '2026-05-01 10:00:00' },
      )
    }
    for (let kill = 0; kill < 2_500; kill++) {
      unit.insertLater('hlstats_Events_Frags', {
        killerId: ids[kill % 4] ?? 0,
        weapon: 'ak47',
        eventTime: '2026-05-01 10:00:00',
      })
    }
  })
}

const READ = [
  'SELECT playerId, lastName, kills, skill, createdate FROM hlstats_Players ORDER BY playerId',
  'SELECT playerId, name, kills, lastuse FROM hlstats_PlayerNames ORDER BY playerId',
  'SELECT id, killerId, weapon, eventTime FROM hlstats_Events_Frags ORDER BY id',
  'SELECT weaponId, game, code, modifier FROM hlstats_Weapons ORDER BY weaponId',
  'SELECT name, value FROM hlstats_System ORDER BY name',
]

it('keeps every row, its id and its moments', async () => {
  await play()
  const report = await copyDatabase(source.database, target)
  expect(report.get('hlstats_Events_Frags')).toBe(2_500)
  for (const sql of READ) expect(await target.query(sql)).toEqual(await source.database.query(sql))
})

it('gives new rows of the target numbers behind the copied ones', async () => {
  await play()
  await copyDatabase(source.database, target)
  const ids = await ensurePlayers(target, [
    { game: 'css', uniqueId: '0:9', name: 'new', createdAt: 5 } as never,
  ])
  expect([...ids.values()]).toEqual([NAMES.length + 1])
})

it('touches no database that somebody counts into', async () => {
  await copyDatabase(source.database, target)
  await target.execute(
    "INSERT INTO hlstats_Servers (address, port, name, game) VALUES ('192.0.2.1', 1, 'x', 'css')",
  )
  await expect(copyDatabase(source.database, target)).rejects.toThrow('hlstats_Servers already')
})

it('says what differs where the target does not take rows as they are, and takes them in a second try', async () => {
  await play()
  await migrate(target)
  await target.execute(
    'CREATE TRIGGER counts BEFORE INSERT ON hlstats_Players FOR EACH ROW SET NEW.kills = NEW.kills + 1',
  )
  await expect(copyDatabase(source.database, target)).rejects.toThrow(
    'hlstats_Players differs after the copy (sum of kills 10 against 14)',
  )
  await target.execute('DROP TRIGGER counts')
  expect((await copyDatabase(source.database, target)).get('hlstats_Players')).toBe(4)
})

it('begins again where a copy broke off', async () => {
  await play()
  await target.close()
  target = await openDatabase({ url: place.url, logger: silentLogger(), metrics: createMetrics() })
  await copyDatabase(source.database, target)
  await target.execute("INSERT INTO hlstats_System (name, value) VALUES ('copy', 'running')")
  await target.execute('DELETE FROM hlstats_Events_Frags WHERE id > 1000')
  await copyDatabase(source.database, target)
  expect(await target.query('SELECT COUNT(*) AS n FROM hlstats_Events_Frags')).toEqual([{ n: 2_500 }])
})
