import { loadConfig, shared } from '@hlstats/config'
import { assertSchema, recordedPartitions, recordPartitions } from '@hlstats/database'
import { changePartitions, WORK_SERVICES } from '@hlstats/infrastructure'
import { Command } from 'commander'
import { assertAllCounted } from './counted-file.ts'
import { positiveInteger } from './numbers.ts'
import { chosenDatabaseUrl, isFileUrl, withDatabase, withOwnDatabase } from './opened-database.ts'

/** `hlstats partitions set` */
export function partitionsCommand(): Command {
  const partitions = new Command('partitions').description('the number of partitions of the system')
  partitions
    .command('set')
    .description('change it, with ingress stopped, every queue empty, and the services stopped')
    .argument('<count>', 'from now on', positiveInteger)
    .action(set)
  return partitions
}

async function set(to: number): Promise<void> {
  const databaseUrl = chosenDatabaseUrl()
  const from = isFileUrl(databaseUrl) ? await setOfStandalone(databaseUrl, to) : await setOfCluster(to)
  console.log(
    from === to
      ? `there are ${to} partitions already`
      : `partitions: ${from === 0 ? 'none' : from} before, ${to} now`,
  )
  console.log(`start everything with PARTITIONS=${to}`)
}

async function setOfCluster(to: number): Promise<number> {
  const { amqpUrl } = loadConfig({ prefix: 'CLI', fields: { amqpUrl: shared.amqpUrl } })
  const rabbitmq = { url: amqpUrl }
  return withDatabase((database) => changePartitions({ rabbitmq, database, services: WORK_SERVICES, to }))
}

/** There the journal is the only queue. */
async function setOfStandalone(databaseUrl: string, to: number): Promise<number> {
  return withOwnDatabase(databaseUrl, async (database) => {
    await assertSchema(database)
    await assertAllCounted(databaseUrl)
    const from = await recordedPartitions(database)
    if (from !== to) await recordPartitions(database, to)
    return from
  })
}
