import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createMetrics, silentLogger } from '@hlstats/telemetry'
import { temporaryFolder } from './cache-folder.ts'
import { type TestDatabase, testDatabase } from './test-database.ts'

let template: Promise<string> | undefined
let databases = 0

/** A fresh SQLite file, copied from one that is migrated and seeded once per test file. */
export async function sqliteTestDatabase(): Promise<TestDatabase> {
  template ??= makeTemplate()
  databases += 1
  const source = await template
  const path = `${source}.${databases}`
  copyFileSync(source, path)
  const url = `sqlite:${path}`
  const database = await open(url)
  const drop = async () => {
    await database.close()
    rmSync(path, { force: true })
  }
  return { url, database, drop }
}

/** Every kind of database, for contracts that hold on each. */
export const testDatabaseKinds = [
  { kind: 'MariaDB', open: () => testDatabase() },
  { kind: 'SQLite', open: sqliteTestDatabase },
] as const

async function makeTemplate(): Promise<string> {
  const path = join(temporaryFolder('sqlite'), 'template.db')
  const database = await open(`sqlite:${path}`)
  const { migrate } = await import('@hlstats/database')
  try {
    await migrate(database, { seed: true })
  } finally {
    // The last connection to close takes the write-ahead log into the file.
    await database.close()
  }
  return path
}

// Loaded late, as in test-database.ts.
async function open(url: string) {
  const { openDatabase } = await import('@hlstats/database')
  return openDatabase({ url, logger: silentLogger(), metrics: createMetrics() })
}
