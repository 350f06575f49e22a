import { randomBytes } from 'node:crypto'
import { StatsError } from '@hlstats/errors'
import {
  type Backend,
  dockerBroker,
  dockerDatabase,
  firstBackend,
  givenBroker,
  givenDatabase,
  missingPackages,
  privateBroker,
  privateDatabase,
} from './backends.ts'
import { dropTestDatabases } from './test-database.ts'
import { announceTestRun } from './test-run.ts'

/** Vitest calls this once per project and run: real backends for the int and e2e tests. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  // The first of two projects provides for both.
  if (process.env.HLSTATS_TEST_RUN !== undefined) return undefined
  const [database, broker] = await Promise.all([findDatabase(), findBroker()])
  const id = randomBytes(4).toString('hex')
  const { url: databaseUrl } = database
  announceTestRun({ id, databaseUrl, amqpUrl: broker.url, managementUrl: broker.managementUrl })
  return async () => {
    await dropTestDatabases(databaseUrl, id)
    await Promise.all([database.stop(), broker.stop()])
  }
}

async function findDatabase(): Promise<Backend> {
  const given = givenDatabase('HLSTATS_TEST_DATABASE_URL', process.env.HLSTATS_TEST_DATABASE_URL)
  return (await firstBackend(given, dockerDatabase(report), privateDatabase())) ?? missing('a MariaDB/MySQL')
}

async function findBroker(): Promise<Backend> {
  const { HLSTATS_TEST_AMQP_URL, HLSTATS_TEST_MANAGEMENT_URL } = process.env
  const given = givenBroker('HLSTATS_TEST_AMQP_URL', HLSTATS_TEST_AMQP_URL, HLSTATS_TEST_MANAGEMENT_URL)
  return (await firstBackend(given, dockerBroker(report), privateBroker())) ?? missing('a RabbitMQ')
}

function missing(what: string): never {
  throw new StatsError(
    'BACKEND_MISSING',
    `tests need ${what}: no URL is given, Docker does not answer, and the programs are not installed. ` +
      `Run \`npm test\`, which can install them, install ${missingPackages().join(' and ')} yourself, start Docker, ` +
      'or set HLSTATS_TEST_DATABASE_URL and HLSTATS_TEST_AMQP_URL.',
  )
}

function report(line: string): void {
  process.stderr.write(`${line}\n`)
}
