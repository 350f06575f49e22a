import { makeLegacyDatabase } from '@hlstats/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import { assertSchema, migrate, planMigration, recentForeignKills } from '../index.ts'
import { MIGRATIONS, sceneOfTests } from '../scene-of-test.ts'

const scene = sceneOfTests()

interface Column {
  readonly table: string
  readonly name: string
}

const columnsNow = async () =>
  (
    await scene.database.query<Column>(
      `SELECT table_name AS \`table\`, column_name AS name FROM information_schema.columns
       WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position`,
    )
  ).map(({ table, name }) => `${table}.${name}`)

/** Everything of every table: definitions and check sums. */
async function picture(): Promise<Record<string, unknown>> {
  const tables = await scene.database.query<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name',
  )
  const found: Record<string, unknown> = {}
  for (const { name } of tables) {
    const [sum] = await scene.database.query<{ Checksum: number }>(`CHECKSUM TABLE \`${name}\``)
    found[name] = [sum?.Checksum, await scene.database.query(`SHOW CREATE TABLE \`${name}\``)]
  }
  return found
}

const one = async (sql: string) => (await scene.database.query<Record<string, unknown>>(sql))[0]

describe.each(['1.6.1', '1.6.19', '1.11.6'] as const)('a database of HLstatsX:CE %s', (version) => {
  beforeEach(() => makeLegacyDatabase(scene.url, { version }))

  it('is looked at by a plan that says what will happen and changes nothing', async () => {
    const before = await picture()
    const { pending, takeOver } = await planMigration(scene.database)
    expect(await picture()).toEqual(before)
    expect(pending).toEqual(MIGRATIONS)
    expect(takeOver).toMatchObject({
      version: expect.stringMatching(`^${version}, database version (6|78|91)$`),
      problems: [],
      missing: [],
      others: [
        { table: 'hlstats_Ribbons_Trigger', engine: 'MyISAM' },
        { table: 'ktp_matches', engine: 'MyISAM' },
      ],
      countedSecondsAgo: undefined,
    })
    expect(takeOver?.bytesNeeded).toBeGreaterThan(100_000)
    const frags = takeOver?.tables.find(({ table }) => table === 'hlstats_Events_Frags')
    expect(frags).toMatchObject({ rows: 1_500, noDates: version === '1.11.6' ? 0 : 30 })
    const players = takeOver?.tables.find(({ table }) => table === 'hlstats_Players')
    expect(players?.added).toEqual(
      { '1.6.1': ['teamkills', 'mmrank'], '1.6.19': ['mmrank'], '1.11.6': [] }[version],
    )
    expect(takeOver?.twins).toContain(
      'hlstats_PlayerUniqueIds: "gordon" "css" stays, "GORDON" "css" becomes "GORDON#2", "Górdon" "css" becomes "Górdon#3"',
    )
  })

  it('is converted with every row, and what its site and plugins use stays where it was', async () => {
    const columns = await columnsNow()
    const plugins = (await picture()).ktp_matches
    const plan = await planMigration(scene.database)
    const { takeOver, legacy } = await migrate(scene.database, { seed: true })
    await assertSchema(scene.database)
    expect(legacy).toBe(true)
    const planned = plan.takeOver?.tables.map(({ table, rows, changes }) => ({ table, rows, changes })) ?? []
    const merged = version === '1.11.6' ? 0 : 3
    expect(takeOver?.tables).toEqual(
      planned.map((entry) =>
        entry.table === 'hlstats_PlayerNames' ? { ...entry, rows: entry.rows - merged } : entry,
      ),
    )
    const after = await columnsNow()
    const kept = after.filter((name) => columns.includes(name))
    expect(kept).toEqual(columns)
    expect((await picture()).ktp_matches).toEqual(plugins)

    // Texts are the characters they were, numbers what they were at either end of their range.
    expect(await one('SELECT oldName, newName FROM hlstats_Events_ChangeName LIMIT 1')).toEqual({
      oldName: 'ZoÃ«',
      newName: 'JÃ¶rg 0 €',
    })
    expect(await one('SELECT kills FROM hlstats_Players WHERE playerId = 3')).toEqual({
      kills: 4_294_967_295,
    })
    expect(await one('SELECT COUNT(*) AS n FROM hlstats_Players WHERE playerId = 0')).toEqual({ n: 1 })
    expect(await one('SELECT for_TeamActions AS flag FROM hlstats_Actions WHERE count > 0')).toEqual({
      flag: '',
    })
    expect(await one('SELECT CHAR_LENGTH(city) AS n FROM hlstats_Players LIMIT 1')).toEqual({ n: 100 })
    expect(
      await one(
        'SELECT COUNT(*) AS n FROM hlstats_Events_Frags WHERE killerId >= 900000 OR eventTime IS NULL',
      ),
    ).toEqual({ n: 60 })
    expect(await one('SELECT COUNT(*) AS n FROM hlstats_Livestats')).toEqual({ n: 0 })
    expect(takeOver?.liveRowsCleared).toBe(1)
    // Long enough for what we write into it now.
    await scene.database.execute("INSERT INTO hlstats_Events_Admin (message) VALUES (REPEAT('x', 255))")

    expect(await migrate(scene.database, { seed: true })).toEqual({ applied: [], legacy: true, seeded: 0 })
    expect(await planMigration(scene.database)).toEqual({ pending: [] })
    // The old daemon's kills are no sign that it still runs; one more would be.
    expect(await recentForeignKills(scene.database)).toMatchObject({ kills: 0 })
    await scene.database.execute(
      "INSERT INTO hlstats_Events_Frags (eventTime, serverId, weapon) VALUES (NOW(), 1, 'ak47')",
    )
    expect(await recentForeignKills(scene.database)).toMatchObject({ kills: 1, serverIds: [1] })
  })
})

describe('rows that become one to a key', () => {
  beforeEach(() => makeLegacyDatabase(scene.url, { version: '1.6.19' }))

  it('are added up where they hold counters, and keep apart by number where they stand for somebody', async () => {
    await migrate(scene.database)
    expect(
      await scene.database.query(
        'SELECT name, kills, numuses FROM hlstats_PlayerNames WHERE name IN (?, ?) ORDER BY name',
        ['Bob', 'Straße'],
      ),
    ).toEqual([
      { name: 'Bob', kills: 7, numuses: 12 },
      { name: 'Strasse', kills: 30, numuses: 3 },
    ])
    expect(
      await scene.database.query(
        "SELECT playerId, uniqueId FROM hlstats_PlayerUniqueIds WHERE uniqueId LIKE 'g%' ORDER BY playerId",
      ),
    ).toEqual([
      { playerId: 1, uniqueId: 'gordon' },
      { playerId: 2, uniqueId: 'GORDON#2' },
      { playerId: 3, uniqueId: 'Górdon#3' },
    ])
    expect(await scene.database.query('SELECT clanId, tag FROM hlstats_Clans ORDER BY clanId')).toEqual([
      { clanId: 1, tag: '[ß]' },
      { clanId: 2, tag: '[ss]#2' },
    ])
  })

  it('are left to the admin in the catalogues, and nothing is changed before', async () => {
    for (const code of ['grüße', 'grüsse']) {
      await scene.database.execute("INSERT INTO hlstats_Weapons (game, code, name) VALUES ('css', ?, 'x')", [
        code,
      ])
    }
    const before = await picture()
    await expect(migrate(scene.database)).rejects.toMatchObject({
      code: 'DB_SCHEMA',
      message: expect.stringMatching(
        /hlstats_Weapons: "css" "grüße" and "css" "grüsse" would be one row: rename/,
      ),
    })
    const { _prisma_migrations: _ours, ...after } = await picture()
    expect(after).toEqual(before)
    await scene.database.execute("DELETE FROM hlstats_Weapons WHERE code = 'grüsse'")
    expect((await migrate(scene.database)).legacy).toBe(true)
  })
})

describe('what keeps a database from being taken over', () => {
  beforeEach(() => makeLegacyDatabase(scene.url, { version: '1.11.6' }))

  it.each([
    [
      'ALTER TABLE hlstats_Servers DROP COLUMN last_event',
      /hlstats_Servers\.last_event is missing.*mode=updater/,
    ],
    ['ALTER TABLE hlstats_Events_Frags ADD COLUMN season INT NOT NULL', /season.*no default.*SET DEFAULT/],
    [
      'ALTER TABLE hlstats_Players MODIFY last_skill_change INT UNSIGNED NOT NULL DEFAULT 0',
      /negative.*MODIFY/,
    ],
    ['CREATE TABLE hlstats_Matches (id INT)', /hlstats_Matches is there already.*rename/],
  ])('is said by name, with the remedy: %s', async (sql, message) => {
    await scene.database.execute('UPDATE hlstats_Players SET last_skill_change = 0')
    await scene.database.execute(sql)
    expect((await planMigration(scene.database)).takeOver?.problems).toEqual([expect.stringMatching(message)])
    await expect(migrate(scene.database)).rejects.toMatchObject({
      code: 'DB_SCHEMA',
      message: expect.stringMatching(message),
    })
    expect(
      await one(
        "SELECT engine AS e FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'hlstats_Servers'",
      ),
    ).toEqual({ e: 'MyISAM' })
  })

  it('is no table of another engine that is not ours', async () => {
    await migrate(scene.database)
    await assertSchema(scene.database)
    await scene.database.execute('ALTER TABLE hlstats_Weapons ENGINE = MyISAM')
    await expect(assertSchema(scene.database)).rejects.toMatchObject({
      code: 'DB_SCHEMA',
      message: expect.stringContaining('hlstats_Weapons (MyISAM)'),
    })
  })
})

describe('seed data', () => {
  it('brings what every game needs, and never overwrites or revives what an admin changed', async () => {
    const { seeded } = await migrate(scene.database, { seed: true })
    expect(seeded).toBeGreaterThan(2_000)
    expect(
      await scene.database.prisma.weapon.findFirst({ where: { game: 'css', code: 'ak47' } }),
    ).toMatchObject({
      kills: 0,
    })
    expect(await scene.database.prisma.action.count({ where: { game: 'tf' } })).toBeGreaterThan(10)

    await scene.database.prisma.weapon.updateMany({
      where: { game: 'css', code: 'ak47' },
      data: { modifier: 9, kills: 3 },
    })
    await scene.database.prisma.role.deleteMany({ where: { game: 'tf', code: 'spy' } })
    expect((await migrate(scene.database, { seed: true })).seeded).toBe(0)
    expect(await scene.database.prisma.role.count({ where: { game: 'tf', code: 'spy' } })).toBe(0)

    // Another version of the files: new rows come, edited ones stay as they are.
    await scene.database.execute("UPDATE hlstats_System SET value = 'older' WHERE name LIKE 'seed.%'")
    expect((await migrate(scene.database, { seed: true })).seeded).toBe(1)
    expect(
      await scene.database.prisma.weapon.findFirst({ where: { game: 'css', code: 'ak47' } }),
    ).toMatchObject({
      modifier: 9,
      kills: 3,
    })
  })
})
