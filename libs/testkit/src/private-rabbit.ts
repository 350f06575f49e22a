import { StatsError } from '@hlstats/errors'
import { temporaryFolder } from './cache-folder.ts'
import { freeTcpPort } from './free-port.ts'
import { type PrivateRabbit, rabbitNode } from './rabbit-node.ts'
import {
  installedRabbit,
  type RabbitPrograms,
  type RabbitRelease,
  rabbitPrograms,
} from './rabbit-programs.ts'
import { wantedRabbitRelease } from './test-run.ts'

export interface PrivateRabbitOptions {
  /** Where its data lasts; otherwise it goes with the server. */
  readonly folder?: string
  readonly port?: number
  readonly metricsPort?: number
  /** Lines for rabbitmq.conf. */
  readonly settings?: readonly string[]
  /** The installed one where none is named, or what HLSTATS_TEST_RABBITMQ_RELEASE says. */
  readonly release?: RabbitRelease | undefined
}

/**
 * Starts a private RabbitMQ with a node name, cookie, port mapper and data folder of its own.
 * A quorum queue declared less than half a second before `kill` is unusable afterwards: Raft saves its names that late (seen on 3.10).
 */
export async function startPrivateRabbit(options: PrivateRabbitOptions = {}): Promise<PrivateRabbit> {
  const release = options.release ?? wantedRabbitRelease()
  const programs = release === undefined ? installed() : await rabbitPrograms(release)
  const epmd = await freeTcpPort()
  const server = await rabbitNode({
    programs,
    folder: options.folder ?? temporaryFolder('rabbitmq'),
    name: 'hlstats@127.0.0.1',
    portMapper: epmd,
    // RabbitMQ would start a port mapper that outlives it.
    companion: shellCommand([...programs.portMapper, '-address', '127.0.0.1', '-port', String(epmd)]),
    port: options.port,
    metricsPort: options.metricsPort,
    settings: options.settings ?? [],
  })
  await server.start()
  return server
}

function installed(): RabbitPrograms {
  const programs = installedRabbit()
  if (programs !== undefined) return programs
  throw new StatsError(
    'BACKEND_MISSING',
    'rabbitmq-server (with Erlang) is not installed: install rabbitmq-server',
  )
}

function shellCommand(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
}
