import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { Backend, BackendOptions } from './backend.ts'
import type { PrismaClient } from './generated/prisma/client.ts'
import { PrismaClient as SqliteClient } from './generated/sqlite/client.ts'
import { SqliteAdapterFactory } from './sqlite-adapter.ts'
import { sqliteDialect } from './sqlite-dialect.ts'

// Below 32,766, what SQLite numbers placeholders up to.
const LIMITS = { rows: 1_000, placeholders: 32_000, bytes: 16_777_216 }

/** SQLite: one file, one connection, one unit of work at a time. */
export function sqliteBackend({ url }: BackendOptions): Backend {
  return {
    dialect: sqliteDialect,
    adapter: new SqliteAdapterFactory(url),
    createClient,
    readLimits: async () => LIMITS,
    checkpoint: async (session) => {
      const [row] = await session.query<{ busy: number; log: number; checkpointed: number }>(
        'PRAGMA wal_checkpoint(PASSIVE)',
        [],
      )
      return row !== undefined && row.busy === 0 && row.log === row.checkpointed
    },
  }
}

// Both clients are generated from one schema: they differ in what a server can do, not in models and fields.
function createClient(adapter: SqlDriverAdapterFactory): PrismaClient {
  return new SqliteClient({ adapter, errorFormat: 'minimal' }) as unknown as PrismaClient
}
