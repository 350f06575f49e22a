import { randomBytes } from 'node:crypto'
import { StatsError } from '@hlstats/errors'
import { type Backends, dockerBackends, missingPrograms, privateBackends } from './backends.ts'
import { dropTestDatabases } from './test-database.ts'
import { announceTestRun } from './test-run.ts'

/** Vitest calls this once per run of the int and e2e projects: real backends for all their tests. */
export async function setup(): Promise<() => Promise<void>> {
  const backends = (await givenBackends()) ?? (await foundBackends())
  const id = randomBytes(4).toString('hex')
  announceTestRun({ id, ...backends })
  return async () => {
    await dropTestDatabases(backends.databaseUrl, id)
    await backends.stop()
  }
}

// Two projects of one run share what the first of them found.
async function givenBackends(): Promise<Backends | undefined> {
  const databaseUrl = process.env.HLSTATS_TEST_DATABASE_URL
  const amqpUrl = process.env.HLSTATS_TEST_AMQP_URL
  if (databaseUrl === undefined || amqpUrl === undefined) return undefined
  const managementUrl = process.env.HLSTATS_TEST_MANAGEMENT_URL
  return { databaseUrl, amqpUrl, managementUrl, source: 'the environment', stop: async () => undefined }
}

async function foundBackends(): Promise<Backends> {
  const report = (line: string) => process.stderr.write(`${line}\n`)
  const found = (await dockerBackends(report)) ?? (await privateBackends())
  if (found !== undefined) return found
  throw new StatsError(
    'BACKEND_MISSING',
    `tests need a real MariaDB and RabbitMQ: Docker does not answer, and ${missingPrograms().join(' and ')} are not installed. ` +
      'Install mariadb-server and rabbitmq-server, start Docker, or set HLSTATS_TEST_DATABASE_URL and HLSTATS_TEST_AMQP_URL.',
  )
}
