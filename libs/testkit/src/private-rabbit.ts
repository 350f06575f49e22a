import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StatsError } from '@hlstats/errors'
import { canConnect, hasManagement } from './broker-server.ts'
import { temporaryFolder } from './cache-folder.ts'
import { freeTcpPort } from './free-port.ts'
import { PrivateProcess } from './private-process.ts'
import { findProgram } from './programs.ts'

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

const NODE = 'hlstats@127.0.0.1'

interface Ports {
  readonly amqp: number
  readonly management: number
  readonly metrics: number
  readonly distribution: number
  readonly epmd: number
}

/** Whether the programs for `startPrivateRabbit` are installed. */
export function hasRabbitPrograms(): boolean {
  return programs() !== undefined
}

/**
 * Starts a private RabbitMQ with a node name, cookie, port mapper and data folder of its own; with a `folder` its data lasts, `settings` are lines for rabbitmq.conf.
 * A quorum queue declared less than half a second before `kill` is unusable afterwards: Raft saves its names that late (seen on 3.10).
 */
export async function startPrivateRabbit(
  options: { folder?: string; port?: number; metricsPort?: number; settings?: readonly string[] } = {},
): Promise<PrivateRabbit> {
  const found = programs()
  if (found === undefined) {
    throw new StatsError(
      'BACKEND_MISSING',
      'rabbitmq-server (with Erlang) is not installed: install rabbitmq-server',
    )
  }
  const folder = options.folder ?? temporaryFolder('rabbitmq')
  mkdirSync(folder, { recursive: true })
  const ports: Ports = {
    amqp: options.port ?? (await freeTcpPort()),
    management: await freeTcpPort(),
    metrics: await freeTcpPort(options.metricsPort),
    distribution: await freeTcpPort(),
    epmd: await freeTcpPort(),
  }
  writeConfiguration(folder, ports, options.settings ?? [])
  const url = `amqp://guest:guest@127.0.0.1:${ports.amqp}`
  const managementUrl = `http://guest:guest@127.0.0.1:${ports.management}`
  const server = new PrivateProcess({
    name: 'rabbitmq-server',
    command: found.server,
    args: [],
    env: serverEnvironment(folder, ports),
    folder,
    logFile: join(folder, 'server.log'),
    // RabbitMQ would start a port mapper that outlives it.
    companion: `'${found.portMapper}' -address 127.0.0.1 -port ${ports.epmd}`,
    isReady: async () => (await canConnect(url)) && (await hasManagement(managementUrl)),
  })
  const remove = async () => {
    await server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  await server.start()
  return {
    url,
    managementUrl,
    metricsUrl: `http://127.0.0.1:${ports.metrics}/metrics`,
    port: ports.amqp,
    remove,
    start: () => server.start(),
    stop: () => server.stop(),
    kill: (signal = 'SIGKILL') => server.kill(signal),
    control: (...args) => control(serverEnvironment(folder, ports), args),
  }
}

async function control(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<string> {
  const program = findProgram('/usr/lib/rabbitmq/bin/rabbitmqctl', 'rabbitmqctl') ?? 'rabbitmqctl'
  const options = { env: { ...process.env, ...env } }
  const { stdout } = await promisify(execFile)(program, ['-n', NODE, '-q', ...args], options)
  return stdout
}

function programs(): { server: string; portMapper: string } | undefined {
  // Debian's /usr/sbin/rabbitmq-server only runs as its own system user; the script behind it runs as anybody.
  const server = findProgram('/usr/lib/rabbitmq/bin/rabbitmq-server', 'rabbitmq-server')
  const portMapper = findProgram('epmd')
  return server === undefined || portMapper === undefined ? undefined : { server, portMapper }
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

function serverEnvironment(folder: string, ports: Ports): NodeJS.ProcessEnv {
  return {
    HOME: folder, // the cookie is made there
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    // An address needs no look-up: in some containers not even `localhost` is known.
    RABBITMQ_NODENAME: NODE,
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
  }
}
