import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StatsError } from '@hlstats/errors'
import { canConnect, hasManagement } from './broker-server.ts'
import { temporaryFolder } from './cache-folder.ts'
import { freeTcpPort } from './free-port.ts'
import { PrivateProcess } from './private-process.ts'
import {
  installedRabbit,
  type RabbitPrograms,
  type RabbitRelease,
  rabbitPrograms,
} from './rabbit-programs.ts'
import { wantedRabbitRelease } from './test-run.ts'

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
  const found = release === undefined ? installed() : await rabbitPrograms(release)
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
    command: found.server[0],
    args: found.server.slice(1),
    env: serverEnvironment(folder, ports),
    folder,
    logFile: join(folder, 'server.log'),
    // RabbitMQ would start a port mapper that outlives it.
    companion: shellCommand([...found.portMapper, '-address', '127.0.0.1', '-port', String(ports.epmd)]),
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
    control: (...args) => control(found, serverEnvironment(folder, ports), args),
  }
}

async function control(
  programs: RabbitPrograms,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
): Promise<string> {
  const [command, ...before] = programs.control
  const options = { env: { ...process.env, ...env } }
  const { stdout } = await promisify(execFile)(command, [...before, '-n', NODE, '-q', ...args], options)
  return stdout
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
