import { loadConfig, shared } from '@hlstats/config'
import { declareTopologyAt, redeclareQueues, topologyOf, WORK_SERVICES } from '@hlstats/infrastructure'
import { Command } from 'commander'

/** `hlstats topology declare | redeclare` */
export function topologyCommand(): Command {
  const topology = new Command('topology').description("the broker's exchanges and queues")
  topology.command('declare').description('declare everything that is missing at AMQP_URL').action(declare)
  topology
    .command('redeclare')
    .description(
      'make queues anew that another build declared otherwise, with ingress and their services stopped',
    )
    .action(redeclare)
  return topology
}

async function declare(): Promise<void> {
  const { rabbitmq, options } = configured()
  await declareTopologyAt(rabbitmq, options)
  const { exchanges, queues } = topologyOf(options)
  console.log(
    `topology declared: ${exchanges.length} exchanges, ${queues.length} queues, ${options.partitions} partitions`,
  )
}

async function redeclare(): Promise<void> {
  const { rabbitmq, options } = configured()
  const queues = await redeclareQueues(rabbitmq, options)
  console.log(queues.length === 0 ? 'every queue is as it should be' : `made anew: ${queues.join(', ')}`)
}

function configured() {
  const fields = { amqpUrl: shared.amqpUrl, partitions: shared.partitions }
  const { amqpUrl, partitions } = loadConfig({ prefix: 'CLI', fields })
  return { rabbitmq: { url: amqpUrl }, options: { services: WORK_SERVICES, partitions } }
}
