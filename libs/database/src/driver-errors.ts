import { type ErrorCode, StatsError } from '@hlstats/errors'

// Numbers of the server's error list; what is not here is DB_QUERY.
const SERVER_ERRORS: Partial<Record<ErrorCode, readonly number[]>> = {
  // 1020 comes from MariaDB's snapshot isolation check: the transaction lost against a newer one, as in a deadlock.
  DB_DEADLOCK: [1213, 1614, 1020, 1637],
  DB_LOCK_TIMEOUT: [1205, 1206, 3572, 1969, 3024],
  DB_CONNECTION: [
    1040, 1044, 1045, 1049, 1053, 1077, 1079, 1129, 1130, 1152, 1153, 1158, 1159, 1160, 1161, 1180, 1184,
    1203, 1226, 1317, 1698, 1927, 2002, 2003, 2006, 2013, 3118, 4031,
  ],
  // A full disk shows as one of the last four.
  DB_READ_ONLY: [1290, 1792, 1836, 3100, 1021, 1026, 1114, 3],
  DB_CONSTRAINT: [
    1048, 1062, 1169, 1216, 1217, 1242, 1264, 1265, 1292, 1364, 1365, 1366, 1367, 1406, 1411, 1441, 1451,
    1452, 1525, 1557, 1586, 1690, 3819, 3988, 4025,
  ],
  DB_SCHEMA: [1054, 1146],
}

// An oversized packet is the statement's fault and comes back each time; the connection it breaks is a consequence.
const NEVER_PASSES = [1153]

const CODE_OF = new Map(
  Object.entries(SERVER_ERRORS).flatMap(([code, numbers]) =>
    numbers.filter((number) => !NEVER_PASSES.includes(number)).map((number) => [number, code as ErrorCode]),
  ),
)

// The driver numbers its own troubles (socket, pool, timeouts) from here; the server never does.
const DRIVER_ERRORS = 45_000

const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOENT|EACCES)/

// Prisma's own: cannot reach, timed out, transaction API (closed, expired, could not start), pool.
const PRISMA_CONNECTION = ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028']

// SQLite's primary result codes, with which libsql begins its messages.
const SQLITE_ERRORS: Readonly<Record<string, ErrorCode>> = {
  SQLITE_BUSY: 'DB_LOCK_TIMEOUT',
  SQLITE_LOCKED: 'DB_LOCK_TIMEOUT',
  SQLITE_READONLY: 'DB_READ_ONLY',
  SQLITE_FULL: 'DB_READ_ONLY',
  SQLITE_IOERR: 'DB_READ_ONLY',
  SQLITE_CANTOPEN: 'DB_CONNECTION',
  SQLITE_PROTOCOL: 'DB_CONNECTION',
  SQLITE_CONSTRAINT: 'DB_CONSTRAINT',
  SQLITE_MISMATCH: 'DB_CONSTRAINT',
  SQLITE_TOOBIG: 'DB_CONSTRAINT',
}

const REMEDY: Partial<Record<ErrorCode, string>> = {
  DB_SCHEMA: 'run `hlstats migrate`',
  DB_CONNECTION: 'check DATABASE_URL, and that the server runs and lets this user in',
  DB_READ_ONLY: 'wait for the failover, or free space on the disk of the database',
}

interface DriverFault {
  readonly errno?: number
  readonly code?: string
  readonly text: string
}

/** Whether an error comes from the driver, the adapter or Prisma, and not from code of ours. */
export function isDatabaseFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    /^(PrismaClient|DriverAdapterError|SqlError)/.test(error.name) || /^SqlError/.test(error.constructor.name)
  )
}

/** The StatsError for a failure of the database: its code says whether it may pass. */
export function databaseError(error: unknown): StatsError {
  if (error instanceof StatsError) return error
  const fault = faultOf(error)
  const code = codeOfFault(fault)
  const remedy = REMEDY[code]
  const text = fault.text.replaceAll(/\s+/g, ' ').trim().slice(0, 500)
  return new StatsError(code, remedy === undefined ? text : `${text}: ${remedy}`, { cause: error })
}

function codeOfFault({ errno, code, text }: DriverFault): ErrorCode {
  const sqlite = /^(SQLITE_[A-Z]+): /.exec(text)?.[1]
  if (sqlite !== undefined) {
    return (
      SQLITE_ERRORS[sqlite] ??
      (/no such (table|column)|has no column named/.test(text) ? 'DB_SCHEMA' : 'DB_QUERY')
    )
  }
  if (code === 'P2028' && text.includes('expired transaction')) return 'DB_UNIT_TIMEOUT'
  if (errno !== undefined && errno >= DRIVER_ERRORS) return 'DB_CONNECTION'
  const known = errno === undefined ? undefined : CODE_OF.get(errno)
  if (known !== undefined) return known
  if (code !== undefined && (NETWORK.test(code) || PRISMA_CONNECTION.includes(code))) return 'DB_CONNECTION'
  return 'DB_QUERY'
}

// Prisma hides the server's number: DriverAdapterError.cause.originalCode, one level deeper for errors of its client.
function faultOf(error: unknown): DriverFault {
  const root = property(property(error, 'meta'), 'driverAdapterError') ?? error
  const cause = property(root, 'cause')
  const original = property(cause, 'originalCode')
  if (typeof original === 'string') {
    // The pool only says that it waited in vain; why, it gives as the cause.
    const reason = property(cause, 'cause')
    const message = String(property(cause, 'originalMessage'))
    if (message.startsWith('SQLITE_')) return { text: message }
    return { errno: Number(original), text: typeof reason === 'string' ? `${message}: ${reason}` : message }
  }
  const errno = property(root, 'errno') ?? property(cause, 'errno')
  const code = property(error, 'code') ?? property(root, 'code') ?? property(cause, 'code')
  const message = property(root, 'sqlMessage') ?? property(root, 'message')
  return {
    ...(typeof errno === 'number' && errno > 0 ? { errno } : {}),
    ...(typeof code === 'string' ? { code } : {}),
    text: typeof message === 'string' ? message : String(error),
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
