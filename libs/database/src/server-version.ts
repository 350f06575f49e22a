import { StatsError } from '@hlstats/errors'

// JSON_TABLE, with which collected changes are joined, came with these.
const OLDEST = { MariaDB: [10, 6, 0], MySQL: [8, 0, 19] } as const

/** Throws when the server, named by its VERSION(), is too old for the statements that are sent to it. */
export function requireServerVersion(version: string): void {
  const product = /mariadb/i.test(version) ? 'MariaDB' : 'MySQL'
  const numbers =
    /(\d+)\.(\d+)\.(\d+)/
      .exec(version.replace(/^5\.5\.5-/, ''))
      ?.slice(1)
      .map(Number) ?? []
  const oldest = OLDEST[product]
  const difference = oldest.map((part, index) => (numbers[index] ?? 0) - part).find((part) => part !== 0) ?? 0
  if (difference >= 0) return
  throw new StatsError(
    'DB_SCHEMA',
    `the database server is ${product} ${numbers.join('.')}: HLStats needs MariaDB ${OLDEST.MariaDB.slice(0, 2).join('.')} or ` +
      `MySQL ${OLDEST.MySQL.join('.')}, or later`,
  )
}
