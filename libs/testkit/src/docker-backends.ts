import { setTimeout as delay } from 'node:timers/promises'
import type { Backends } from './backends.ts'
import { canConnect, hasManagement } from './broker-server.ts'
import { canQuery } from './database-server.ts'
import { until } from './until.ts'

const MARIADB_IMAGE = 'mariadb:11.4'
const RABBITMQ_IMAGE = 'rabbitmq:4.1-management'

/** Whether a Docker daemon answers; a daemon that hangs counts as none. */
export async function dockerAnswers(): Promise<boolean> {
  const { getContainerRuntimeClient } = await import('testcontainers')
  const answer = getContainerRuntimeClient().then(
    () => true,
    () => false,
  )
  return Promise.race([answer, delay(10_000, false, { ref: false })])
}

/** A MariaDB and a RabbitMQ in containers; they go when `stop` is called or this process ends. */
export async function startDockerBackends(): Promise<Backends> {
  const { GenericContainer } = await import('testcontainers')
  const [mariadb, rabbitmq] = await Promise.all([
    new GenericContainer(MARIADB_IMAGE)
      .withEnvironment({ MARIADB_ALLOW_EMPTY_ROOT_PASSWORD: '1' })
      .withExposedPorts(3306)
      .start(),
    new GenericContainer(RABBITMQ_IMAGE)
      // Without it guest may only come from inside the container.
      .withEnvironment({ RABBITMQ_DEFAULT_USER: 'hlstats', RABBITMQ_DEFAULT_PASS: 'hlstats' })
      .withExposedPorts(5672, 15672)
      .start(),
  ])
  const databaseUrl = `mysql://root@${mariadb.getHost()}:${mariadb.getMappedPort(3306)}`
  const host = rabbitmq.getHost()
  const amqpUrl = `amqp://hlstats:hlstats@${host}:${rabbitmq.getMappedPort(5672)}`
  const managementUrl = `http://hlstats:hlstats@${host}:${rabbitmq.getMappedPort(15672)}`
  const answers = async () =>
    (await canQuery(databaseUrl)) && (await canConnect(amqpUrl)) && (await hasManagement(managementUrl))
  await until(answers, { timeoutMs: 120_000, everyMs: 250, what: 'an answer of the servers in Docker' })
  return {
    databaseUrl,
    amqpUrl,
    managementUrl,
    source: 'Docker',
    stop: async () => {
      await Promise.all([mariadb.stop(), rabbitmq.stop()])
    },
  }
}
