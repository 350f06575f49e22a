import { StatsError } from '@hlstats/errors'
import {
  type Backend,
  type BackendSource,
  databaseUrl,
  dockerBroker,
  dockerDatabase,
  firstBackend,
  givenBroker,
  givenDatabase,
  localBroker,
  localDatabase,
  missingPackages,
  privateBroker,
  privateDatabase,
  withConnection,
} from '@hlstats/testkit'
import { installPackages } from './install-packages.ts'
import { report } from './report.ts'

export interface ClusterBackends {
  readonly databaseUrl: string
  readonly amqpUrl: string
  stop(): Promise<void>
}

// Not `hlstats`: a server on this machine may hold somebody's HLstatsX under that name, and nobody asked to take it over.
const DATABASE = 'hlstats_cluster'

/** A database and a broker for the cluster; private ones keep their data in `folder`. */
export async function findBackends(folder: string, options: { yes: boolean }): Promise<ClusterBackends> {
  const { DATABASE_URL, AMQP_URL } = process.env
  const say = (line: string) => report('docker', line)
  const database = withInstall(
    [
      givenDatabase('DATABASE_URL', DATABASE_URL),
      usable(localDatabase),
      usable(privateDatabase(folder)),
      usable(dockerDatabase(say)),
    ],
    usable(privateDatabase(folder)),
    options,
  )
  const broker = withInstall(
    [givenBroker('AMQP_URL', AMQP_URL), localBroker, privateBroker(folder), dockerBroker(say)],
    privateBroker(folder),
    options,
  )
  const found = [await database('database'), await broker('broker')] as const
  return {
    databaseUrl: found[0].url,
    amqpUrl: found[1].url,
    stop: async () => {
      await Promise.all(found.map((backend) => backend.stop()))
    },
  }
}

function withInstall(sources: readonly BackendSource[], installed: BackendSource, options: { yes: boolean }) {
  return async (what: string): Promise<Backend> => {
    report(what, 'looking for one …')
    const found =
      (await firstBackend(...sources)) ??
      ((await installPackages(missingPackages(), options)) ? await installed() : undefined)
    if (found === undefined)
      throw new StatsError('BACKEND_MISSING', `there is no ${what}: see above what can be done`)
    report(what, `ready: ${found.source}`)
    return found
  }
}

// A server where we may not make a database is of no use; the next source may do.
function usable(source: BackendSource): BackendSource {
  return async () => {
    const backend = await source()
    if (backend === undefined) return undefined
    try {
      await withConnection(backend.url, (connection) =>
        connection.query(
          `CREATE DATABASE IF NOT EXISTS ${DATABASE} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
        ),
      )
    } catch (error) {
      report(
        'database',
        `${backend.source} cannot be used: ${error instanceof Error ? error.message : error}`,
      )
      await backend.stop()
      return undefined
    }
    return { ...backend, url: databaseUrl(backend.url, DATABASE) }
  }
}
