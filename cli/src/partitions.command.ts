import { loadConfig, shared } from '@hlstats/config'
import { changePartitions, WORK_SERVICES } from '@hlstats/infrastructure'
import { Command } from 'commander'
import { positiveInteger } from './numbers.ts'
import { withDatabase } from './opened-database.ts'

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
  const { amqpUrl } = loadConfig({ prefix: 'CLI', fields: { amqpUrl: shared.amqpUrl } })
  const rabbitmq = { url: amqpUrl }
  const from = await withDatabase((database) =>
    changePartitions({ rabbitmq, database, services: WORK_SERVICES, to }),
  )
  console.log(
    from === to
      ? `there are ${to} partitions already`
      : `partitions: ${from === 0 ? 'none' : from} before, ${to} now`,
  )
  console.log(`start everything with PARTITIONS=${to}`)
}
