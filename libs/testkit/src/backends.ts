import { join } from 'node:path'
import { StatsError } from '@hlstats/errors'
import { canConnect, hasManagement, visitBroker } from './broker-server.ts'
import { canQuery, visitDatabase } from './database-server.ts'
import { startDockerMariaDb, startDockerRabbit } from './docker-servers.ts'
import { hasMariaDbPrograms, startPrivateMariaDb } from './private-mariadb.ts'
import { startPrivateRabbit } from './private-rabbit.ts'
import { installedRabbit, missingRabbit, type RabbitRelease } from './rabbit-programs.ts'

/** A server that can be used now. */
export interface Backend {
  /** Of the server; which database or vhost is used is the caller's choice. */
  readonly url: string
  /** Of RabbitMQ's management API, where there is one. */
  readonly managementUrl?: string
  /** Where it comes from, for people. */
  readonly source: string
  stop(): Promise<void>
}

/** One way to get a server; undefined where this machine does not offer it. */
export type BackendSource = () => Promise<Backend | undefined>

/** The first source that offers a server. */
export async function firstBackend(...sources: readonly BackendSource[]): Promise<Backend | undefined> {
  for (const source of sources) {
    const backend = await source()
    if (backend !== undefined) return backend
  }
  return undefined
}

/** A database named by its URL: it must answer, or the URL is wrong. */
export function givenDatabase(variable: string, url: string | undefined): BackendSource {
  return given(variable, url, visitDatabase)
}

/** A broker named by its URL: it must answer, or the URL is wrong. */
export function givenBroker(
  variable: string,
  url: string | undefined,
  managementUrl?: string,
): BackendSource {
  return async () => {
    const backend = await given(variable, url, visitBroker)()
    return backend === undefined || managementUrl === undefined ? backend : { ...backend, managementUrl }
  }
}

/** MariaDB/MySQL on its default port, where root gets in without a password. */
export async function localDatabase(): Promise<Backend | undefined> {
  const url = 'mysql://root@127.0.0.1:3306'
  return (await canQuery(url)) ? { url, source: 'the server on port 3306', stop: nothing } : undefined
}

/** RabbitMQ on its default port, where guest gets in. */
export async function localBroker(): Promise<Backend | undefined> {
  const url = 'amqp://guest:guest@127.0.0.1:5672'
  if (!(await canConnect(url))) return undefined
  const managementUrl = 'http://guest:guest@127.0.0.1:15672'
  const management = (await hasManagement(managementUrl)) ? { managementUrl } : {}
  return { url, ...management, source: 'the server on port 5672', stop: nothing }
}

/** The installed MariaDB, started privately; its data lasts where a folder is named, and goes with it otherwise. */
export function privateDatabase(folder?: string): BackendSource {
  return async () => {
    if (!hasMariaDbPrograms()) return undefined
    const server = await startPrivateMariaDb(folder === undefined ? {} : { folder: join(folder, 'mariadb') })
    return {
      url: server.url,
      source: 'the installed program, started privately',
      stop: folder === undefined ? server.remove : server.stop,
    }
  }
}

/** The installed RabbitMQ, started privately; its data lasts where a folder is named, and goes with it otherwise. */
export function privateBroker(folder?: string): BackendSource {
  return async () => {
    if (installedRabbit() === undefined) return undefined
    // Where deploy/prometheus looks for the metrics of a broker on this machine.
    const lasting = { folder: join(folder ?? '', 'rabbitmq'), metricsPort: 15_692 }
    const server = await startPrivateRabbit(folder === undefined ? {} : lasting)
    return {
      url: server.url,
      managementUrl: server.managementUrl,
      source: 'the installed program, started privately',
      stop: folder === undefined ? server.remove : server.stop,
    }
  }
}

/** A RabbitMQ of this release that goes with this process: the installed one, or one unpacked from a newer suite of Debian. */
export function rabbitOfRelease(release: RabbitRelease): BackendSource {
  return async () => {
    if ((await missingRabbit(release)) !== undefined) return undefined
    const { url, managementUrl, remove } = await startPrivateRabbit({ release })
    return { url, managementUrl, source: `RabbitMQ ${release}, started privately`, stop: remove }
  }
}

/** A MariaDB in a container that goes with this process. */
export function dockerDatabase(report: (line: string) => void): BackendSource {
  return inDocker(startDockerMariaDb, report)
}

/** A RabbitMQ in a container that goes with this process. */
export function dockerBroker(report: (line: string) => void): BackendSource {
  return inDocker(startDockerRabbit, report)
}

/** The Debian packages of the servers that can not be started privately here, for want of their programs. */
export function missingPackages(): string[] {
  return [
    ...(hasMariaDbPrograms() ? [] : ['mariadb-server']),
    ...(installedRabbit() !== undefined ? [] : ['rabbitmq-server']),
  ]
}

function given(
  variable: string,
  url: string | undefined,
  visit: (url: string) => Promise<void>,
): BackendSource {
  return async () => {
    if (url === undefined || url === '') return undefined
    try {
      await visit(url)
    } catch (cause) {
      const where = URL.parse(url)?.host ?? 'no URL'
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new StatsError('BACKEND_MISSING', `${variable} (${where}) cannot be used: ${reason}`, { cause })
    }
    return { url, source: variable, stop: nothing }
  }
}

function inDocker(start: () => Promise<Backend | undefined>, report: (line: string) => void): BackendSource {
  return async () => {
    try {
      return await start()
    } catch (error) {
      // No images and no registry is a usual state of a machine, and another source may do as well.
      report(
        `Docker answers, but its container does not start: ${error instanceof Error ? error.message : error}`,
      )
      return undefined
    }
  }
}

async function nothing(): Promise<void> {}
