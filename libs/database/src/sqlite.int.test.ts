import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createMetrics, silentLogger } from '@hlstats/telemetry'
import { sqliteTestDatabase, type TestDatabase, temporaryFolder } from '@hlstats/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  assertSchema,
  type Database,
  ensurePlayers,
  migrate,
  migrationStatus,
  openDatabase,
} from './index.ts'

const open = (url: string) => openDatabase({ url, logger: silentLogger(), metrics: createMetrics() })

let test: TestDatabase
let database: Database

beforeEach(async () => {
  test = await sqliteTestDatabase()
  database = test.database
})

afterEach(() => test.drop())

const PRAGMAS = [
  ['journal_mode', 'wal'],
  ['synchronous', 1],
  ['foreign_keys', 1],
  ['busy_timeout', 5_000],
] as const

async function pragma(name: string): Promise<unknown> {
  const [row] = await database.query<Record<string, unknown>>(`PRAGMA ${name}`)
  return Object.values(row ?? {})[0]
}

describe('a SQLite file', () => {
  it.each(PRAGMAS)('has %s = %s, before a unit of work, inside it and after it', async (name, value) => {
    expect(await pragma(name)).toBe(value)
    await database.runUnit(async () => expect(await pragma(name)).toBe(value))
    expect(await pragma(name)).toBe(value)
  })

  it('is locked for writing from the first moment of a unit: two writers wait, none fails on what the other wrote', async () => {
    const other = await open(test.url)
    try {
      const count = (writer: Database) =>
        writer.runUnit(async (unit) => {
          const [row] = await writer.query<{ n: number }>(
            "SELECT kills AS n FROM hlstats_Weapons WHERE game = 'css' AND code = 'ak47'",
          )
          unit.assign('hlstats_Weapons', { game: 'css', code: 'ak47' }, { kills: (row?.n ?? 0) + 1 })
        })
      for (let round = 0; round < 20; round++) await Promise.all([count(database), count(database)])
      for (let round = 0; round < 20; round++) await count(round % 2 === 0 ? database : other)
      expect(
        await database.query("SELECT kills FROM hlstats_Weapons WHERE game = 'css' AND code = 'ak47'"),
      ).toEqual([{ kills: 60 }])
    } finally {
      await other.close()
    }
  })

  it('refuses what does not fit, as MySQL does', async () => {
    const insert = (row: Record<string, string | number>) =>
      database.runUnit(async (unit) => unit.insertLater('hlstats_Events_Frags', row))
    for (const row of [
      { map: 'm'.repeat(65) },
      { serverId: -1 },
      { killerId: 4_294_967_296 },
      { weapon: null as never },
    ]) {
      await expect(insert(row)).rejects.toMatchObject({ code: 'DB_CONSTRAINT' })
    }
    await insert({ map: '名'.repeat(64), serverId: 4_294_967_295 })
  })

  it('finds a player by any spelling of his id, and makes each once', async () => {
    const player = (uniqueId: string) => ({ game: 'css', uniqueId, name: 'Zoë', createdAt: 1, bot: false })
    const ids = ['0:1', '0:2', 'BOT:Zoë', 'BOT:ZOE ']
    const first = await ensurePlayers(database, ids.map(player))
    const again = await ensurePlayers(database, ['bot:zoe', '0:2'].map(player))
    expect(new Set(first.values()).size).toBe(3)
    expect([...again.values()].every((id) => [...first.values()].includes(id))).toBe(true)
    expect(await database.query('SELECT COUNT(*) AS n FROM hlstats_Players')).toEqual([{ n: 3 }])
  })

  it('says that everything is on the disk after a checkpoint', async () => {
    await database.runUnit(async (unit) => unit.insertLater('hlstats_Events_Frags', { map: 'de_dust2' }))
    expect(await database.checkpoint()).toBe(true)
  })

  it('gives moments back in UTC, as rows and as typed records', async () => {
    await database.runUnit(async (unit) =>
      unit.insertLater('hlstats_Events_Frags', { map: 'de_dust2', eventTime: '2026-05-01 10:00:00' }),
    )
    const moment = new Date('2026-05-01T10:00:00Z')
    expect(await database.query('SELECT eventTime FROM hlstats_Events_Frags')).toEqual([
      { eventTime: moment },
    ])
    expect(await database.prisma.fragEvent.findFirst()).toMatchObject({ eventTime: moment })
  })
})

describe('migrating a SQLite file', () => {
  it('makes it once, with the names of the migrations of MySQL, and seeds it once', async () => {
    const url = `sqlite:${join(temporaryFolder('sqlite'), 'new.db')}`
    const fresh = await open(url)
    try {
      const report = await migrate(fresh, { seed: true })
      expect(report.applied).toEqual((await migrationStatus(fresh)).map(({ name }) => name))
      expect(report.seeded).toBeGreaterThan(1_000)
      expect(await migrate(fresh, { seed: true })).toEqual({ applied: [], legacy: false, seeded: 0 })
      await assertSchema(fresh)
    } finally {
      await fresh.close()
    }
  })

  it('leaves nothing of a migration that failed', async () => {
    const url = `sqlite:${join(temporaryFolder('sqlite'), 'taken.db')}`
    const taken = await open(url)
    try {
      await taken.execute('CREATE TABLE hlstats_Weapons (code TEXT)')
      await expect(migrate(taken)).rejects.toMatchObject({ code: 'DB_SCHEMA' })
      expect(await taken.query("SELECT name FROM sqlite_master WHERE name = 'hlstats_Actions'")).toEqual([])
      await taken.execute('DROP TABLE hlstats_Weapons')
      expect((await migrate(taken)).applied.length).toBeGreaterThan(1)
    } finally {
      await taken.close()
    }
  })

  it('says which file cannot be opened', async () => {
    const folder = temporaryFolder('sqlite')
    const database = await open(`sqlite:${folder}`)
    await expect(database.ping()).rejects.toMatchObject({
      code: 'DB_CONNECTION',
      message: expect.stringContaining(folder),
    })
    rmSync(folder, { recursive: true })
  })
})
