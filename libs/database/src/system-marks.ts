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
  const recorded = await recordedPartitions(database)
  if (recorded === partitions) return
  throw new StatsError(
    'QUEUE_PARTITIONS',
    `this process runs with ${partitions} partitions, the system with ${recorded}: set PARTITIONS=${recorded} everywhere, ` +
      `or change it with \`hlstats partitions set ${partitions}\` while everything stands still`,
  )
}

/** The number of partitions that the system runs with; 0 where no process ever ran. */
export async function recordedPartitions(database: Database): Promise<number> {
  const [row] = await database.query<{ value: string }>(
    "SELECT value FROM hlstats_System WHERE name = 'partitions'",
  )
  return Number(row?.value ?? 0)
}

/** Writes another number down. Whoever does sees to it that nothing waits in the partitions of before. */
export async function recordPartitions(database: Database, partitions: number): Promise<void> {
  await database.execute(
    "INSERT INTO hlstats_System (name, value) VALUES ('partitions', ?) ON DUPLICATE KEY UPDATE value = VALUES(value)",
    [String(partitions)],
  )
}
