import { setTimeout as delay } from 'node:timers/promises'
import type { Backend } from './backends.ts'
import { canConnect, hasManagement } from './broker-server.ts'
import { canQuery } from './database-server.ts'
import { until } from './until.ts'

const MARIADB_IMAGE = 'mariadb:11.4'
const RABBITMQ_IMAGE = 'rabbitmq:4.1-management'

/** A MariaDB in a container; undefined where no Docker daemon answers. */
export async function startDockerMariaDb(): Promise<Backend | undefined> {
  if (!(await dockerAnswers())) return undefined
  const { GenericContainer } = await import('testcontainers')
  const container = await new GenericContainer(MARIADB_IMAGE)
    .withEnvironment({ MARIADB_ALLOW_EMPTY_ROOT_PASSWORD: '1' })
    .withExposedPorts(3306)
    .start()
  const url = `mysql://root@${container.getHost()}:${container.getMappedPort(3306)}`
  await until(() => canQuery(url), {
    timeoutMs: 120_000,
    everyMs: 250,
    what: 'an answer of MariaDB in Docker',
  })
  return { url, source: `a container of ${MARIADB_IMAGE}`, stop: async () => void (await container.stop()) }
}

/** A RabbitMQ in a container; undefined where no Docker daemon answers. */
export async function startDockerRabbit(): Promise<Backend | undefined> {
  if (!(await dockerAnswers())) return undefined
  const { GenericContainer } = await import('testcontainers')
  const container = await new GenericContainer(RABBITMQ_IMAGE)
    // guest may only come from inside the container
    .withEnvironment({ RABBITMQ_DEFAULT_USER: 'hlstats', RABBITMQ_DEFAULT_PASS: 'hlstats' })
    .withExposedPorts(5672, 15672)
    .start()
  const host = container.getHost()
  const url = `amqp://hlstats:hlstats@${host}:${container.getMappedPort(5672)}`
  const managementUrl = `http://hlstats:hlstats@${host}:${container.getMappedPort(15672)}`
  await until(async () => (await canConnect(url)) && (await hasManagement(managementUrl)), {
    timeoutMs: 120_000,
    everyMs: 250,
    what: 'an answer of RabbitMQ in Docker',
  })
  return {
    url,
    managementUrl,
    source: `a container of ${RABBITMQ_IMAGE}`,
    stop: async () => void (await container.stop()),
  }
}

/** Whether a Docker daemon answers; one that hangs counts as none. */
export async function dockerAnswers(): Promise<boolean> {
  const { getContainerRuntimeClient } = await import('testcontainers')
  const answer = getContainerRuntimeClient().then(
    () => true,
    () => false,
  )
  return Promise.race([answer, delay(10_000, false, { ref: false })])
}
