import { loadConfig, shared } from '@hlstats/config'
import { assertSchema, recordedPartitions, recordPartitions } from '@hlstats/database'
import { changePartitions, inspectPartitions, WORK_SERVICES } from '@hlstats/infrastructure'
import { Command } from 'commander'
import { assertAllCounted } from './counted-file.ts'
import { partitionCount } from './numbers.ts'
import { chosenDatabaseUrl, isFileUrl, withDatabase, withOwnDatabase } from './opened-database.ts'
import { textTable } from './text-table.ts'

/** `hlstats partitions show | set` */
export function partitionsCommand(): Command {
  const partitions = new Command('partitions').description('the number of partitions of the system')
  partitions.command('show').description('how many there are, and what their queues hold').action(show)
  partitions
    .command('set')
    .description('change it, with ingress stopped, every queue empty, and the services stopped')
    .argument('<count>', 'from now on', partitionCount)
    .action(set)
  return partitions
}

async function show(): Promise<void> {
  const isStandalone = isFileUrl(chosenDatabaseUrl())
  const { partitions, queues } = await withDatabase(async (database) =>
    isStandalone
      ? { partitions: await recordedPartitions(database), queues: [] }
      : inspectPartitions({ rabbitmq: broker(), database, services: WORK_SERVICES }),
  )
  if (partitions === 0) {
    console.log('no process ever ran: the first one writes its number down')
    return
  }
  console.log(`${partitions} partitions`)
  if (isStandalone) return
  const columns = ['Queue', 'Messages', 'Consumers'].map((title, index) => ({ title, right: index > 0 }))
  const rows = queues.map(({ queue, messages, consumers }) => [queue, messages ?? 'missing', consumers ?? ''])
  console.log(textTable(columns, rows))
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
  const rabbitmq = broker()
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

function broker() {
  const { amqpUrl } = loadConfig({ prefix: 'CLI', fields: { amqpUrl: shared.amqpUrl } })
  return { url: amqpUrl }
}
