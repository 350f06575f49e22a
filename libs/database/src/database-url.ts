import { StatsError } from '@hlstats/errors'

/** Where the database is, and as whom. */
export interface DatabaseAddress {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  /** A Unix socket instead of host and port: `?socket=/run/mysqld/mysqld.sock`. */
  readonly socketPath?: string
  /** `?ssl=true` wants a verified certificate, `?ssl=unverified` only encryption. */
  readonly ssl?: boolean | { rejectUnauthorized: false }
}

const EXAMPLE = 'mysql://user:password@host:3306/hlstats'
const SETTINGS = ['socket', 'ssl']

/** Reads a `mysql://` or `mariadb://` URL; what is wrong with it is said without showing its password. */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  const url = URL.parse(text)
  if (url === null) throw invalid('is not a URL')
  if (!['mysql:', 'mariadb:'].includes(url.protocol)) {
    throw invalid(`has the protocol ${url.protocol}//`)
  }
  const database = decode(url.pathname.slice(1), 'database name')
  if (!/^[^/\\.\0]{1,64}$/u.test(database)) {
    throw invalid(database === '' ? 'names no database' : `names the database "${database}"`)
  }
  const unknown = [...url.searchParams.keys()].filter((name) => !SETTINGS.includes(name))
  if (unknown.length > 0) {
    throw invalid(`has the setting ${unknown.join(', ')}; known are ${SETTINGS.join(', ')}`)
  }
  const socketPath = url.searchParams.get('socket')
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1') || 'localhost',
    port: Number(url.port || 3306),
    user: decode(url.username, 'user'),
    password: decode(url.password, 'password'),
    database,
    ...(socketPath === null ? {} : { socketPath }),
    ...sslSetting(url.searchParams.get('ssl')),
  }
}

/** The file behind `sqlite:path` or `file:path`. */
export function sqlitePath(text: string): string {
  const path = decode(text.replace(/^(sqlite|file):(\/\/)?/i, ''), 'path')
  if (path === '' || path.includes('?')) {
    throw new StatsError(
      'CONFIG_INVALID',
      `the database URL ${path === '' ? 'names no file' : 'has settings'}: write it like sqlite:data/hlstats.db`,
    )
  }
  return path
}

function sslSetting(value: string | null): Pick<DatabaseAddress, 'ssl'> {
  if (value === null || value === 'false') return {}
  if (value === 'true') return { ssl: true }
  if (value === 'unverified') return { ssl: { rejectUnauthorized: false } }
  throw invalid(`has ssl=${value}; use true, unverified or false`)
}

function decode(part: string, what: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw invalid(`has a ${what} with a wrong %-escape`)
  }
}

function invalid(problem: string): StatsError {
  return new StatsError('CONFIG_INVALID', `the database URL ${problem}: write it like ${EXAMPLE}`)
}
