import { type TestDatabase, testDatabase } from '@hlstats/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, ensurePlayers, type PlayerIdentity, playerKey, rowsByKey } from './index.ts'

let test: TestDatabase
let database: Database

beforeAll(async () => {
  test = await testDatabase({ poolSize: 8 })
  database = test.database
})

afterAll(() => test.drop())

const identity = (index: number): PlayerIdentity => ({
  game: 'css',
  uniqueId: `0:${index}`,
  name: `Player ${index}`,
  createdAt: 1_714_550_400,
})

// A different order each time, the same on each run.
const rotated = <T>(items: readonly T[], by: number) =>
  items.map((_, index) => items[(index * 7 + by) % items.length] as T)

describe('units of work at the same time', () => {
  it('never wait for each other in a circle: rows are written in one order, whatever order they are collected in', async () => {
    const ids = [
      ...(
        await ensurePlayers(
          database,
          Array.from({ length: 30 }, (_, i) => identity(i)),
        )
      ).values(),
    ]
    const weapons = ['ak47', 'awp', 'deagle', 'glock', 'm4a1', 'knife', 'p90', 'usp']
    const batch = (turn: number) =>
      database.runUnit(async (unit) => {
        for (const playerId of rotated(ids, turn * 5))
          unit.increment('hlstats_Players', { playerId }, { kills: 1 })
        for (const code of rotated(weapons, turn)) {
          unit.increment('hlstats_Weapons', { game: 'css', code }, { kills: 1 })
          unit.upsert('hlstats_Maps_Counts', { game: 'css', map: `de_${code}` }, { kills: 1, headshots: 0 })
        }
      })
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(Array.from({ length: 8 }, (_, index) => batch(round * 8 + index)))
    }
    expect(await database.query('SELECT MIN(kills) AS low, MAX(kills) AS high FROM hlstats_Players')).toEqual(
      [{ low: 40, high: 40 }],
    )
    expect(
      await database.query('SELECT COUNT(*) AS maps, SUM(kills) AS kills FROM hlstats_Maps_Counts'),
    ).toEqual([{ maps: 8, kills: 320 }])
  })

  it('lock the same rows for reading in one order, too', async () => {
    const players = await database.prisma.player.findMany({ select: { playerId: true } })
    const batch = (turn: number) =>
      database.runUnit(async (unit) => {
        const keys = rotated(players, turn * 3)
        const rows = await rowsByKey<{ playerId: number; deaths: number }>(database, {
          table: 'hlstats_Players',
          keys,
          columns: ['playerId', 'deaths'],
          lock: true,
        })
        for (const { playerId, deaths } of rows)
          unit.assign('hlstats_Players', { playerId }, { deaths: deaths + 1 })
      })
    await Promise.all(Array.from({ length: 24 }, (_, index) => batch(index)))
    expect(
      await database.query('SELECT MIN(deaths) AS low, MAX(deaths) AS high FROM hlstats_Players'),
    ).toEqual([{ low: 24, high: 24 }])
  })
})

describe('ensurePlayers', () => {
  it('gives each player one id, whoever asks first and however he is written', async () => {
    const group = (from: number) => Array.from({ length: 40 }, (_, index) => identity(1_000 + from + index))
    const asked = Array.from({ length: 8 }, (_, index) => rotated(group(index * 10), index * 3))
    const answers = await Promise.all(
      asked.map((players) => database.runUnit(() => ensurePlayers(database, players))),
    )
    const ids = new Map<string, number>()
    for (const answer of answers) {
      expect(answer.size).toBe(40)
      for (const [key, id] of answer) expect(ids.set(key, ids.get(key) ?? id).get(key)).toBe(id)
    }
    expect(new Set(ids.values()).size).toBe(110)
    const [orphans] = await database.query(
      `SELECT COUNT(*) AS n FROM hlstats_Players p LEFT JOIN hlstats_PlayerUniqueIds u USING (playerId, game)
       WHERE u.uniqueId IS NULL`,
    )
    expect(orphans).toEqual({ n: 0 })
    expect(await database.prisma.playerUniqueId.count({ where: { playerId: 0 } })).toBe(0)
  })

  it('takes twins of the collation for one player, in one question and in two', async () => {
    const answer = await ensurePlayers(database, [
      { ...identity(1), uniqueId: 'BOT:abc' },
      { ...identity(1), uniqueId: 'bot:ABC ' },
    ])
    expect(new Set(answer.values()).size).toBe(1)
    const again = await ensurePlayers(database, [{ ...identity(1), uniqueId: 'Bot:Äbc' }])
    expect(again.get(playerKey('css', 'BOT:abc'))).toBe(answer.get(playerKey('css', 'BOT:abc')))
  })

  it('keeps the same id in another game apart, and the same question in a unit the same', async () => {
    await database.runUnit(async () => {
      const [css, tf] = [{ ...identity(5_000) }, { ...identity(5_000), game: 'tf' }]
      const first = await ensurePlayers(database, [css, tf])
      expect(new Set(first.values()).size).toBe(2)
      expect(await ensurePlayers(database, [tf, css])).toEqual(first)
    })
    const created = await database.prisma.player.findMany({ where: { lastName: 'Player 5000' } })
    expect(created.map(({ game }) => game).sort()).toEqual(['css', 'tf'])
    expect(created[0]).toMatchObject({ skill: 1000, createdAt: 1_714_550_400, hideRanking: 0 })
  })

  it('makes nobody when its unit is taken back', async () => {
    await database.trial(() => ensurePlayers(database, [identity(9_000)]))
    expect(await database.prisma.playerUniqueId.count({ where: { uniqueId: '0:9000' } })).toBe(0)
    expect(await ensurePlayers(database, [])).toEqual(new Map())
  })
})
