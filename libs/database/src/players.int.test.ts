import { type TestDatabase, testDatabase } from '@hlstats/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensurePlayers, playerKey } from './index.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await testDatabase()
})

afterAll(() => test.drop())

const player = (uniqueId: string) => ({ game: 'css', uniqueId, name: uniqueId, createdAt: 1_714_550_400 })

describe('ensurePlayers', () => {
  it('makes the player of a unique id that was claimed and never got one', async () => {
    const { database } = test
    await database.execute(
      "INSERT INTO hlstats_PlayerUniqueIds (playerId, uniqueId, game) VALUES (0, '0:77', 'css')",
    )
    const ids = await ensurePlayers(database, [player('0:77')])
    const id = ids.get(playerKey('css', '0:77')) ?? 0
    expect(id).toBeGreaterThan(0)
    expect(
      await database.query("SELECT playerId FROM hlstats_PlayerUniqueIds WHERE uniqueId = '0:77'"),
    ).toEqual([{ playerId: id }])
  })

  it('throws for a player whose id the database stores otherwise, and credits nobody', async () => {
    const { database } = test
    await database.execute(
      `CREATE TRIGGER t_rewrite BEFORE INSERT ON hlstats_PlayerUniqueIds
       FOR EACH ROW SET NEW.uniqueId = CONCAT('x', NEW.uniqueId)`,
    )
    await expect(ensurePlayers(database, [player('0:78')])).rejects.toMatchObject({
      code: 'DB_QUERY',
      message: expect.stringContaining('0:78'),
    })
  })
})
