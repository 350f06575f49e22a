import type { PrismaMariaDb } from '@prisma/adapter-mariadb'
import type { BackendOptions } from './backend.ts'
import type { DatabaseAddress } from './database-url.ts'

/** What every connection is told before its first statement; a test asserts that it holds. */
const SESSION_SETTINGS = {
  // Times go in and out as UTC, whatever zone the server has.
  time_zone: "'+00:00'",
  sql_mode:
    "'STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
  innodb_lock_wait_timeout: '5',
} as const

// Longer than a batch computes, short enough that a frozen process does not lock the others out. MySQL has no such
// setting and takes the marked part for a comment.
const IDLE_TRANSACTION = '/*M!100300 , idle_transaction_timeout = 10 */'

// Without gap locks: writers that look for rows which are not there yet would block each other, and deadlock. Reads
// see what others committed meanwhile; rows that a batch changes are locked before they are read.
const ISOLATION = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'

type PoolConfig = Exclude<ConstructorParameters<typeof PrismaMariaDb>[0], string | { getConnection: unknown }>

/** Settings of the driver's pool. */
export function connectionConfig(
  address: DatabaseAddress,
  { poolSize, answerWithinMs }: Pick<BackendOptions, 'poolSize' | 'answerWithinMs'>,
): PoolConfig & { database: string } {
  const settings = Object.entries({ ...SESSION_SETTINGS, ...givingUp(answerWithinMs) }).map(
    ([name, value]) => `${name} = ${value}`,
  )
  return {
    ...address,
    connectionLimit: poolSize,
    minimumIdle: 1,
    idleTimeout: 60,
    acquireTimeout: 3_000,
    connectTimeout: 3_000,
    // A machine that lost its power sends no end: without a limit its answer is waited for for ever.
    ...(answerWithinMs === undefined ? {} : { socketTimeout: answerWithinMs }),
    initSql: [ISOLATION, `SET SESSION ${settings.join(', ')} ${IDLE_TRANSACTION}`],
  }
}

// The server gives us up after as long: MySQL would let a process that stands still keep its locks for eight hours. Not
// for migrations, whose locks are held by connections that say nothing for long.
function givingUp(answerWithinMs: number | undefined): { wait_timeout?: string } {
  return answerWithinMs === undefined ? {} : { wait_timeout: String(Math.ceil(answerWithinMs / 1_000)) }
}
