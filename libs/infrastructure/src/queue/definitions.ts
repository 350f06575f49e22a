import { EVENTS_EXCHANGE, PARKED_QUEUE, SHADOW_QUEUE, type TopologyOptions, topologyOf } from './topology.ts'

/** What one user may do, as regular expressions over names; `^$` is nothing. */
interface Permission {
  readonly user: string
  readonly configure: string
  readonly write: string
  readonly read: string
}

const NOTHING = '^$'

/** The broker's own import format: everything that `declareTopology` declares, and a user per service with just its rights. */
export function definitionsOf(options: TopologyOptions, vhost = '/'): object {
  const topology = topologyOf(options)
  const permissions = permissionsOf(options.services)
  return {
    vhosts: [{ name: vhost }],
    // Without a password nobody can log in: an operator sets one, see docs/delivery.md.
    users: permissions.map(({ user }) => ({
      name: user,
      password_hash: '',
      hashing_algorithm: 'rabbit_password_hashing_sha256',
      tags: [],
    })),
    permissions: permissions.map((permission) => ({ vhost, ...permission })),
    topic_permissions: [
      { user: 'hlstats-ingress', vhost, exchange: EVENTS_EXCHANGE, write: '^p\\d+\\.', read: NOTHING },
    ],
    exchanges: topology.exchanges.map(({ name, type }) => ({
      name,
      vhost,
      type,
      durable: true,
      auto_delete: false,
      internal: false,
      arguments: {},
    })),
    queues: topology.queues.map(({ name, arguments: args }) => ({
      name,
      vhost,
      durable: true,
      auto_delete: false,
      arguments: args,
    })),
    bindings: topology.bindings.map(({ source, queue, key }) => ({
      source,
      vhost,
      destination: queue,
      destination_type: 'queue',
      routing_key: key,
      arguments: {},
    })),
  }
}

function permissionsOf(services: readonly string[]): Permission[] {
  const work = services.map((service) => ({
    user: `hlstats-${service}`,
    configure: NOTHING,
    write: NOTHING,
    read: `^(${literal(`hlstats.${service}.p`)}\\d+|${literal(PARKED_QUEUE)})$`,
  }))
  return [
    // Ingress looks whether the work queues are there, which takes the right to read; it never consumes.
    {
      user: 'hlstats-ingress',
      configure: NOTHING,
      write: `^${literal(EVENTS_EXCHANGE)}$`,
      read: '^hlstats\\.[a-z-]+\\.p\\d+$',
    },
    ...work,
    { user: 'hlstats-shadow', configure: NOTHING, write: NOTHING, read: `^${literal(SHADOW_QUEUE)}$` },
    // For the `hlstats` command: declares the topology, and asks for replays through the default exchange.
    {
      user: 'hlstats-operator',
      configure: '^hlstats\\.',
      write: '^(hlstats\\.|amq\\.default$)',
      read: '^hlstats\\.',
    },
  ]
}

function literal(name: string): string {
  return name.replaceAll('.', '\\.')
}
