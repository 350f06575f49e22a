import { type Connection, createConnection } from 'mariadb'

/** Runs statements on a connection of their own, outside the code under test. */
export async function withConnection<T>(
  url: string,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const { hostname, port, username, password, pathname } = new URL(url)
  const connection = await createConnection({
    host: hostname,
    port: Number(port || 3306),
    user: decodeURIComponent(username || 'root'),
    password: decodeURIComponent(password),
    connectTimeout: 3_000,
    ...(pathname.length > 1 ? { database: decodeURIComponent(pathname.slice(1)) } : {}),
  })
  try {
    return await work(connection)
  } finally {
    await connection.end()
  }
}

/** Throws unless a MariaDB/MySQL answers there and lets us in. */
export async function visitDatabase(url: string): Promise<void> {
  await withConnection(url, (connection) => connection.query('SELECT 1'))
}

/** Whether a MariaDB/MySQL answers there and lets us in. */
export async function canQuery(url: string): Promise<boolean> {
  try {
    await visitDatabase(url)
    return true
  } catch {
    return false
  }
}

/** The same server, another database. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}
