import { StatsError } from '@hlstats/errors'
import { uncountedRecords } from '@hlstats/standalone'

/** Refuses while the journal beside standalone's file holds what is not counted into it. */
export async function assertAllCounted(databaseUrl: string): Promise<void> {
  const left = await uncountedRecords(databaseUrl)
  if (left === 0) return
  throw new StatsError(
    'INPUT_INVALID',
    `the journal beside ${databaseUrl} holds ${left} records not counted yet: start standalone once, stop it with Ctrl-C, then try again`,
  )
}
