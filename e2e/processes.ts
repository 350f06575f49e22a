import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addServer, type Database, parseServerAddress } from '@hlstats/database'
import {
  freeTcpPort,
  freeUdpPort,
  ServiceProcess,
  temporaryFolder,
  testBroker,
  testDatabase,
  until,
} from '@hlstats/testkit'
import { sendLog } from '../cli/src/udp-log-sender.ts'

const CONSUMERS = ['player', 'weapon', 'match'] as const
const PROXY_KEY = 'e2e'
/** The game server that speaks; part of the ids of bots in the golden results. */
const SERVER = '127.0.0.1:27015'

type ServiceName = 'ingress' | 'shadow-consumer' | (typeof CONSUMERS)[number]

/** What the shadow consumer says, as far as tests ask. */
export interface ShadowSays {
  readonly verdict: 'pass' | 'fail' | 'unknown'
  readonly reasons: readonly string[]
  readonly findings: readonly unknown[]
}

/** All services as processes on a database and a broker of their own. */
export class TestSystem {
  readonly database: Database
  readonly databaseUrl: string
  readonly udpPort: number
  readonly logHttpPort: number
  readonly #backends: Readonly<Record<string, string>>
  readonly #replicas: ServiceProcess[] = []
  readonly #journal: string
  readonly #services: ReadonlyMap<ServiceName, ServiceProcess>
  readonly #drop: () => Promise<void>

  private constructor(parts: {
    database: Database
    databaseUrl: string
    backends: Readonly<Record<string, string>>
    udpPort: number
    logHttpPort: number
    journal: string
    services: ReadonlyMap<ServiceName, ServiceProcess>
    drop: () => Promise<void>
  }) {
    this.database = parts.database
    this.databaseUrl = parts.databaseUrl
    this.udpPort = parts.udpPort
    this.logHttpPort = parts.logHttpPort
    this.#backends = parts.backends
    this.#journal = parts.journal
    this.#services = parts.services
    this.#drop = parts.drop
  }

  /** Makes everything ready to start; with a URL the broker is the caller's, and his to kill. */
  static async create(options: { amqpUrl?: string; playerReplica?: string } = {}): Promise<TestSystem> {
    const { database, url: databaseUrl, drop: dropDatabase } = await testDatabase()
    const broker =
      options.amqpUrl === undefined ? await testBroker() : { url: options.amqpUrl, drop: async () => {} }
    await database.execute("UPDATE hlstats_Options SET value = ? WHERE keyname = 'Proxy_Key'", [PROXY_KEY])
    const [udpPort, logHttpPort] = [await freeUdpPort(), await freeTcpPort()]
    const journal = temporaryFolder('journal')
    const backends = { DATABASE_URL: databaseUrl, AMQP_URL: broker.url }
    const own: Partial<Record<ServiceName, Record<string, string>>> = {
      ingress: {
        INGRESS_UDP_PORT: String(udpPort),
        INGRESS_LOG_HTTP_PORT: String(logHttpPort),
        INGRESS_JOURNAL_DIR: journal,
        INGRESS_AUDIT_MS: '500',
      },
      ...(options.playerReplica === undefined ? {} : { player: { PLAYER_REPLICA: options.playerReplica } }),
      'shadow-consumer': { SHADOW_CONSUMER_GIVE_UP_MS: '3000', SHADOW_CONSUMER_READ_MS: '500' },
    }
    const services = new Map<ServiceName, ServiceProcess>()
    for (const name of ['ingress', ...CONSUMERS, 'shadow-consumer'] as const) {
      services.set(name, await process(name, { ...backends, ...own[name] }))
    }
    const drop = async () => {
      await dropDatabase()
      await broker.drop()
    }
    return new TestSystem({ database, databaseUrl, backends, udpPort, logHttpPort, journal, services, drop })
  }

  service(name: ServiceName): ServiceProcess {
    const service = this.#services.get(name)
    if (service === undefined) throw new Error(`${name} is not part of the system`)
    return service
  }

  /** The process that has the socket. */
  get ingress(): ServiceProcess {
    return this.service('ingress')
  }

  /** One more process of a consumer, beside the one that the system has. */
  async addReplica(name: (typeof CONSUMERS)[number], replica: string): Promise<ServiceProcess> {
    const added = await process(name, { ...this.#backends, [`${name.toUpperCase()}_REPLICA`]: replica })
    this.#replicas.push(added)
    added.start()
    await added.ready()
    return added
  }

  /** What the shadow consumer found, once it has looked at everything. */
  async shadowReport(): Promise<ShadowSays> {
    const { url } = this.service('shadow-consumer')
    const report = async () =>
      (await (await fetch(`${url}/report`)).json()) as ShadowSays & { missingEvents: number }
    await until(
      async () => {
        const { verdict, missingEvents } = await report()
        return verdict !== 'unknown' && missingEvents === 0
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
    const services = [...this.#services.values()]
    for (const service of services) service.start()
    await Promise.all(services.map((service) => service.ready()))
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

  /** Resolves when every event that ingress made is in its journal: from then on it may be killed. */
  async journaled(): Promise<void> {
    const ingress = this.service('ingress')
    await until(
      async () => {
        const made = await ingress.metric('hlstats_ingress_events_total')
        return (
          made !== undefined &&
          (await ingress.metric('hlstats_dual_published_total', 'side="queue"')) === made
        )
      },
      { what: 'the journal to hold every event' },
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
    const wanted = this.#lastRecords().flatMap((position) =>
      CONSUMERS.map((service) => ({ service, ...position })),
    )
    await until(async () => JSON.stringify(await this.#positions()) === JSON.stringify(sorted(wanted)), {
      timeoutMs,
      everyMs: 100,
      what: `all positions at ${JSON.stringify(wanted)}`,
    })
  }

  async rows(table: 'hlstats_Parked' | 'hlstats_Stream_Holes'): Promise<unknown[]> {
    return this.database.query(`SELECT * FROM ${table}`)
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#services.values(), ...this.#replicas].map((service) => service.kill()))
    await this.#drop()
  }

  #lastRecords(): { stream: string; partition: number; record: number }[] {
    const { confirmed } = JSON.parse(readFileSync(join(this.#journal, 'cursor.json'), 'utf8')) as {
      confirmed: Record<string, Record<string, number>>
    }
    return Object.entries(confirmed).flatMap(([stream, partitions]) =>
      Object.entries(partitions).map(([partition, record]) => ({
        stream,
        partition: Number(partition),
        record,
      })),
    )
  }

  async #positions(): Promise<unknown[]> {
    const streams = this.#lastRecords().map(({ stream }) => stream)
    const rows = await this.database.query<{
      service: string
      stream: string
      partition: number
      record: number
    }>(
      `SELECT service, stream, partition_no AS \`partition\`, record FROM hlstats_Stream_Positions
        WHERE stream IN (${streams.map(() => '?').join(', ')})`,
      streams,
    )
    return sorted(
      rows.map((row) => ({ ...row, partition: Number(row.partition), record: Number(row.record) })),
    )
  }
}

async function process(name: ServiceName, env: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const httpPort = await freeTcpPort()
  const variable = `${name.toUpperCase().replace('-', '_')}_HTTP_PORT`
  return new ServiceProcess({ name, httpPort, env: { ...env, [variable]: String(httpPort) } })
}

interface PositionRow {
  readonly service: string
  readonly stream: string
  readonly partition: number
  readonly record: number
}

function sorted(rows: readonly PositionRow[]): PositionRow[] {
  return rows
    .map(({ service, stream, partition, record }) => ({ service, stream, partition, record }))
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
}
