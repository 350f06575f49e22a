import { addServer, type Database, parseServerAddress } from '@hlstats/database'
import {
  freeTcpPort,
  freeUdpPort,
  ServiceProcess,
  type TestDatabase,
  temporaryFolder,
  testBroker,
  testDatabase,
  until,
} from '@hlstats/testkit'
import { sendLog } from '../cli/src/udp-log-sender.ts'
import { committedPositions, confirmedRecords, inOrder } from './positions.ts'

const CONSUMERS = ['player', 'weapon', 'match'] as const
/** Opens the envelope in which one program speaks for a game server. */
export const PROXY_KEY = 'e2e'
/** The game server that speaks; part of the ids of bots in the golden results. */
const SERVER = '127.0.0.1:27015'

export type ConsumerName = (typeof CONSUMERS)[number]
type ServiceName = 'ingress' | 'shadow-consumer' | ConsumerName

/** What the shadow consumer says, as far as tests ask. */
export interface ShadowSays {
  readonly verdict: 'pass' | 'fail' | 'unknown'
  readonly reasons: readonly string[]
  readonly findings: readonly unknown[]
}

interface Unfinished {
  readonly missingEvents: number
  readonly waitingMessages: number
  readonly services: Readonly<Record<string, { readonly records: number }>>
}

/** Where ingress takes logs. */
interface Ports {
  readonly udp: number
  readonly logHttp: number
}

/** How a process reaches its database and its broker. */
export interface Backends {
  readonly DATABASE_URL: string
  readonly AMQP_URL: string
}

export interface SystemOptions {
  /** A broker of the caller's, who may kill it. */
  readonly amqpUrl?: string
  /** A database of the caller's. */
  readonly database?: TestDatabase
  /** Processes of each consumer. */
  readonly replicas?: number
  /** Settings of one process, by its name and number (`player-0`), as another way to its backends. */
  readonly settings?: (process: string, backends: Backends) => Promise<Readonly<Record<string, string>>>
}

/** All services as processes on a database and a broker of their own. */
export class TestSystem {
  readonly database: Database
  readonly databaseUrl: string
  readonly amqpUrl: string
  readonly udpPort: number
  readonly logHttpPort: number
  readonly #journal = temporaryFolder('journal')
  readonly #processes = new Map<ServiceName, ServiceProcess[]>()
  readonly #options: SystemOptions
  readonly #drop: () => Promise<void>

  private constructor(
    options: SystemOptions,
    parts: { database: TestDatabase; amqpUrl: string; ports: Ports; drop: () => Promise<void> },
  ) {
    this.#options = options
    this.database = parts.database.database
    this.databaseUrl = parts.database.url
    this.amqpUrl = parts.amqpUrl
    this.udpPort = parts.ports.udp
    this.logHttpPort = parts.ports.logHttp
    this.#drop = parts.drop
  }

  /** Makes everything ready to start. */
  static async create(options: SystemOptions = {}): Promise<TestSystem> {
    const database = options.database ?? (await testDatabase())
    const broker =
      options.amqpUrl === undefined ? await testBroker() : { url: options.amqpUrl, drop: async () => {} }
    await database.database.execute("UPDATE hlstats_Options SET value = ? WHERE keyname = 'Proxy_Key'", [
      PROXY_KEY,
    ])
    const drop = async () => {
      if (options.database === undefined) await database.drop()
      await broker.drop()
    }
    const ports = { udp: await freeUdpPort(), logHttp: await freeTcpPort() }
    const system = new TestSystem(options, { database, amqpUrl: broker.url, ports, drop })
    await system.#add('ingress')
    await system.#add('shadow-consumer')
    for (const name of CONSUMERS) {
      for (let replica = 0; replica < (options.replicas ?? 1); replica++) await system.#add(name)
    }
    return system
  }

  /** The only or first process of a service. */
  service(name: ServiceName): ServiceProcess {
    const [first] = this.replicas(name)
    if (first === undefined) throw new Error(`${name} is not part of the system`)
    return first
  }

  /** The process that has the socket. */
  get ingress(): ServiceProcess {
    return this.service('ingress')
  }

  replicas(name: ServiceName): readonly ServiceProcess[] {
    return this.#processes.get(name) ?? []
  }

  /** Whether it is the only or first process of its service. */
  isFirst(process: ServiceProcess): boolean {
    return [...this.#processes.values()].some(([first]) => first === process)
  }

  /** Every process of the services that count. */
  get consumers(): readonly ServiceProcess[] {
    return CONSUMERS.flatMap((name) => this.replicas(name))
  }

  get processes(): readonly ServiceProcess[] {
    return [...this.#processes.values()].flat()
  }

  /** One more process of a consumer, beside those that the system has. */
  async addReplica(name: ConsumerName): Promise<ServiceProcess> {
    const added = await this.#add(name)
    added.start()
    await added.ready()
    return added
  }

  /** What the shadow consumer found, once it has looked at everything. */
  async shadowReport(): Promise<ShadowSays> {
    const { url } = this.service('shadow-consumer')
    const report = async () => (await (await fetch(`${url}/report`)).json()) as ShadowSays & Unfinished
    await until(
      async () => {
        const { verdict, missingEvents, waitingMessages, services } = await report()
        const isBehind = Object.values(services).some(({ records }) => records > 0)
        return verdict !== 'unknown' && missingEvents === 0 && waitingMessages === 0 && !isBehind
      },
      { timeoutMs: 30_000, what: 'the shadow consumer to come to a verdict' },
    )
    return report()
  }

  /** Registers the game server that `send` speaks for. */
  async register(game: string, settings: Readonly<Record<string, string>>, server = SERVER): Promise<void> {
    await addServer(this.database, {
      address: parseServerAddress(server),
      game,
      name: 'e2e',
      mod: '',
      settings,
    })
  }

  async start(): Promise<void> {
    for (const service of this.processes) service.start()
    await Promise.all(this.processes.map((service) => service.ready()))
  }

  /** Sends log lines for the registered server, no faster than ingress takes them; a lost one fails the test. */
  async send(lines: Iterable<Buffer>, server = SERVER): Promise<void> {
    const report = await sendLog(lines, {
      server,
      proxyKey: PROXY_KEY,
      host: '127.0.0.1',
      port: this.udpPort,
      ingressUrl: this.service('ingress').url,
    })
    if (report.received !== report.sent)
      throw new Error(`sent ${report.sent} lines, received ${report.received}`)
  }

  /** Resolves when everything that ingress has received is in its journal: from then on it may be killed. */
  async journaled(): Promise<void> {
    const ingress = this.service('ingress')
    await until(
      async () => {
        const made = await ingress.metric('hlstats_ingress_events_total')
        return (
          made !== undefined &&
          (await ingress.metric('hlstats_dual_published_total', 'side="queue"')) === made &&
          (await ingress.metric('hlstats_ingress_unwritten')) === 0
        )
      },
      { timeoutMs: 30_000, what: 'the journal to hold every event' },
    )
  }

  /** Stops ingress in good order and resolves when all consumers have committed its last record. */
  async settle(timeoutMs = 60_000): Promise<void> {
    const ingress = this.service('ingress')
    await until(async () => (await ingress.metric('hlstats_journal_waiting_records')) === 0, {
      timeoutMs,
      what: 'the broker to confirm the journal',
    })
    if (!(await ingress.stop())) throw new Error(`ingress did not stop in good order:\n${ingress.output}`)
    const last = confirmedRecords(this.#journal)
    const wanted = inOrder(last.flatMap((record) => CONSUMERS.map((service) => ({ service, ...record }))))
    const streams = new Set(last.map(({ stream }) => stream))
    const found = async () =>
      inOrder((await committedPositions(this.database)).filter(({ stream }) => streams.has(stream)))
    let there: string[] = []
    const isThere = async () => {
      there = await found()
      return JSON.stringify(there) === JSON.stringify(wanted)
    }
    await until(isThere, { timeoutMs, everyMs: 100, what: 'all positions' }).catch((cause: unknown) => {
      const behind = wanted.filter((position) => !there.includes(position))
      const said = this.processes.map(({ name, output }) => `${name}:\n${output.slice(-2_000)}`).join('\n')
      throw new Error(`not at ${behind.join(', ')} but at ${there.join(', ')}\n${said}`, { cause })
    })
  }

  async rows(table: 'hlstats_Parked' | 'hlstats_Stream_Holes'): Promise<unknown[]> {
    return this.database.query(`SELECT * FROM ${table}`)
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((service) => service.kill()))
    await this.#drop()
  }

  async #add(name: ServiceName): Promise<ServiceProcess> {
    const replicas = this.#processes.get(name) ?? []
    const replica = `${name}-${replicas.length}`
    const httpPort = await freeTcpPort()
    const backends = { DATABASE_URL: this.databaseUrl, AMQP_URL: this.amqpUrl }
    const prefix = name.toUpperCase().replace('-', '_')
    const env = {
      ...backends,
      ...this.#settingsOf(name, replica),
      [`${prefix}_HTTP_PORT`]: String(httpPort),
      ...(await this.#options.settings?.(replica, backends)),
    }
    const added = new ServiceProcess({ name, httpPort, env })
    this.#processes.set(name, [...replicas, added])
    return added
  }

  #settingsOf(name: ServiceName, replica: string): Readonly<Record<string, string>> {
    if (name === 'ingress') {
      return {
        INGRESS_UDP_PORT: String(this.udpPort),
        INGRESS_LOG_HTTP_PORT: String(this.logHttpPort),
        INGRESS_JOURNAL_DIR: this.#journal,
        INGRESS_AUDIT_MS: '500',
      }
    }
    if (name === 'shadow-consumer')
      return { SHADOW_CONSUMER_GIVE_UP_MS: '3000', SHADOW_CONSUMER_READ_MS: '500' }
    return { [`${name.toUpperCase()}_REPLICA`]: replica }
  }
}
