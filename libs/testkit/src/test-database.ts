import type { Database } from '@hlstats/database'
import { createMetrics, silentLogger } from '@hlstats/telemetry'
import type { Connection } from 'mariadb'
import { databaseUrl, withConnection } from './database-server.ts'
import { currentTestRun } from './test-run.ts'

/** A database of one test file: migrated, seeded, nobody else's. */
export interface TestDatabase {
  readonly url: string
  readonly database: Database
  /** Closes and deletes it; without this call it stays until the end of the run. */
  drop(): Promise<void>
}

let databases = 0

/** A fresh database, cloned from one that is migrated and seeded once per run and server: the run's, or one of the caller's. */
export async function testDatabase(
  options: { poolSize?: number; unitLimitMs?: number; serverUrl?: string } = {},
): Promise<TestDatabase> {
  // On a server of the caller's own nobody else has databases.
  const run =
    options.serverUrl === undefined ? currentTestRun() : { id: 'own', databaseUrl: options.serverUrl }
  const { serverUrl = run.databaseUrl, ...limits } = options
  databases += 1
  const name = `t_${run.id}_${process.pid}_${databases}`
  await withConnection(serverUrl, async (connection) => {
    const template = await provideTemplate(connection, serverUrl, run.id)
    await clone(connection, template, name)
  })
  const url = databaseUrl(serverUrl, name)
  const database = await open(url, limits)
  const drop = async () => {
    await database.close()
    await withConnection(serverUrl, (connection) => connection.query(`DROP DATABASE IF EXISTS \`${name}\``))
  }
  return { url, database, drop }
}

/** An empty database of one test file, for tests of migrations. */
export async function emptyTestDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const run = currentTestRun()
  databases += 1
  const name = `t_${run.id}_${process.pid}_${databases}`
  const query = (sql: string) => withConnection(run.databaseUrl, (connection) => connection.query(sql))
  await query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`)
  return {
    url: databaseUrl(run.databaseUrl, name),
    drop: async () => {
      await query(`DROP DATABASE IF EXISTS \`${name}\``)
    },
  }
}

/** Deletes every database that a run made. */
export async function dropTestDatabases(serverUrl: string, runId: string): Promise<void> {
  await withConnection(serverUrl, async (connection) => {
    const rows: { name: string }[] = await connection.query(
      'SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name LIKE ?',
      [`t\\_${runId}\\_%`],
    )
    for (const { name } of rows) await connection.query(`DROP DATABASE \`${name}\``)
  })
}

// Test files start at the same time in processes of their own: the first makes the template, the others wait for its lock.
async function provideTemplate(connection: Connection, serverUrl: string, runId: string): Promise<string> {
  const template = `t_${runId}_template`
  await connection.query('SELECT GET_LOCK(?, 120)', [template])
  try {
    const found = await connection.query('SHOW DATABASES LIKE ?', [`t\\_${runId}\\_template`])
    if (found.length > 0) return template
    const building = `t_${runId}_building`
    await connection.query(`CREATE DATABASE \`${building}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`)
    const url = databaseUrl(serverUrl, building)
    const database = await open(url)
    const { migrate } = await import('@hlstats/database')
    try {
      await migrate(database, { seed: true })
    } finally {
      await database.close()
    }
    await clone(connection, building, template)
    return template
  } finally {
    await connection.query('SELECT RELEASE_LOCK(?)', [template])
  }
}

async function clone(connection: Connection, from: string, to: string): Promise<void> {
  const tables: { name: string }[] = await connection.query(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'",
    [from],
  )
  await connection.query(`CREATE DATABASE \`${to}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`)
  for (const { name } of tables) {
    await connection.query(`CREATE TABLE \`${to}\`.\`${name}\` LIKE \`${from}\`.\`${name}\``)
    await connection.query(`INSERT INTO \`${to}\`.\`${name}\` SELECT * FROM \`${from}\`.\`${name}\``)
  }
}

// Loaded late: unit tests that only want a builder shall not wait for Prisma.
async function open(
  url: string,
  options: { poolSize?: number; unitLimitMs?: number } = {},
): Promise<Database> {
  const { openDatabase } = await import('@hlstats/database')
  return openDatabase({ url, logger: silentLogger(), metrics: createMetrics(), ...options })
}
