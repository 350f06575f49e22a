import { loadConfig, shared } from '@hlstats/config'
import { declareTopologyAt, topologyOf, WORK_SERVICES } from '@hlstats/infrastructure'
import { Command } from 'commander'

/** `hlstats topology declare` */
export function topologyCommand(): Command {
  const topology = new Command('topology').description("the broker's exchanges and queues")
  topology.command('declare').description('declare everything that is missing at AMQP_URL').action(declare)
  return topology
}

async function declare(): Promise<void> {
  const fields = { amqpUrl: shared.amqpUrl, partitions: shared.partitions }
  const { amqpUrl, partitions } = loadConfig({ prefix: 'CLI', fields })
  const options = { services: WORK_SERVICES, partitions }
  await declareTopologyAt({ url: amqpUrl }, options)
  const { exchanges, queues } = topologyOf(options)
  console.log(
    `topology declared: ${exchanges.length} exchanges, ${queues.length} queues, ${partitions} partitions`,
  )
}
