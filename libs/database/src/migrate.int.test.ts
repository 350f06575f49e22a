import { describe, expect, it } from 'vitest'
import { tableNamed, tableNames } from './catalogue.ts'
import { assertPartitions, assertSchema, migrate, migrationStatus } from './index.ts'
import { MIGRATIONS, migrationSql, sceneOfTests } from './scene-of-test.ts'

const [baseline = '', second = ''] = MIGRATIONS
const scene = sceneOfTests()

async function takeBack(sql: string): Promise<void> {
  for (const [, table = ''] of sql.matchAll(/CREATE TABLE `(\w+)`/g))
    await scene.database.execute(`DROP TABLE ${table}`)
  for (const [, table = '', additions = ''] of sql.matchAll(/ALTER TABLE `(\w+)`([^;]*);/g)) {
    for (const [, column = ''] of additions.matchAll(/ADD COLUMN `(\w+)`/g)) {
      await scene.database.execute(`ALTER TABLE ${table} DROP COLUMN ${column}`)
    }
  }
}

interface Column {
  readonly t: string
  readonly c: string
  readonly type: string
  readonly nullable: string
}

const withoutWidth = (type: string) =>
  type.toUpperCase().replace(/((?:TINY|SMALL|MEDIUM|BIG)?INT)\(\d+\)/, '$1')

describe('migrate', () => {
  it('makes the tables that schema.prisma describes: columns, types, NULLs and unique keys', async () => {
    await migrate(scene.database)
    const columns = await scene.database.query<Column>(
      `SELECT table_name AS t, column_name AS c, column_type AS type, is_nullable AS nullable
       FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name <> '_prisma_migrations'`,
    )
    const made = columns.map(({ t, c, type, nullable }) => `${t}.${c} ${withoutWidth(type)} ${nullable}`)
    const described = tableNames().flatMap((t) =>
      Object.entries(tableNamed(t).columns).map(
        ([c, { type, nullable }]) => `${t}.${c} ${type} ${nullable ? 'YES' : 'NO'}`,
      ),
    )
    // What Prisma's types cannot say: enums' values, precision of floats and DATETIME, CHAR.
    const comparable = (lines: readonly string[]) =>
      lines
        .map((line) =>
          line
            .replace(/ ENUM\(.*\) /, ' VARCHAR(64) ')
            .replace(/ FLOAT\(.*?\) /, ' FLOAT ')
            .replace(/ (DATETIME|TIME)\(0\) /, ' $1 ')
            .replaceAll(/, /g, ','),
        )
        .sort()
    expect(comparable(made)).toEqual(comparable(described))

    const indexes = await scene.database.query<{ line: string }>(
      `SELECT CONCAT(table_name, '.', index_name, ' ', GROUP_CONCAT(column_name ORDER BY seq_in_index)) AS line
       FROM information_schema.statistics WHERE table_schema = DATABASE() AND non_unique = 0 AND table_name <> '_prisma_migrations'
       GROUP BY table_name, index_name`,
    )
    const keys = tableNames().flatMap((t) =>
      Object.entries(tableNamed(t).keys).map(([name, members]) => `${t}.${name} ${members.join()}`),
    )
    expect(indexes.map(({ line }) => line).sort()).toEqual(keys.sort())

    const [odd] = await scene.database.query(
      `SELECT COUNT(*) AS n FROM information_schema.tables WHERE table_schema = DATABASE()
       AND (engine <> 'InnoDB' OR table_collation <> 'utf8mb4_unicode_ci')`,
    )
    expect(odd).toEqual({ n: 0 })
    await assertSchema(scene.database)
  })

  it('records each migration as Prisma does, and applies none twice', async () => {
    expect((await migrate(scene.database)).applied).toEqual(MIGRATIONS)
    const rows = await scene.database.query<{ migration_name: string }>(
      'SELECT * FROM _prisma_migrations ORDER BY started_at',
    )
    expect(rows.map(({ migration_name }) => migration_name)).toEqual(MIGRATIONS)
    for (const row of rows) {
      expect(row).toEqual({
        id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
        checksum: expect.stringMatching(/^[\da-f]{64}$/),
        migration_name: row.migration_name,
        started_at: expect.any(Date),
        finished_at: expect.any(Date),
        rolled_back_at: null,
        logs: null,
        applied_steps_count: 1,
      })
    }
    expect(await migrate(scene.database)).toEqual({ applied: [], legacy: false, seeded: 0 })
    expect(await migrationStatus(scene.database)).toEqual(
      MIGRATIONS.map((name) => ({ name, state: 'applied' })),
    )
  })

  it('may run twice at the same time', async () => {
    const other = await scene.open()
    try {
      const reports = await Promise.all([
        migrate(scene.database, { seed: true }),
        migrate(other, { seed: true }),
      ])
      expect(reports.map(({ applied }) => applied.length).sort()).toEqual([0, MIGRATIONS.length])
      expect(reports.map(({ seeded }) => seeded > 0).sort()).toEqual([false, true])
      const [rows] = await scene.database.query('SELECT COUNT(*) AS n FROM _prisma_migrations')
      expect(rows).toEqual({ n: MIGRATIONS.length })
    } finally {
      await other.close()
    }
  })

  it('goes on after the statement that failed last time', async () => {
    await scene.database.execute('CREATE TABLE hlstats_Parked (mine INT)')
    await expect(migrate(scene.database)).rejects.toMatchObject({
      code: 'DB_SCHEMA',
      message: expect.stringMatching(/own_tables.*hlstats_Parked/),
    })
    expect((await migrationStatus(scene.database)).slice(0, 2)).toEqual([
      { name: baseline, state: 'applied' },
      { name: second, state: 'failed' },
    ])
    await expect(assertSchema(scene.database)).rejects.toMatchObject({ code: 'DB_SCHEMA' })
    await expect(migrate(scene.database)).rejects.toMatchObject({ code: 'DB_SCHEMA' })

    await scene.database.execute('DROP TABLE hlstats_Parked')
    expect((await migrate(scene.database)).applied).toEqual(MIGRATIONS.slice(1))
    await assertSchema(scene.database)
  })

  it('goes on where a run was killed, between a statement and its record', async () => {
    await migrate(scene.database)
    await scene.database.execute(
      'UPDATE _prisma_migrations SET finished_at = NULL, applied_steps_count = 2 WHERE migration_name = ?',
      [second],
    )
    await scene.database.execute('DELETE FROM _prisma_migrations WHERE migration_name > ?', [second])
    await scene.database.execute('DROP TABLE hlstats_System')
    for (const sql of MIGRATIONS.slice(2).map(migrationSql).reverse()) await takeBack(sql)

    expect((await migrate(scene.database)).applied).toEqual(MIGRATIONS.slice(1))
    await assertSchema(scene.database)
    expect(await scene.database.prisma.systemSetting.count()).toBe(0)
  })

  it('refuses a database whose applied migrations have other bytes', async () => {
    await migrate(scene.database)
    await scene.database.execute(
      "UPDATE _prisma_migrations SET checksum = 'other' WHERE migration_name = ?",
      [second],
    )
    const refused = migrate(scene.database)
    await expect(refused).rejects.toMatchObject({
      code: 'DB_SCHEMA',
      message: expect.stringContaining(second),
    })
  })

  it('leaves a database alone that a newer build has migrated further', async () => {
    await migrate(scene.database)
    await scene.database.execute(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ('x', 'y', '29990101000000_later', NOW(3), 1)",
    )
    expect((await migrationStatus(scene.database)).at(-1)).toEqual({
      name: '29990101000000_later',
      state: 'unknown',
    })
    expect((await migrate(scene.database)).applied).toEqual([])
    await assertSchema(scene.database)
  })
})

describe('the number of partitions', () => {
  it('is what the first process said; another one is refused with both numbers', async () => {
    await migrate(scene.database)
    await Promise.all([assertPartitions(scene.database, 8), assertPartitions(scene.database, 8)])
    await expect(assertPartitions(scene.database, 4)).rejects.toMatchObject({
      code: 'QUEUE_PARTITIONS',
      message: expect.stringMatching(/4 partitions.*8/),
    })
  })
})
