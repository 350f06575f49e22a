import { type Database, openDatabase } from '@hlstats/database'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import { emptyTestDatabase } from '@hlstats/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BaseRepository } from './repository.base.ts'

interface Player {
  readonly id: number
  readonly name: string
  readonly skill: number
}

class PlayerRepository extends BaseRepository {
  all = () => this.query<Player>('SELECT * FROM players ORDER BY id')
  find = (id: number) => this.queryOne<Player>('SELECT * FROM players WHERE id = ?', [id])
  create = (data: object) => this.insert<Player>('players', data)
  createIn = (table: string, data: object) => this.insert<Record<string, unknown>>(table, data)
  change = (where: object, updates: object) => this.update('players', where, updates)
  changeIn = (table: string, where: object, updates: object) => this.update(table, where, updates)
  together = <T>(work: () => Promise<T>) => this.transaction(work)
  collect = () => this.insertLater('hlstats_Trend', { timestamp: 1 })
}

const metrics = new Metrics()
let given: { url: string; drop(): Promise<void> }
let database: Database
let players: PlayerRepository

beforeAll(async () => {
  given = await emptyTestDatabase()
  database = await openDatabase({ url: given.url, logger: silentLogger(), metrics })
  await database.execute(
    'CREATE TABLE players (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, name VARCHAR(64) NOT NULL, skill INT NOT NULL DEFAULT 1000)',
  )
  await database.execute(
    'CREATE TABLE scores (game VARCHAR(32), player INT, points INT NULL, PRIMARY KEY (game, player))',
  )
  await database.execute('CREATE TABLE notes (text VARCHAR(10))')
})

beforeEach(async () => {
  await database.execute('TRUNCATE players')
  players = new PlayerRepository(database)
})

afterAll(async () => {
  await database?.close()
  await given?.drop()
})

describe('BaseRepository', () => {
  it('inserts and returns the row as the database has it', async () => {
    const first = await players.create({ name: 'Gordon' })
    expect(first).toEqual({ id: 1, name: 'Gordon', skill: 1000 })
    expect(await players.create({ id: 7, name: 'Alyx', skill: undefined })).toEqual({
      id: 7,
      name: 'Alyx',
      skill: 1000,
    })
    expect(await players.find(1)).toEqual(first)
  })

  it('returns each of several rows inserted at once, in a transaction or not', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `Player ${index}`)
    const create = () => Promise.all(names.map((name) => players.create({ name })))
    expect((await create()).map(({ name }) => name)).toEqual(names)
    expect((await players.together(create)).map(({ name }) => name)).toEqual(names)
  })

  it('finds an inserted row by a key of several columns', async () => {
    const score = { game: 'tf', player: 3, points: null }
    expect(await players.createIn('scores', score)).toEqual(score)
  })

  it('answers null when no row is found', async () => {
    expect(await players.find(99)).toBeNull()
  })

  it('updates the rows that equal every given column, NULL included, and says how many', async () => {
    await players.create({ name: 'Gordon', skill: 1 })
    await players.create({ name: 'Alyx', skill: 1 })
    expect(await players.change({ name: 'Alyx', skill: 1 }, { skill: 5, name: undefined })).toBe(1)
    expect((await players.all()).map(({ name, skill }) => [name, skill])).toEqual([
      ['Gordon', 1],
      ['Alyx', 5],
    ])
    await players.createIn('scores', { game: 'cs', player: 1, points: null })
    expect(await players.changeIn('scores', { game: 'cs', points: null }, { points: 4 })).toBe(1)
    expect(await players.changeIn('scores', { game: 'cs' }, { points: 4 })).toBe(1)
  })

  it('writes nothing of a transaction that fails', async () => {
    const failing = players.together(async () => {
      await players.create({ name: 'Gordon' })
      expect(await players.all()).toHaveLength(1)
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await players.all()).toEqual([])
  })

  it('keeps values out of the statement', async () => {
    const name = "Robert'); DROP TABLE players; --"
    expect(await players.create({ name })).toMatchObject({ name })
    expect(await players.change({ name }, { name: "'" })).toBe(1)
  })

  it.each([
    ['a table', () => players.createIn('gamers', { name: 'x' }), 'no table "gamers"'],
    ['a table in other letters', () => players.createIn('Players', { name: 'x' }), 'no table "Players"'],
    ['a column', () => players.create({ nick: 'x' }), 'table "players" has no column "nick"'],
    [
      'a column to change',
      () => players.change({ id: 1 }, { 'name`=1 -- ': 1 }),
      'has no column "name`=1 -- "',
    ],
    ['a column to find by', () => players.change({ nick: 1 }, { skill: 1 }), 'has no column "nick"'],
  ])('refuses %s that the database does not have', async (_what, call, message) => {
    await expect(call()).rejects.toMatchObject({
      code: 'DB_UNKNOWN_IDENTIFIER',
      message: expect.stringContaining(message),
    })
  })

  it('refuses an update that would change every row', async () => {
    await expect(players.change({ id: undefined }, { skill: 0 })).rejects.toThrow(
      'an update of "players" names no rows',
    )
  })

  it('refuses a value that is not one', async () => {
    await expect(players.change({ id: 1 }, { name: { first: 'Gordon' } })).rejects.toThrow(
      'the value for players.name is no text, number',
    )
  })

  it('refuses to lose a row whose key it cannot know', async () => {
    await expect(players.createIn('notes', { text: 'x' })).rejects.toMatchObject({ code: 'DB_QUERY' })
  })

  it('refuses to collect a write where no unit of work would write it', () => {
    expect(() => players.collect()).toThrow('collected outside a unit of work')
  })

  it('throws what the database refuses with its code', async () => {
    await players.create({ id: 1, name: 'Gordon' })
    await expect(players.create({ id: 1, name: 'Gordon' })).rejects.toMatchObject({ code: 'DB_CONSTRAINT' })
  })

  it('asks the server for the columns of a table once', async () => {
    await players.change({ id: 1 }, { skill: 2 })
    const before = await metrics.value('hlstats_database_statements_total', { verb: 'select' })
    await players.change({ id: 1 }, { skill: 3 })
    expect(await metrics.value('hlstats_database_statements_total', { verb: 'select' })).toBe(before)
  })
})
