import { existsSync } from 'node:fs'
import { type Field, loadConfig, shared } from '@hlstats/config'
import { assertSchema, type Database, openDatabase } from '@hlstats/database'
import { withDatabaseFile } from '@hlstats/standalone'
import { createMetrics, silentLogger } from '@hlstats/telemetry'

// Where standalone keeps it unless told otherwise.
const STANDALONE_FILE = 'data/hlstats.db'

/** A server's database, or the file of standalone: that one also where nothing is said and it is there. */
function databaseUrlField(): Field<string> {
  return {
    ...shared.databaseUrl,
    expects: `${shared.databaseUrl.expects}, or sqlite:${STANDALONE_FILE}`,
    ...(existsSync(STANDALONE_FILE) ? { fallback: `sqlite:${STANDALONE_FILE}` } : {}),
    parse: (text) => (isFileUrl(text) ? text : shared.databaseUrl.parse(text)),
  }
}

/** The database of this command. */
export function chosenDatabaseUrl(): string {
  return loadConfig({ prefix: 'CLI', fields: { databaseUrl: databaseUrlField() } }).databaseUrl
}

/** Whether it is the file of standalone, which has one writer. */
export function isFileUrl(url: string): boolean {
  return /^(sqlite|file):./.test(url)
}

/** Opens the database of DATABASE_URL for reading and closes it whatever happens. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  return withDatabaseAt(chosenDatabaseUrl(), async (database) => {
    await assertSchema(database)
    return work(database)
  })
}

/** Opens a database that nobody else is to write to meanwhile, of whatever schema. */
export async function withOwnDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const opened = () => withDatabaseAt(url, work)
  return isFileUrl(url) ? withDatabaseFile(url, opened) : opened()
}

async function withDatabaseAt<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url, logger: silentLogger(), metrics: createMetrics() })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
