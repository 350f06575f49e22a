import { existsSync } from 'node:fs'
import { type Field, loadConfig, shared } from '@hlstats/config'
import { assertSchema, type Database, openDatabase } from '@hlstats/database'
import { createMetrics, silentLogger } from '@hlstats/telemetry'

// Where standalone keeps it unless told otherwise.
const STANDALONE_FILE = 'data/hlstats.db'

/** A server's database, or the file of standalone: that one also where nothing is said and it is there. */
function databaseUrlField(): Field<string> {
  const isFile = (text: string) => /^(sqlite|file):./.test(text)
  return {
    ...shared.databaseUrl,
    expects: `${shared.databaseUrl.expects}, or sqlite:${STANDALONE_FILE}`,
    ...(existsSync(STANDALONE_FILE) ? { fallback: `sqlite:${STANDALONE_FILE}` } : {}),
    parse: (text) => (isFile(text) ? text : shared.databaseUrl.parse(text)),
  }
}

/** Opens the database of DATABASE_URL for one command and closes it whatever happens. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  return withAnyDatabase(async (database) => {
    await assertSchema(database)
    return work(database)
  })
}

/** The same without asking for this build's schema: for the command that makes it. */
export async function withAnyDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const { databaseUrl } = loadConfig({ prefix: 'CLI', fields: { databaseUrl: databaseUrlField() } })
  const logger = silentLogger()
  const database = await openDatabase({ url: databaseUrl, logger, metrics: createMetrics() })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
