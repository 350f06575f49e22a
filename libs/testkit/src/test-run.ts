import { StatsError } from '@hlstats/errors'
import { isRabbitRelease, type RabbitRelease } from './rabbit-programs.ts'

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

/** Makes the second broker of the run known, to the tests that run on both. */
export function announceRabbit4({ url, managementUrl }: { url: string; managementUrl?: string }): void {
  process.env.HLSTATS_TEST_AMQP_URL_4 = url
  if (managementUrl !== undefined) process.env.HLSTATS_TEST_MANAGEMENT_URL_4 = managementUrl
}

/** The release that tests of this process run on; undefined for whatever this machine has. */
export function wantedRabbitRelease(
  wanted = process.env.HLSTATS_TEST_ON_RABBITMQ,
): RabbitRelease | undefined {
  if (wanted === undefined || wanted === '') return undefined
  if (isRabbitRelease(wanted)) return wanted
  throw new StatsError('CONFIG_INVALID', `HLSTATS_TEST_RABBITMQ_RELEASE is "${wanted}": 4 or 4.0 is possible`)
}

export function currentTestRun(): TestRun {
  const { HLSTATS_TEST_RUN, HLSTATS_TEST_DATABASE_URL, HLSTATS_TEST_AMQP_URL } = process.env
  if (!HLSTATS_TEST_RUN || !HLSTATS_TEST_DATABASE_URL || !HLSTATS_TEST_AMQP_URL) {
    throw new StatsError(
      'BACKEND_MISSING',
      'no test run is announced: run this by `npm test` or by vitest with its project `int` or `e2e`',
    )
  }
  const run = { id: HLSTATS_TEST_RUN, databaseUrl: HLSTATS_TEST_DATABASE_URL }
  if (wantedRabbitRelease() !== undefined) {
    const { HLSTATS_TEST_AMQP_URL_4: amqpUrl = '', HLSTATS_TEST_MANAGEMENT_URL_4: managementUrl } =
      process.env
    return { ...run, amqpUrl, managementUrl }
  }
  return {
    ...run,
    amqpUrl: HLSTATS_TEST_AMQP_URL,
    managementUrl: process.env.HLSTATS_TEST_MANAGEMENT_URL,
  }
}
