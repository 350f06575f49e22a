import { createMetrics, silentLogger } from '@hlstats/telemetry'
import {
  freeTcpPort,
  startPrivateMariaDb,
  TcpProxy,
  type TestDatabase,
  testDatabase,
  until,
  withConnection,
} from '@hlstats/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, migrate, openDatabase, type UnitOfWork } from './index.ts'

const PLAYERS = 'hlstats_Players'

let test: TestDatabase
let database: Database

beforeAll(async () => {
  test = await testDatabase()
  database = test.database
})

afterAll(() => test.drop())

beforeEach(async () => {
  await database.execute(`DELETE FROM ${PLAYERS}`)
  await database.execute(
    `INSERT INTO ${PLAYERS} (playerId, game, lastName) VALUES (1, 'css', 'Gordon'), (2, 'css', 'Alyx')`,
  )
})

const killsOf = async (playerId: number, from = database) =>
  (await from.prisma.player.findUniqueOrThrow({ where: { playerId } })).kills

const addKill = (unit: UnitOfWork, playerId: number) => unit.increment(PLAYERS, { playerId }, { kills: 1 })

const lock = (playerId: number) =>
  database.query(`SELECT 1 FROM ${PLAYERS} WHERE playerId = ? FOR UPDATE`, [playerId])

async function killConnection(id: number): Promise<void> {
  await withConnection(test.url, (connection) => connection.query(`KILL ${id}`))
}

async function connectionId(): Promise<number> {
  const [row] = await database.query<{ id: number }>('SELECT CONNECTION_ID() AS id')
  return row?.id ?? 0
}

describe('a unit of work that the database fails', () => {
  it('loses a deadlock as a whole, and succeeds when it is run again', async () => {
    const bothHoldOne = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
    const kill = (mine: 0 | 1) =>
      database.runUnit(async (unit) => {
        unit.insertLater('hlstats_Events_Suicides', { playerId: mine + 1, weapon: 'world' })
        await lock(mine + 1)
        bothHoldOne[mine].resolve()
        await bothHoldOne[mine === 0 ? 1 : 0].promise
        await lock(mine === 0 ? 2 : 1)
        addKill(unit, 1)
        addKill(unit, 2)
      })
    const results = await Promise.allSettled([kill(0), kill(1)])
    const victims = results.filter((result) => result.status === 'rejected')
    expect(victims).toHaveLength(1)
    expect(victims[0]?.reason).toMatchObject({ code: 'DB_DEADLOCK', disposition: 'retry' })
    expect([await killsOf(1), await killsOf(2)]).toEqual([1, 1])
    expect(await database.prisma.suicideEvent.count()).toBe(1)
    await kill(results[0]?.status === 'rejected' ? 0 : 1)
    expect([await killsOf(1), await killsOf(2)]).toEqual([2, 2])
  })

  it('gives up a row that stays locked, with nothing of it left', async () => {
    const release = Promise.withResolvers<void>()
    const locked = Promise.withResolvers<void>()
    const holder = database.runUnit(async () => {
      await lock(1)
      locked.resolve()
      await release.promise
    })
    await locked.promise
    const waiting = database.runUnit(async (unit) => {
      unit.assign(PLAYERS, { playerId: 2 }, { lastName: 'half written' })
      await database.query(`SELECT lastName FROM ${PLAYERS} WHERE playerId = 2`)
      addKill(unit, 1)
    })
    await expect(waiting).rejects.toMatchObject({ code: 'DB_LOCK_TIMEOUT', disposition: 'retry' })
    release.resolve()
    await holder
    expect((await database.prisma.player.findUnique({ where: { playerId: 2 } }))?.lastName).toBe('Alyx')
  })

  it('is thrown away when its connection is lost, and the next one gets another connection', async () => {
    const lost = database.runUnit(async (unit) => {
      addKill(unit, 1)
      await lock(1)
      await killConnection(await connectionId())
      await lock(2)
    })
    await expect(lost).rejects.toMatchObject({ code: 'DB_CONNECTION', disposition: 'retry' })
    expect(await killsOf(1)).toBe(0)
    await database.runUnit(async (unit) => addKill(unit, 1))
    expect(await killsOf(1)).toBe(1)
  })

  it('reports an error of the COMMIT itself', async () => {
    const lost = database.runUnit(async () => {
      await database.execute(`UPDATE ${PLAYERS} SET kills = 9 WHERE playerId = 1`)
      await killConnection(await connectionId())
    })
    await expect(lost).rejects.toMatchObject({ code: 'DB_CONNECTION', disposition: 'retry' })
    expect(await killsOf(1)).toBe(0)
  })

  it('loses its locks when it stands still inside a transaction', async () => {
    const frozen = database.runUnit(async () => {
      await database.execute('SET SESSION idle_transaction_timeout = 1')
      await lock(1)
      await until(() => lockedElsewhere(), { what: 'the server to end the idle transaction' })
      await lock(1)
    })
    await expect(frozen).rejects.toMatchObject({ code: 'DB_CONNECTION', disposition: 'retry' })
  })

  it.each([
    ['with a statement to come', (unit: UnitOfWork) => addKill(unit, 2)],
    ['with a typed read to come', (_: UnitOfWork, slow: Database) => killsOf(2, slow)],
    ['with all statements done', () => undefined],
  ])('is taken back when it takes longer than its limit, %s', async (_, goOn) => {
    const options = { url: test.url, unitLimitMs: 200, logger: silentLogger(), metrics: createMetrics() }
    const slow = await openDatabase(options)
    const late = slow.runUnit(async (unit) => {
      await slow.execute(`UPDATE ${PLAYERS} SET kills = 9 WHERE playerId = 1`)
      await slow.query('SELECT SLEEP(0.5)')
      await goOn(unit, slow)
    })
    await expect(late).rejects.toMatchObject({ code: 'DB_UNIT_TIMEOUT', disposition: 'retry' })
    expect([await killsOf(1), await killsOf(2)]).toEqual([0, 0])
    await slow.close()
  })

  it('is refused a statement with a value that does not fit', async () => {
    const poison = database.runUnit(async (unit) =>
      unit.assign(PLAYERS, { playerId: 1 }, { lastName: 'x'.repeat(65) }),
    )
    await expect(poison).rejects.toMatchObject({ code: 'DB_CONSTRAINT', disposition: 'park' })
    const tooLow = database.runUnit(async (unit) => unit.assign(PLAYERS, { playerId: 1 }, { kills: -1 }))
    await expect(tooLow).rejects.toMatchObject({ code: 'DB_CONSTRAINT', disposition: 'park' })
    await expect(database.query('SELECT nothing FROM hlstats_Players')).rejects.toMatchObject({
      code: 'DB_SCHEMA',
    })
    await expect(database.query('SELEC 1')).rejects.toMatchObject({ code: 'DB_QUERY', disposition: 'park' })
    await expect(database.prisma.game.create({ data: { code: 'css' } })).rejects.toMatchObject({
      code: 'DB_CONSTRAINT',
    })
  })
})

// Somebody else can lock the row as soon as the frozen unit lost it.
async function lockedElsewhere(): Promise<boolean> {
  return withConnection(test.url, async (connection) => {
    await connection.query('SET SESSION innodb_lock_wait_timeout = 1')
    await connection.query(`UPDATE ${PLAYERS} SET kills = kills WHERE playerId = 1`)
    return true
  })
}

describe('a connection', () => {
  it('has the settings that the rules rely on', async () => {
    const [settings] = await database.query(
      `SELECT @@time_zone AS zone, @@innodb_lock_wait_timeout AS lockWait, @@idle_transaction_timeout AS idle,
       @@tx_isolation AS isolation, @@sql_mode LIKE '%STRICT_TRANS_TABLES%' AS strict, @@character_set_connection AS charset`,
    )
    expect(settings).toEqual({
      zone: '+00:00',
      lockWait: 5,
      idle: 10,
      isolation: 'READ-COMMITTED',
      strict: 1,
      charset: 'utf8mb4',
    })
  })

  it('of a service is given up by a server without idle_transaction_timeout, too', async () => {
    const options = { url: test.url, answerWithinMs: 2_000, logger: silentLogger(), metrics: createMetrics() }
    const service = await openDatabase(options)
    const wait = 'SELECT @@wait_timeout AS seconds'
    expect(await service.query(wait)).toEqual([{ seconds: 2 }])
    expect(await database.query(wait)).toEqual([{ seconds: 28_800 }])
    await service.close()
  })

  it('gives numbers for BIGINT, COUNT, SUM and DECIMAL, Dates in UTC, and text as it is', async () => {
    const [row] = await database.query(
      `SELECT COUNT(*) AS count, SUM(kills) AS sum, AVG(kills) AS avg, CAST(3000000000 AS UNSIGNED) AS big,
       CAST('2024-05-01 10:11:12' AS DATETIME) AS moment, CAST('2024-05-01' AS DATE) AS day, NULL AS nothing, '😀\\'' AS text
       FROM ${PLAYERS}`,
    )
    expect(row).toEqual({
      count: 2,
      sum: 0,
      avg: 0,
      big: 3_000_000_000,
      moment: new Date('2024-05-01T10:11:12Z'),
      day: new Date('2024-05-01T00:00:00Z'),
      nothing: null,
      text: "😀'",
    })
  })

  it('passes values as parameters, whatever they hold', async () => {
    const hostile = `'; DROP TABLE ${PLAYERS}; -- \\ " \` ? \u0000 😀`
    const [row] = await database.query('SELECT ? AS a, ? AS b', [hostile, 'second'])
    expect(row).toEqual({ a: hostile, b: 'second' })
    await database.runUnit(async (unit) =>
      unit.assign(PLAYERS, { playerId: 1 }, { lastName: hostile.slice(0, 60) }),
    )
    expect((await database.prisma.player.findUnique({ where: { playerId: 1 } }))?.lastName).toBe(
      hostile.slice(0, 60),
    )
  })
})

describe('a server', () => {
  it('that cannot be reached is a retry with a remedy and without the password', async () => {
    const url = `mysql://gordon:crowbar@127.0.0.1:${await freeTcpPort()}/hlstats`
    const away = await openDatabase({ url, logger: silentLogger(), metrics: createMetrics() })
    const failure = await away.ping().catch((error) => error)
    expect(failure).toMatchObject({ code: 'DB_CONNECTION', disposition: 'retry' })
    expect(failure.message).toMatch(/DATABASE_URL/)
    expect(failure.message).not.toContain('crowbar')
    await away.close()
  })

  it('that lets nobody in says so', async () => {
    const url = test.url.replace('root@', 'nobody:crowbar@')
    const refused = await openDatabase({ url, logger: silentLogger(), metrics: createMetrics() })
    const failure = await refused.ping().catch((error) => error)
    expect(failure).toMatchObject({ code: 'DB_CONNECTION' })
    expect(failure.message).toMatch(/Access denied/)
    expect(failure.message).not.toContain('crowbar')
    await refused.close()
  })

  it('that vanishes without a word is given up, and whoever asks next finds the one that answers', async () => {
    const proxy = await TcpProxy.open(Number(new URL(test.url).port))
    const options = { url: proxy.through(test.url), poolSize: 2, answerWithinMs: 500 }
    const away = await openDatabase({ ...options, logger: silentLogger(), metrics: createMetrics() })
    const inUnit = away.runUnit(async (unit) => {
      await lock(2)
      addKill(unit, 1)
      await away.query('SELECT 1')
      proxy.strand()
      await away.query('SELECT 2')
    })
    await expect(inUnit).rejects.toMatchObject({ code: 'DB_CONNECTION', disposition: 'retry' })
    await away.runUnit(async (unit) => addKill(unit, 1))
    expect(await killsOf(1)).toBe(1)
    proxy.strand()
    await expect(away.ping()).rejects.toMatchObject({ code: 'DB_CONNECTION' })
    await away.ping()
    await away.close()
    await proxy.close()
  })

  it('that turns read-only takes nothing, and everything when it is back', async () => {
    const server = await startPrivateMariaDb()
    try {
      await withConnection(server.url, async (connection) => {
        await connection.query('CREATE DATABASE d CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci')
        await connection.query("CREATE USER writer@'%' IDENTIFIED BY 'w'")
        await connection.query('GRANT ALL ON d.* TO writer@"%"')
      })
      const url = `mysql://writer:w@127.0.0.1:${server.port}/d`
      const replica = await openDatabase({ url, logger: silentLogger(), metrics: createMetrics() })
      await migrate(replica, { seed: true })
      await withConnection(server.url, (connection) => connection.query('SET GLOBAL read_only = 1'))
      const write = () =>
        replica.runUnit(async (unit) => unit.assign('hlstats_Games', { code: 'css' }, { name: 'written' }))
      await expect(write()).rejects.toMatchObject({ code: 'DB_READ_ONLY', disposition: 'retry' })
      await withConnection(server.url, (connection) => connection.query('SET GLOBAL read_only = 0'))
      await write()

      await server.kill()
      await expect(write()).rejects.toMatchObject({ code: 'DB_CONNECTION', disposition: 'retry' })
      await server.start()
      await until(() => write().then(() => true))
      await replica.close()
    } finally {
      await server.remove()
    }
  })
})
