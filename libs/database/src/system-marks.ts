import { StatsError } from '@hlstats/errors'
import type { Database } from './database.ts'

/**
 * Refuses to run with another number of partitions than the system began with: a server's events would be in two
 * partitions at once, and out of order. The first caller writes the number down.
 */
export async function assertPartitions(database: Database, partitions: number): Promise<void> {
  await database.execute("INSERT IGNORE INTO hlstats_System (name, value) VALUES ('partitions', ?)", [
    String(partitions),
  ])
  const [row] = await database.query<{ value: string }>(
    "SELECT value FROM hlstats_System WHERE name = 'partitions'",
  )
  if (row?.value === String(partitions)) return
  throw new StatsError(
    'QUEUE_PARTITIONS',
    `this process runs with ${partitions} partitions, the system with ${row?.value}: set PARTITIONS=${row?.value} everywhere`,
  )
}
