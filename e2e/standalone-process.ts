import { join } from 'node:path'
import { addServer, type Database, migrate, openDatabase, parseServerAddress } from '@hlstats/database'
import { createMetrics, silentLogger } from '@hlstats/telemetry'
import { freeTcpPort, freeUdpPort, ServiceProcess, temporaryFolder, until } from '@hlstats/testkit'
import { sendLog } from '../cli/src/udp-log-sender.ts'

const PROXY_KEY = 'e2e'
/** The game server that speaks; part of the ids of bots in the golden results. */
const SERVER = '127.0.0.1:27015'

/** Standalone as a process on a data folder of its own; no broker and no database server are within its reach. */
export class TestStandalone {
  readonly service: ServiceProcess
  readonly database: Database
  readonly databaseUrl: string
  readonly folder: string
  readonly udpPort: number
  readonly logHttpPort: number

  private constructor(parts: {
    service: ServiceProcess
    database: Database
    databaseUrl: string
    folder: string
    udpPort: number
    logHttpPort: number
  }) {
    this.service = parts.service
    this.database = parts.database
    this.databaseUrl = parts.databaseUrl
    this.folder = parts.folder
    this.udpPort = parts.udpPort
    this.logHttpPort = parts.logHttpPort
  }

  /** Makes an empty database file ready; nothing runs yet. */
  static async create(): Promise<TestStandalone> {
    const folder = temporaryFolder('standalone')
    const [udpPort, httpPort, logHttpPort] = [await freeUdpPort(), await freeTcpPort(), await freeTcpPort()]
    const env = {
      STANDALONE_DATA_DIR: folder,
      STANDALONE_UDP_PORT: String(udpPort),
      STANDALONE_HTTP_PORT: String(httpPort),
      STANDALONE_LOG_HTTP_PORT: String(logHttpPort),
      STANDALONE_RELOAD_MS: '200',
      // Whoever reads these by mistake finds nobody there.
      DATABASE_URL: 'mysql://nobody@127.0.0.1:1/none',
      AMQP_URL: 'amqp://127.0.0.1:1',
    }
    const service = new ServiceProcess({ name: 'standalone', httpPort, env })
    const databaseUrl = `sqlite:${join(folder, 'hlstats.db')}`
    const database = await openDatabase({
      url: databaseUrl,
      logger: silentLogger(),
      metrics: createMetrics(),
    })
    await migrate(database, { seed: true })
    await database.execute("UPDATE hlstats_Options SET value = ? WHERE keyname = 'Proxy_Key'", [PROXY_KEY])
    return new TestStandalone({ service, database, databaseUrl, folder, udpPort, logHttpPort })
  }

  /** The process that has the socket. */
  get ingress(): ServiceProcess {
    return this.service
  }

  /** Registers the game server that `send` speaks for, before the start. */
  async register(game: string, settings: Readonly<Record<string, string>>): Promise<void> {
    const address = parseServerAddress(SERVER)
    await addServer(this.database, { address, game, name: 'e2e', mod: '', settings })
  }

  async start(): Promise<void> {
    this.service.start()
    await this.service.ready(120_000)
  }

  /** Sends log lines for the registered server, no faster than it takes them; a lost one fails the test. */
  async send(lines: Iterable<Buffer>): Promise<void> {
    const { sent, received } = await sendLog(lines, {
      server: SERVER,
      proxyKey: PROXY_KEY,
      host: '127.0.0.1',
      port: this.udpPort,
      ingressUrl: this.service.url,
    })
    if (received !== sent) throw new Error(`sent ${sent} lines, received ${received}`)
  }

  /** Resolves when every event is in the journal: from then on the process may be killed. */
  async journaled(): Promise<void> {
    await until(
      async () => {
        const made = await this.service.metric('hlstats_ingress_events_total')
        const written = await this.service.metric('hlstats_dual_published_total', 'side="queue"')
        return made !== undefined && written === made
      },
      { everyMs: 5, what: 'the journal to hold every event' },
    )
  }

  /** Resolves when every service has committed what the journal holds. */
  async settle(timeoutMs = 120_000): Promise<void> {
    await this.journaled()
    const waiting = () => this.service.metric('hlstats_journal_waiting_records')
    await until(async () => (await waiting()) === 0, { timeoutMs, what: 'every record to be committed' })
  }

  async rows(table: 'hlstats_Parked' | 'hlstats_Stream_Holes'): Promise<unknown[]> {
    return this.database.query(`SELECT * FROM ${table}`)
  }

  async stop(): Promise<void> {
    await this.database.close()
    await this.service.kill()
  }
}
