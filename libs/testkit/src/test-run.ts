import { StatsError } from '@hlstats/errors'

/** What vitest's global set-up tells every test process, by environment so that started processes see it too. */
export interface TestRun {
  readonly id: string
  readonly databaseUrl: string
  readonly amqpUrl: string
  readonly managementUrl: string | undefined
}

/** Makes the run known to all test processes that start from now on. */
export function announceTestRun(run: TestRun): void {
  process.env.HLSTATS_TEST_RUN = run.id
  process.env.HLSTATS_TEST_DATABASE_URL = run.databaseUrl
  process.env.HLSTATS_TEST_AMQP_URL = run.amqpUrl
  if (run.managementUrl !== undefined) process.env.HLSTATS_TEST_MANAGEMENT_URL = run.managementUrl
}

export function currentTestRun(): TestRun {
  const { HLSTATS_TEST_RUN, HLSTATS_TEST_DATABASE_URL, HLSTATS_TEST_AMQP_URL } = process.env
  if (!HLSTATS_TEST_RUN || !HLSTATS_TEST_DATABASE_URL || !HLSTATS_TEST_AMQP_URL) {
    throw new StatsError(
      'BACKEND_MISSING',
      'no test run is announced: run this by `npm test` or by vitest with its project `int` or `e2e`',
    )
  }
  return {
    id: HLSTATS_TEST_RUN,
    databaseUrl: HLSTATS_TEST_DATABASE_URL,
    amqpUrl: HLSTATS_TEST_AMQP_URL,
    managementUrl: process.env.HLSTATS_TEST_MANAGEMENT_URL,
  }
}
