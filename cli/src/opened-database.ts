import { loadConfig, shared } from '@hlstats/config'
import { assertSchema, type Database, openDatabase } from '@hlstats/database'
import { createMetrics, silentLogger } from '@hlstats/telemetry'

/** Opens the database of DATABASE_URL for one command and closes it whatever happens. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  return withAnyDatabase(async (database) => {
    await assertSchema(database)
    return work(database)
  })
}

/** The same without asking for this build's schema: for the command that makes it. */
export async function withAnyDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const { databaseUrl } = loadConfig({ prefix: 'CLI', fields: { databaseUrl: shared.databaseUrl } })
  const logger = silentLogger()
  const database = await openDatabase({ url: databaseUrl, logger, metrics: createMetrics() })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
