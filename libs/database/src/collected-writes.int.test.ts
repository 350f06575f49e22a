import { createMetrics, type Metrics, silentLogger } from '@hlstats/telemetry'
import { type TestDatabase, testDatabaseKinds } from '@hlstats/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase, type UnitOfWork } from './index.ts'

const PLAYERS = 'hlstats_Players'

let test: TestDatabase
let database: Database
let metrics: Metrics

async function aPlayerRow(values: { kills?: number; skill?: number } = {}): Promise<number> {
  const { playerId } = await database.prisma.player.create({
    data: { game: 'css', lastName: 'Gordon', ...values },
  })
  return playerId
}

const playerRow = (playerId: number) => database.prisma.player.findUniqueOrThrow({ where: { playerId } })

const statements = () => metrics.value('hlstats_database_statements_total')

describe.each(testDatabaseKinds)('collected writes on $kind', ({ open }) => {
  beforeAll(async () => {
    test = await open()
    metrics = createMetrics()
    database = await openDatabase({ url: test.url, logger: silentLogger(), metrics })
  })

  afterAll(async () => {
    await database.close()
    await test.drop()
  })

  beforeEach(async () => {
    for (const table of [PLAYERS, 'hlstats_PlayerNames', 'hlstats_Maps_Counts', 'hlstats_Events_Frags']) {
      await database.execute(`DELETE FROM ${table}`)
    }
  })

  it('stop an unsigned column at zero at every single addition', async () => {
    const playerId = await aPlayerRow({ skill: 5, kills: 1 })
    await database.runUnit(async (unit) => {
      unit.increment(PLAYERS, { playerId }, { skill: -10, kills: -3, last_skill_change: -7 })
      unit.increment(PLAYERS, { playerId }, { skill: 10 })
    })
    expect(await playerRow(playerId)).toMatchObject({ skill: 10, kills: 0, lastSkillChange: -7 })
  })

  it('leave a counter that is full at the most that its column holds', async () => {
    const most = 2 ** 32 - 1
    const playerId = await aPlayerRow({ kills: most - 1 })
    const add = (changes: Record<string, number>) =>
      database.runUnit(async (unit) => unit.increment(PLAYERS, { playerId }, changes))
    await add({ kills: 2, last_skill_change: 2 ** 31 - 1 })
    await add({ kills: 2 ** 31, last_skill_change: 1 })
    expect(await playerRow(playerId)).toMatchObject({ kills: most, lastSkillChange: 2 ** 31 - 1 })
    await add({ kills: -1 })
    expect(await playerRow(playerId)).toMatchObject({ kills: most - 1 })
  })

  it('do not bring back what an admin deleted', async () => {
    await database.runUnit(async (unit) => {
      unit.increment(PLAYERS, { playerId: 999 }, { kills: 1 })
      unit.assign(PLAYERS, { playerId: 999 }, { lastName: 'nobody' })
      unit.raise(PLAYERS, { playerId: 999 }, { kill_streak: 3 })
    })
    expect(await database.prisma.player.count()).toBe(0)
  })

  it('change different columns of different rows in one statement', async () => {
    const ids = [await aPlayerRow(), await aPlayerRow({ skill: 1 }), await aPlayerRow()]
    const [first = 0, second = 0, third = 0] = ids
    await playerRow(first)
    await database.query('SELECT 1')
    const before = await metrics.value('hlstats_database_statements_total', { verb: 'update' })
    await database.runUnit(async (unit) => {
      unit.increment(PLAYERS, { playerId: first }, { kills: 1 })
      unit.raise(PLAYERS, { playerId: first }, { kill_streak: 4 })
      unit.increment(PLAYERS, { playerId: second }, { skill: -5 })
      unit.assign(PLAYERS, { playerId: second }, { lastName: 'Alyx', lat: 1.5 })
      unit.assign(PLAYERS, { playerId: third }, { skill: 2000, email: null })
    })
    expect(await metrics.value('hlstats_database_statements_total', { verb: 'update' })).toBe(before + 1)
    expect(await playerRow(first)).toMatchObject({ kills: 1, killStreak: 4, lastName: 'Gordon', skill: 1000 })
    expect(await playerRow(second)).toMatchObject({ skill: 0, lastName: 'Alyx', lat: 1.5 })
    expect(await playerRow(third)).toMatchObject({ skill: 2000, email: null, kills: 0 })
  })

  it('raise a moment to the later one', async () => {
    await database.runUnit(async (unit) => {
      const key = { playerId: 1, name: 'Gordon' }
      unit.upsert('hlstats_PlayerNames', key, { numuses: 1 }, { lastuse: '2024-05-01 10:00:00' })
      unit.raise('hlstats_PlayerNames', key, { lastuse: '2024-05-01 09:00:00' })
    })
    await database.runUnit(async (unit) => {
      unit.raise('hlstats_PlayerNames', { playerId: 1, name: 'GORDON ' }, { lastuse: '2024-05-02 00:00:00' })
    })
    expect(await database.prisma.playerName.findMany()).toEqual([
      expect.objectContaining({ name: 'Gordon', useCount: 1, lastUse: new Date('2024-05-02T00:00:00Z') }),
    ])
  })

  it('take twins by case, accent and trailing space for one row', async () => {
    await database.runUnit(async (unit) => {
      for (const name of ['Zoë', 'ZOE', 'zoé ', 'Zoe\u200b']) {
        unit.upsert('hlstats_PlayerNames', { playerId: 1, name }, { numuses: 1 })
      }
    })
    const rows = await database.prisma.playerName.findMany()
    expect(rows.map(({ name, useCount }) => [name, useCount])).toEqual([['Zoë', 4]])
  })

  it('make missing rows without using up auto-increment numbers for those that exist', async () => {
    const play = (map: string) =>
      database.runUnit(async (unit) =>
        unit.upsert('hlstats_Maps_Counts', { game: 'css', map }, { kills: 1, headshots: 0 }),
      )
    for (let round = 0; round < 5; round += 1) await play('de_dust2')
    await play('de_nuke')
    const [dust, nuke] = await database.prisma.mapCount.findMany({ orderBy: { rowId: 'asc' } })
    expect(dust).toMatchObject({ map: 'de_dust2', kills: 5 })
    expect(nuke).toMatchObject({ map: 'de_nuke', kills: 1, rowId: (dust?.rowId ?? 0) + 1 })
  })

  it('keep the order of writes that would not give the same the other way round', async () => {
    const key = { game: 'css', map: 'de_train' }
    await database.runUnit(async (unit) => {
      unit.increment('hlstats_Maps_Counts', key, { kills: 50 })
      unit.insertLater('hlstats_Maps_Counts', { ...key, kills: 1, headshots: 0 })
      unit.increment('hlstats_Maps_Counts', key, { kills: 1 })
      unit.assign('hlstats_Maps_Counts', { game: 'css', map: 'de_aztec' }, { kills: 9 })
      unit.upsert('hlstats_Maps_Counts', { game: 'css', map: 'de_aztec' }, { kills: 1 }, { headshots: 4 })
    })
    const rows = await database.prisma.mapCount.findMany({ orderBy: { map: 'asc' } })
    expect(rows).toMatchObject([
      { map: 'de_aztec', kills: 1, headshots: 4 },
      { map: 'de_train', kills: 2 },
    ])
  })

  it('are split into statements that the server takes: 10,000 rows, and rows of a megabyte', async () => {
    await database.runUnit(async (unit) => {
      for (let index = 0; index < 10_000; index += 1) {
        unit.insertLater('hlstats_Events_Frags', {
          killerId: index,
          weapon: 'ak47',
          map: 'de_dust2',
          serverId: 1,
        })
        unit.upsert('hlstats_PlayerNames', { playerId: index, name: 'x' }, { kills: 1 })
      }
      for (let index = 0; index < 40; index += 1) {
        unit.insertLater('hlstats_Parked', {
          service: 'player',
          event_id: `s.1.${index}`,
          partition_no: 0,
          stream: 's',
          payload: '\'"\\'.repeat(350_000),
          code: 'EVENT_SCHEMA',
          message: '',
        })
      }
    })
    expect(await database.prisma.fragEvent.count()).toBe(10_000)
    expect(await database.query('SELECT SUM(kills) AS kills FROM hlstats_PlayerNames')).toEqual([
      { kills: 10_000 },
    ])
    const [parked] = await database.query(
      'SELECT COUNT(*) AS n, MIN(LENGTH(payload)) AS bytes FROM hlstats_Parked',
    )
    expect(parked).toEqual({ n: 40, bytes: 1_050_000 })
  })

  it('need the same few statements for 50 kills as for 500', async () => {
    const ids = await Promise.all(Array.from({ length: 32 }, () => aPlayerRow()))
    const batch = async (kills: number) => {
      const before = await statements()
      await database.runUnit(async (unit) => {
        for (let index = 0; index < kills; index += 1) {
          const [killer = 0, victim = 0] = [ids[index % 32], ids[(index * 7 + 1) % 32]]
          unit.insertLater('hlstats_Events_Frags', { killerId: killer, victimId: victim, weapon: 'ak47' })
          unit.increment(PLAYERS, { playerId: killer }, { kills: 1, skill: 5 })
          unit.increment(PLAYERS, { playerId: victim }, { deaths: 1, skill: -5 })
          unit.upsert('hlstats_Maps_Counts', { game: 'css', map: 'de_dust2' }, { kills: 1, headshots: 0 })
          unit.increment('hlstats_Weapons', { game: 'css', code: 'ak47' }, { kills: 1 })
        }
      })
      return (await statements()) - before
    }
    await batch(1)
    // Two inserts or updates, the look for the map's row, its update and the weapon's.
    expect(await batch(50)).toBe(5)
    expect(await batch(500)).toBe(5)
  })

  it.each([
    ['a table', (unit: UnitOfWork) => unit.insertLater('hlstats_Nothing', { id: 1 })],
    ['a column', (unit: UnitOfWork) => unit.insertLater(PLAYERS, { 'kills = 1 --': 1 })],
    ['a key', (unit: UnitOfWork) => unit.increment(PLAYERS, { lastName: 'Gordon' }, { kills: 1 })],
    [
      'a property of every object',
      (unit: UnitOfWork) => unit.assign(PLAYERS, { playerId: 1 }, { constructor: 1 } as never),
    ],
    ['a sum of texts', (unit: UnitOfWork) => unit.increment(PLAYERS, { playerId: 1 }, { lastName: 1 })],
    ['a sum of what may be NULL', (unit: UnitOfWork) => unit.increment(PLAYERS, { playerId: 1 }, { icq: 1 })],
  ])('refuse %s that the schema does not have', async (_, write) => {
    const refused = database.runUnit(async (unit) => write(unit))
    await expect(refused).rejects.toMatchObject({ code: 'DB_UNKNOWN_IDENTIFIER' })
  })
})
