import { loadConfig, shared } from '@hlstats/config'
import {
  addServer,
  changeKeys,
  changeNetwork,
  type KeyChange,
  type NetworkChange,
  type NewServer,
  recordedPartitions,
} from '@hlstats/database'
import { type ParkedEvent, ParkedEvents, requestReplay } from '@hlstats/infrastructure'
import { type Operations, type ReplayOutcome, withOperations } from '@hlstats/standalone'
import { chosenDatabaseUrl, isFileUrl, withDatabase } from './opened-database.ts'

/** Changes a server's database, and asks services of a cluster through the broker. */
const clusterOperations: Operations = {
  addServer: (server: NewServer) => withDatabase((database) => addServer(database, server)),
  changeKeys: (change: KeyChange) => withDatabase((database) => changeKeys(database, change)),
  changeNetwork: (change: NetworkChange) => withDatabase((database) => changeNetwork(database, change)),
  discardParked: (id: number) => withDatabase((database) => new ParkedEvents(database).discard(id)),
  replayParked: async (ids: readonly number[]): Promise<ReplayOutcome[]> => {
    const { amqpUrl } = loadConfig({ prefix: 'CLI', fields: { amqpUrl: shared.amqpUrl } })
    const [events, partitions] = await withDatabase(async (database) => [
      await Promise.all(ids.map((id) => new ParkedEvents(database).find(id))),
      await recordedPartitions(database),
    ])
    const known = events.filter((event): event is ParkedEvent => event !== undefined)
    await requestReplay({ url: amqpUrl }, known, partitions)
    return ids.map(() => 'asked')
  },
}

/** What a command that changes something goes through: the cluster's database, or standalone wherever it runs. */
export async function operate<T>(work: (operations: Operations) => Promise<T>): Promise<T> {
  const databaseUrl = chosenDatabaseUrl()
  if (!isFileUrl(databaseUrl)) return work(clusterOperations)
  const { partitions } = loadConfig({ prefix: 'CLI', fields: { partitions: shared.partitions } })
  return withOperations({ databaseUrl, partitions }, work)
}
