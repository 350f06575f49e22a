import { readdirSync, readFileSync } from 'node:fs'
import { createMetrics, silentLogger } from '@hlstats/telemetry'
import { emptyTestDatabase } from '@hlstats/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { assertSchema, type Database, migrate, openDatabase } from './index.ts'

const MIGRATIONS = new URL('../../../prisma/migrations/', import.meta.url)
const names = readdirSync(MIGRATIONS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()
const [baseline = ''] = names
const sqlOf = (name: string) => readFileSync(new URL(`${name}/migration.sql`, MIGRATIONS), 'utf8')

let place: Awaited<ReturnType<typeof emptyTestDatabase>>
let database: Database

const open = () => openDatabase({ url: place.url, logger: silentLogger(), metrics: createMetrics() })

beforeEach(async () => {
  place = await emptyTestDatabase()
  database = await open()
})

afterEach(async () => {
  await database.close()
  await place.drop()
})

describe('an HLstatsX:CE database', () => {
  const legacySql = sqlOf(baseline)
    .replaceAll('ENGINE=InnoDB', 'ENGINE=MyISAM')
    .replaceAll('COLLATE utf8mb4_unicode_ci', 'COLLATE utf8mb4_general_ci')

  async function legacyDatabase(): Promise<void> {
    const creations = legacySql.replaceAll(/^--.*$/gm, '').split(';\n')
    for (const creation of creations) if (creation.trim() !== '') await database.execute(creation)
    await database.execute('DROP TABLE hlstats_Heatmap_Config')
    await database.execute(
      "INSERT INTO hlstats_Options (keyname, value, opttype) VALUES ('dbversion', '91', 2), ('Mode', 'LAN', 1)",
    )
    await database.execute(
      "INSERT INTO hlstats_Weapons (game, code, name, modifier) VALUES ('css', 'ak47', 'Kalashnikov', 3)",
    )
    await database.execute(
      "INSERT INTO hlstats_Players (playerId, lastName, game, kills) VALUES (7, 'Gordon', 'css', 12345)",
    )
    await database.execute(
      "INSERT INTO hlstats_PlayerUniqueIds (playerId, uniqueId, game) VALUES (7, '0:123', 'css')",
    )
  }

  it('is taken over: tables become transactional, rows and settings stay, what is missing is added', async () => {
    await legacyDatabase()
    await expect(assertSchema(database)).rejects.toMatchObject({
      code: 'DB_SCHEMA',
      message: expect.stringContaining('hlstats migrate'),
    })
    const report = await migrate(database, { seed: true })
    expect(report).toMatchObject({ applied: names, legacy: true })
    await assertSchema(database)
    expect(await database.prisma.player.findUnique({ where: { playerId: 7 } })).toMatchObject({
      kills: 12_345,
    })
    expect(await database.prisma.option.findUnique({ where: { key: 'Mode' } })).toMatchObject({
      value: 'LAN',
    })
    expect(await database.prisma.weapon.findMany()).toHaveLength(1)
    expect(await database.prisma.heatmapConfig.count()).toBe(0)
    expect(await database.prisma.game.count()).toBeGreaterThan(20)
    const steps = await database.query(
      'SELECT applied_steps_count AS n FROM _prisma_migrations ORDER BY migration_name',
    )
    expect(steps).toEqual(names.map((_, index) => ({ n: index === 0 ? 0 : 1 })))

    expect(await migrate(database, { seed: true })).toEqual({ applied: [], legacy: true, seeded: 0 })
    expect(await database.prisma.weapon.count()).toBe(1)
  })

  it('of an older version is refused by name, nothing changed', async () => {
    await legacyDatabase()
    await database.execute('ALTER TABLE hlstats_Players DROP COLUMN mmrank')
    await expect(migrate(database)).rejects.toMatchObject({
      code: 'DB_SCHEMA',
      message: expect.stringContaining('hlstats_Players.mmrank'),
    })
    const [table] = await database.query(
      "SELECT engine AS engine FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'hlstats_Players'",
    )
    expect(table).toEqual({ engine: 'MyISAM' })
    await database.execute('ALTER TABLE hlstats_Players ADD COLUMN mmrank TINYINT NULL')
    expect((await migrate(database)).applied).toEqual(names)
    await assertSchema(database)
  })

  it('is not ready while one of its tables is not transactional', async () => {
    await migrate(database)
    await database.execute('ALTER TABLE hlstats_Weapons ENGINE = MyISAM')
    await expect(assertSchema(database)).rejects.toMatchObject({
      code: 'DB_SCHEMA',
      message: expect.stringContaining('hlstats_Weapons (MyISAM)'),
    })
  })
})

describe('seed data', () => {
  it('brings what every game needs, and never overwrites or revives what an admin changed', async () => {
    const { seeded } = await migrate(database, { seed: true })
    expect(seeded).toBeGreaterThan(2_000)
    expect(await database.prisma.weapon.findFirst({ where: { game: 'css', code: 'ak47' } })).toMatchObject({
      kills: 0,
    })
    expect(await database.prisma.action.count({ where: { game: 'tf' } })).toBeGreaterThan(10)

    await database.prisma.weapon.updateMany({
      where: { game: 'css', code: 'ak47' },
      data: { modifier: 9, kills: 3 },
    })
    await database.prisma.role.deleteMany({ where: { game: 'tf', code: 'spy' } })
    expect((await migrate(database, { seed: true })).seeded).toBe(0)
    expect(await database.prisma.role.count({ where: { game: 'tf', code: 'spy' } })).toBe(0)

    // Another version of the files: new rows come, edited ones stay as they are.
    await database.execute("UPDATE hlstats_System SET value = 'older' WHERE name LIKE 'seed.%'")
    expect((await migrate(database, { seed: true })).seeded).toBe(1)
    expect(await database.prisma.weapon.findFirst({ where: { game: 'css', code: 'ak47' } })).toMatchObject({
      modifier: 9,
      kills: 3,
    })
  })
})
