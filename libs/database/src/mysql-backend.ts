import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import type { Backend, BackendOptions } from './backend.ts'
import { connectionConfig } from './connection-config.ts'
import { parseDatabaseUrl } from './database-url.ts'
import { databaseError } from './driver-errors.ts'
import { PrismaClient } from './generated/prisma/client.ts'
import { mysqlDialect } from './mysql-dialect.ts'

/** MySQL and MariaDB: a pool of connections. */
export function mysqlBackend({ url, logger, ...limits }: BackendOptions): Backend {
  const config = connectionConfig(parseDatabaseUrl(url), limits)
  return {
    dialect: mysqlDialect,
    adapter: new PrismaMariaDb(config, {
      database: config.database,
      useTextProtocol: true,
      onConnectionError: (error) => logger.warn('database connection lost', { err: databaseError(error) }),
    }),
    createClient: (adapter) => new PrismaClient({ adapter, errorFormat: 'minimal' }),
    readLimits: async (session) => {
      const [row] = await session.query<{ bytes: number }>('SELECT @@max_allowed_packet AS bytes', [])
      // Below the packet: the statement's own text needs room too.
      const bytes = Math.floor(Math.min(row?.bytes ?? 1_048_576, 16_777_216) * 0.8)
      return { rows: 1_000, placeholders: 60_000, bytes }
    },
    // The server does that by its own settings.
    checkpoint: async () => true,
  }
}
