import type { ILogger } from '@hlstats/telemetry'
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { StatementLimits } from './chunks.ts'
import type { Dialect } from './dialect.ts'
import type { PrismaClient } from './generated/prisma/client.ts'
import type { SqlSession } from './sql-session.ts'

export interface BackendOptions {
  readonly url: string
  readonly poolSize: number
  readonly answerWithinMs?: number | undefined
  readonly logger: ILogger
}

/** One kind of database: its driver, its dialect, and the typed client made for it. */
export interface Backend {
  readonly dialect: Dialect
  readonly adapter: SqlDriverAdapterFactory
  createClient(adapter: SqlDriverAdapterFactory): PrismaClient
  readLimits(session: SqlSession): Promise<StatementLimits>
  /** Forces what was committed to the disk, and says whether all of it is there. */
  checkpoint(session: SqlSession): Promise<boolean>
}

/** The kind that a URL asks for; the driver of the other one is not loaded. */
export async function backendOf(options: BackendOptions): Promise<Backend> {
  if (/^(sqlite|file):/i.test(options.url)) {
    const { sqliteBackend } = await import('./sqlite-backend.ts')
    return sqliteBackend(options)
  }
  const { mysqlBackend } = await import('./mysql-backend.ts')
  return mysqlBackend(options)
}
