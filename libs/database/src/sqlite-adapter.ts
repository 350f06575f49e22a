import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { StatsError, toError } from '@hlstats/errors'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import { sqlitePath } from './database-url.ts'

type Client = ReturnType<PrismaLibSql['createClient']>
type ClientTransaction = Awaited<ReturnType<Client['transaction']>>

/** What the connection must be like: set when it is opened, then asked for. */
const PRAGMAS = {
  // Readers do not wait for the writer, nor he for them.
  journal_mode: 'wal',
  // A COMMIT survives the process, not a loss of power: what needs that is kept in the journal until a checkpoint.
  synchronous: 1,
  foreign_keys: 1,
  // Another process (the command line) may be writing.
  busy_timeout: 5_000,
} as const

/** Prisma's adapter for libsql on one connection. */
export class SqliteAdapterFactory extends PrismaLibSql {
  readonly #path: string

  constructor(url: string) {
    const path = sqlitePath(url)
    super({ url: `file:${path}` })
    this.#path = path
  }

  override async connect(): Promise<SqlDriverAdapter> {
    const adapter = await this.#open()
    for (const [name, value] of Object.entries(PRAGMAS)) {
      await adapter.executeScript(`PRAGMA ${name} = ${value}`)
      const { rows } = await adapter.queryRaw({ sql: `PRAGMA ${name}`, args: [], argTypes: [] })
      const found = rows[0]?.[0]
      if (found === value) continue
      await adapter.dispose()
      throw new StatsError(
        'DB_CONNECTION',
        `${this.#path}: ${name} is ${found}, not ${value}: put the file on a local disk`,
      )
    }
    return adapter
  }

  // libsql's client leaves the connection of each transaction to the garbage collector and opens the next one. Prisma's
  // adapter already runs one transaction at a time and lets nothing in between, so one connection is enough, and its
  // settings hold. BEGIN IMMEDIATE: a unit that began by reading could not write any more after somebody else did.
  override createClient(config: Parameters<PrismaLibSql['createClient']>[0]): Client {
    const client = super.createClient(config)
    client.transaction = async () => {
      await client.execute('BEGIN IMMEDIATE')
      return {
        execute: (statement: Parameters<Client['execute']>[0]) => client.execute(statement),
        commit: () => commit(client),
        rollback: () => client.execute('ROLLBACK'),
      } as unknown as ClientTransaction
    }
    const close = client.close.bind(client)
    client.close = () => {
      // The log goes into the file now: statements that are not collected yet keep the close itself from doing it.
      client.executeMultiple('PRAGMA wal_checkpoint(TRUNCATE)').catch(() => undefined)
      close()
    }
    return client
  }

  async #open(): Promise<SqlDriverAdapter> {
    try {
      mkdirSync(dirname(this.#path), { recursive: true })
      return await super.connect()
    } catch (error) {
      throw new StatsError('DB_CONNECTION', `cannot open ${this.#path}: ${toError(error).message}`, {
        cause: error,
      })
    }
  }
}

// A COMMIT that fails leaves its transaction open.
async function commit(client: Client): Promise<void> {
  try {
    await client.execute('COMMIT')
  } catch (error) {
    await client.execute('ROLLBACK').catch(() => undefined)
    throw error
  }
}
