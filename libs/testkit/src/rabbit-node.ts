import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { canConnect, hasManagement } from './broker-server.ts'
import { freeTcpPort } from './free-port.ts'
import { PrivateProcess } from './private-process.ts'
import type { RabbitPrograms } from './rabbit-programs.ts'

/** A RabbitMQ of our own on free ports: kill it, start it again, its data stays until `remove`. */
export interface PrivateRabbit {
  /** `amqp://guest:guest@127.0.0.1:<port>`, the default vhost. */
  readonly url: string
  /** Of the management API: `http://guest:guest@127.0.0.1:<port>`. */
  readonly managementUrl: string
  /** Of the Prometheus metrics: `http://127.0.0.1:<port>/metrics`. */
  readonly metricsUrl: string
  readonly port: number
  start(): Promise<void>
  /** Stops in good order and keeps the data. */
  stop(): Promise<void>
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Runs `rabbitmqctl` on it: users, permissions, alarms. */
  control(...args: string[]): Promise<string>
  /** Kills it and deletes its data. */
  remove(): Promise<void>
}

export interface RabbitNodeOptions {
  readonly programs: RabbitPrograms
  readonly folder: string
  /** As Erlang knows it. An address needs no look-up: in some containers not even `localhost` is known. */
  readonly name: `${string}@127.0.0.1`
  /** Where the port mapper listens, which must run. */
  readonly portMapper: number
  readonly companion?: string
  readonly port?: number | undefined
  readonly metricsPort?: number | undefined
  /** Lines for rabbitmq.conf. */
  readonly settings: readonly string[]
  readonly erlangFlags?: string
}

interface Ports {
  readonly amqp: number
  readonly management: number
  readonly metrics: number
  readonly distribution: number
  readonly epmd: number
}

/** One node with a data folder of its own; not started yet. */
export async function rabbitNode(options: RabbitNodeOptions): Promise<PrivateRabbit> {
  const { folder, programs, name, companion } = options
  mkdirSync(folder, { recursive: true })
  const ports: Ports = {
    amqp: options.port ?? (await freeTcpPort()),
    management: await freeTcpPort(),
    metrics: await freeTcpPort(options.metricsPort),
    distribution: await freeTcpPort(),
    epmd: options.portMapper,
  }
  writeConfiguration(folder, ports, options.settings)
  const url = `amqp://guest:guest@127.0.0.1:${ports.amqp}`
  const managementUrl = `http://guest:guest@127.0.0.1:${ports.management}`
  const env = environmentOf(options, ports)
  const server = new PrivateProcess({
    name: 'rabbitmq-server',
    command: programs.server[0],
    args: programs.server.slice(1),
    env,
    folder,
    logFile: join(folder, 'server.log'),
    ...(companion === undefined ? {} : { companion }),
    isReady: async () => (await canConnect(url)) && (await hasManagement(managementUrl)),
  })
  return {
    url,
    managementUrl,
    metricsUrl: `http://127.0.0.1:${ports.metrics}/metrics`,
    port: ports.amqp,
    start: () => server.start(),
    stop: () => server.stop(),
    kill: (signal = 'SIGKILL') => server.kill(signal),
    control: async (...args) => {
      const [command, ...before] = programs.control
      const own = { env: { ...process.env, ...env } }
      const { stdout } = await promisify(execFile)(command, [...before, '-n', name, '-q', ...args], own)
      return stdout
    },
    remove: async () => {
      await server.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function writeConfiguration(folder: string, ports: Ports, settings: readonly string[]): void {
  const lines = [
    `listeners.tcp.1 = 127.0.0.1:${ports.amqp}`,
    'management.tcp.ip = 127.0.0.1',
    `management.tcp.port = ${ports.management}`,
    'prometheus.tcp.ip = 127.0.0.1',
    `prometheus.tcp.port = ${ports.metrics}`,
    // The default of 512 MB is preallocated per file: too much for a laptop's disk.
    'raft.wal_max_size_bytes = 33554432',
    'disk_free_limit.absolute = 100MB',
    'log.file.level = warning',
    ...settings,
  ]
  writeFileSync(join(folder, 'rabbitmq.conf'), `${lines.join('\n')}\n`)
  writeFileSync(join(folder, 'enabled_plugins'), '[rabbitmq_management,rabbitmq_prometheus].\n')
  writeFileSync(join(folder, 'rabbitmq-env.conf'), '')
}

function environmentOf({ folder, name, erlangFlags }: RabbitNodeOptions, ports: Ports): NodeJS.ProcessEnv {
  return {
    HOME: folder, // the cookie is made there
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: name,
    RABBITMQ_USE_LONGNAME: 'true',
    RABBITMQ_NODE_PORT: String(ports.amqp),
    RABBITMQ_DIST_PORT: String(ports.distribution),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, 'advanced.config'),
    RABBITMQ_CONF_ENV_FILE: join(folder, 'rabbitmq-env.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_GENERATED_CONFIG_DIR: join(folder, 'config'),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_PID_FILE: join(folder, 'server.pid'),
    ...(erlangFlags === undefined ? {} : { RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: erlangFlags }),
  }
}
