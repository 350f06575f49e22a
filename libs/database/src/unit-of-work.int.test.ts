import { type TestDatabase, testDatabaseKinds } from '@hlstats/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { currentUnit, type Database, UnitMemory, type UnitOfWork } from './index.ts'

const PLAYERS = 'hlstats_Players'

let test: TestDatabase
let database: Database

async function aPlayerRow(values: { kills?: number; skill?: number } = {}): Promise<number> {
  const { playerId } = await database.prisma.player.create({
    data: { game: 'css', lastName: 'Gordon', ...values },
  })
  return playerId
}

const playerRow = (playerId: number) => database.prisma.player.findUniqueOrThrow({ where: { playerId } })

describe.each(testDatabaseKinds)('a unit of work on $kind', ({ kind, open }) => {
  beforeAll(async () => {
    test = await open()
    database = test.database
  })

  afterAll(() => test.drop())

  beforeEach(async () => {
    for (const table of [PLAYERS, 'hlstats_PlayerNames', 'hlstats_Maps_Counts', 'hlstats_Events_Frags']) {
      await database.execute(`DELETE FROM ${table}`)
    }
  })

  it('writes everything it collected, or nothing', async () => {
    const playerId = await aPlayerRow()
    const write = (unit: UnitOfWork) => {
      unit.increment(PLAYERS, { playerId }, { kills: 2 })
      unit.insertLater('hlstats_Events_Frags', { killerId: playerId, map: 'de_dust2' })
      unit.upsert('hlstats_Maps_Counts', { game: 'css', map: 'de_dust2' }, { kills: 2, headshots: 1 })
    }
    const failing = database.runUnit(async (unit) => {
      write(unit)
      await database.query(`SELECT COUNT(*) FROM hlstats_Events_Frags, hlstats_Maps_Counts, ${PLAYERS}`)
      throw new Error('the handler failed')
    })
    await expect(failing).rejects.toThrow('the handler failed')
    expect((await playerRow(playerId)).kills).toBe(0)
    expect(await database.prisma.mapCount.count()).toBe(0)

    await database.runUnit(async (unit) => write(unit))
    expect((await playerRow(playerId)).kills).toBe(2)
    expect(await database.prisma.fragEvent.count()).toBe(1)
    expect(await database.prisma.mapCount.findFirst()).toMatchObject({ kills: 2, headshots: 1 })
  })

  it('reads its own writes, by SQL and by typed calls', async () => {
    const playerId = await aPlayerRow({ kills: 10 })
    await database.runUnit(async (unit) => {
      unit.increment(PLAYERS, { playerId }, { kills: 1 })
      const [row] = await database.query<{ kills: number }>(
        `SELECT kills FROM ${PLAYERS} WHERE playerId = ?`,
        [playerId],
      )
      expect(row?.kills).toBe(11)
      unit.increment(PLAYERS, { playerId }, { kills: 1 })
      expect((await playerRow(playerId)).kills).toBe(12)
      unit.insertLater('hlstats_Events_Frags', { killerId: playerId })
      await database.execute('UPDATE hlstats_Events_Frags SET headshot = 1 WHERE killerId = ?', [playerId])
    })
    expect((await playerRow(playerId)).kills).toBe(12)
    expect(await database.prisma.fragEvent.findFirst()).toMatchObject({ killerId: playerId, headshot: true })
  })

  it('is joined by a transaction inside it', async () => {
    const playerId = await aPlayerRow()
    const outer = database.runUnit(async (unit) => {
      await database.transaction(async () => {
        expect(currentUnit()).toBe(unit)
        await database.execute(`UPDATE ${PLAYERS} SET kills = 5 WHERE playerId = ?`, [playerId])
      })
      await database.prisma.player.update({ where: { playerId }, data: { deaths: 3 } })
      throw new Error('taken back')
    })
    await expect(outer).rejects.toThrow('taken back')
    expect(await playerRow(playerId)).toMatchObject({ kills: 0, deaths: 0 })
  })

  it.runIf(kind === 'SQLite')('keeps calls outside waiting for its end', async () => {
    const playerId = await aPlayerRow()
    let outside: Promise<number> | undefined
    const gate = Promise.withResolvers<void>()
    const reading = gate.promise.then(() => database.prisma.player.count({ where: { kills: 7 } }))
    await database.runUnit(async (unit) => {
      unit.assign(PLAYERS, { playerId }, { kills: 7 })
      outside = reading
      gate.resolve()
      await database.query(`SELECT COUNT(*) FROM ${PLAYERS}`)
    })
    expect(await outside).toBe(1)
  })

  it.runIf(kind === 'MariaDB')(
    'is nobody else’s: calls outside see nothing of it and are not part of it',
    async () => {
      const playerId = await aPlayerRow()
      const ready = Promise.withResolvers<void>()
      const looked = Promise.withResolvers<void>()
      const running = database.runUnit(async (unit) => {
        unit.increment(PLAYERS, { playerId }, { kills: 7 })
        await playerRow(playerId)
        ready.resolve()
        await looked.promise
      })
      await ready.promise
      expect(currentUnit()).toBeUndefined()
      expect((await playerRow(playerId)).kills).toBe(0)
      looked.resolve()
      await running
      expect((await playerRow(playerId)).kills).toBe(7)
    },
  )

  it('refuses a write that comes after its end', async () => {
    const playerId = await aPlayerRow()
    const gate = Promise.withResolvers<void>()
    const forgotten: Promise<unknown>[] = []
    await database.runUnit(async (unit) => {
      forgotten.push(
        gate.promise.then(() => unit.increment(PLAYERS, { playerId }, { kills: 1 })),
        gate.promise.then(() => database.execute(`UPDATE ${PLAYERS} SET kills = 1`)),
        gate.promise.then(() => database.prisma.player.updateMany({ data: { kills: 1 } })),
      )
    })
    gate.resolve()
    for (const result of await Promise.allSettled(forgotten)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'DB_UNIT_SEALED' } })
    }
    expect((await playerRow(playerId)).kills).toBe(0)
  })

  it('is lost with its first database error, even when a handler swallows it', async () => {
    const playerId = await aPlayerRow()
    const swallowing = database.runUnit(async (unit) => {
      unit.increment(PLAYERS, { playerId }, { kills: 1 })
      await database
        .execute('INSERT INTO hlstats_Games (code, name) VALUES (?, ?)', ['css', 'twice'])
        .catch(() => 0)
    })
    await expect(swallowing).rejects.toMatchObject({ code: 'DB_CONSTRAINT', disposition: 'park' })
    expect((await playerRow(playerId)).kills).toBe(0)
  })

  it('runs its hooks before it is sealed, and the writes of hooks count', async () => {
    const playerId = await aPlayerRow()
    await database.runUnit(async (unit) => {
      unit.beforeFlush(async () => {
        unit.increment(PLAYERS, { playerId }, { kills: 4 })
        unit.beforeFlush(() => unit.increment(PLAYERS, { playerId }, { deaths: 1 }))
      })
    })
    expect(await playerRow(playerId)).toMatchObject({ kills: 4, deaths: 1 })
  })

  it('has a memory of each module, which is written before it ends and is no other unit’s', async () => {
    const playerId = await aPlayerRow()
    const memory = new UnitMemory<Map<number, number>>()
    await database.runUnit(async (unit) => {
      memory.keep(new Map(), (kills) => {
        for (const [id, count] of kills) unit.increment(PLAYERS, { playerId: id }, { kills: count })
      })
      memory.current.set(playerId, 4)
    })
    expect(await playerRow(playerId)).toMatchObject({ kills: 4 })
    const unprepared = database.runUnit(async () => memory.current)
    await expect(unprepared).rejects.toMatchObject({ code: 'HANDLER_FAILED' })
    expect(() => memory.current).toThrow('inside a unit of work only')
  })

  it('in a trial fails as it would, and leaves nothing', async () => {
    const playerId = await aPlayerRow()
    await database.trial(async (unit) => unit.increment(PLAYERS, { playerId }, { kills: 1 }))
    expect((await playerRow(playerId)).kills).toBe(0)
    const poison = database.trial(async (unit) =>
      unit.insertLater('hlstats_Events_Frags', { killerId: playerId, map: 'm'.repeat(65) }),
    )
    await expect(poison).rejects.toMatchObject({ code: 'DB_CONSTRAINT' })
    await expect(database.trial(() => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug')
  })
})
