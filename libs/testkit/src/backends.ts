import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { dockerAnswers, startDockerBackends } from './docker-backends.ts'
import { hasMariaDbPrograms, startPrivateMariaDb } from './private-mariadb.ts'
import { hasRabbitPrograms, startPrivateRabbit } from './private-rabbit.ts'

/** A database server and a broker that can be used now. */
export interface Backends {
  /** Of the server; which database is used is the caller's choice. */
  readonly databaseUrl: string
  readonly amqpUrl: string
  /** Of RabbitMQ's management API, where there is one. */
  readonly managementUrl: string | undefined
  /** Where they come from, for people: 'Docker', 'server programs started privately' … */
  readonly source: string
  stop(): Promise<void>
}

/** Containers where Docker answers and may be used. */
export async function dockerBackends(report: (line: string) => void): Promise<Backends | undefined> {
  if (!(await dockerAnswers())) return undefined
  try {
    return await startDockerBackends()
  } catch (error) {
    // No images and no registry is a usual state of a machine, and the server programs may do as well.
    report(
      `Docker answers, but its containers do not start: ${error instanceof Error ? error.message : error}`,
    )
    return undefined
  }
}

/** Server programs installed here, started on free ports; with a `folder` their data lasts. */
export async function privateBackends(folder?: string): Promise<Backends | undefined> {
  if (!hasMariaDbPrograms() || !hasRabbitPrograms()) return undefined
  if (folder !== undefined) mkdirSync(folder, { recursive: true })
  const starts = await Promise.allSettled([
    startPrivateMariaDb(folder === undefined ? {} : { folder: join(folder, 'mariadb') }),
    startPrivateRabbit(folder === undefined ? {} : { folder: join(folder, 'rabbitmq') }),
  ])
  const [mariadb, rabbitmq] = starts
  if (mariadb.status === 'rejected' || rabbitmq.status === 'rejected') {
    await Promise.all(starts.map((start) => (start.status === 'fulfilled' ? start.value.stop() : undefined)))
    throw mariadb.status === 'rejected' ? mariadb.reason : (rabbitmq as PromiseRejectedResult).reason
  }
  const servers = [mariadb.value, rabbitmq.value]
  return {
    databaseUrl: mariadb.value.url,
    amqpUrl: rabbitmq.value.url,
    managementUrl: rabbitmq.value.managementUrl,
    source: 'server programs of this machine, started privately',
    stop: async () => {
      await Promise.all(servers.map((server) => (folder === undefined ? server.remove() : server.stop())))
    },
  }
}

/** What is missing here for private servers, in words for people; empty when nothing is. */
export function missingPrograms(): string[] {
  return [
    ...(hasMariaDbPrograms() ? [] : ['MariaDB (mariadbd, mariadb-install-db)']),
    ...(hasRabbitPrograms() ? [] : ['RabbitMQ (rabbitmq-server, epmd)']),
  ]
}
