import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig } from '@hlstats/config'
import { type Database, type ServerKeyKind, serverKeyDigest } from '@hlstats/database'
import { decodeMessage, type GameEvent } from '@hlstats/events'
import { BrokerConnection, QueueSource } from '@hlstats/infrastructure'
import { startService } from '@hlstats/service'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import {
  freeTcpPort,
  freeUdpPort,
  ServiceProcess,
  type TestBroker,
  type TestDatabase,
  temporaryFolder,
  testBroker,
  testDatabase,
  type UdpSender,
  udpSender,
} from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { ingressConfig } from './config.ts'
import { stamped } from './play-log-of-test.ts'
import { buildIngress } from './service.ts'
import { UnknownSenders } from './unknown-senders.ts'

type Environment = Readonly<Record<string, string>>

/** The scene of all tests of a file: their tables and their broker; the rest is new for each of them. */
export function sceneOfTests(): IngressScene {
  const scene = new IngressScene()
  beforeAll(() => scene.open())
  beforeEach(() => scene.begin())
  afterEach(() => scene.end())
  afterAll(() => scene.close())
  return scene
}

/** A game server, an ingress that it can send to, and what comes of it. */
class IngressScene {
  /** What the match service would get, in the order in which it comes. */
  readonly events: GameEvent[] = []
  server!: UdpSender
  folder!: string
  /** The last one that was started in this process. */
  ingress!: Awaited<ReturnType<typeof startIngress>>
  #database!: TestDatabase
  #broker!: TestBroker
  #running: { stop(): Promise<unknown> }[] = []

  async open(): Promise<void> {
    ;[this.#database, this.#broker] = await Promise.all([testDatabase(), testBroker()])
  }

  async close(): Promise<void> {
    await Promise.all([this.#database.drop(), this.#broker.drop()])
  }

  async begin(): Promise<void> {
    this.folder = temporaryFolder('ingress')
    this.server = await udpSender()
    this.events.length = 0
    this.#running = [await readQueue(this.#broker.url, (event) => this.events.push(event))]
  }

  async end(): Promise<void> {
    for (const { stop } of this.#running.reverse()) await stop()
    this.server.close()
    rmSync(this.folder, { recursive: true })
  }

  get database(): Database {
    return this.#database.database
  }

  /** An ingress in this process, on free ports. */
  async start(changes: Environment = {}): Promise<void> {
    this.ingress = await startIngress({ ...this.#environment, ...changes })
    this.#running.push(this.ingress)
  }

  /** An ingress in a process of its own, to be killed. */
  async process() {
    const [udpPort, httpPort, logHttpPort] = [await freeUdpPort(), await freeTcpPort(), await freeTcpPort()]
    const ports = {
      INGRESS_UDP_PORT: String(udpPort),
      INGRESS_HTTP_PORT: String(httpPort),
      INGRESS_LOG_HTTP_PORT: String(logHttpPort),
    }
    const ingress = new ServiceProcess({
      name: 'ingress',
      httpPort,
      env: { ...this.#environment, ...ports },
    })
    this.#running.push({ stop: () => ingress.kill() })
    return { ingress, udpPort, logHttpPort }
  }

  /** A datagram from the game server to the ingress in this process. */
  send(datagram: Buffer): Promise<void> {
    return this.server.send(datagram, this.ingress.udpPort)
  }

  /** What came of the lines of a server: not what ingress says about itself. */
  ofServer(serverId: number): GameEvent[] {
    return this.events.filter(
      (event) => event.serverId === serverId && !/^(STREAM|SERVER)_/.test(event.eventType),
    )
  }

  /** What was said, behind the id of the server where it was. */
  chat(): string[] {
    return this.events.flatMap((event) =>
      event.eventType === 'CHAT_MESSAGE' ? [`${event.serverId} ${event.data.message}`] : [],
    )
  }

  dropped(reason: string): Promise<number | undefined> {
    return this.ingress.metrics.value('hlstats_ingress_dropped_total', { reason })
  }

  get #environment(): Environment {
    return {
      DATABASE_URL: this.#database.url,
      AMQP_URL: this.#broker.url,
      INGRESS_JOURNAL_DIR: join(this.folder, 'journal'),
      INGRESS_UDP_PORT: '0',
      INGRESS_LOG_HTTP_PORT: '0',
      INGRESS_RELOAD_MS: '100',
    }
  }
}

async function startIngress(environment: Environment) {
  const config = loadConfig(ingressConfig, environment)
  const [logger, metrics, strangers] = [silentLogger(), new Metrics(), new UnknownSenders()]
  let ports = { udpPort: 0, logHttpPort: 0 }
  const service = await startService({
    name: 'ingress',
    config: { ...config, httpPort: 0 },
    logger,
    metrics,
    build: async (context) => {
      ports = await buildIngress({ config, logger, metrics, strangers }, context)
    },
  })
  return { ...ports, metrics, strangers, stop: () => service.stop() }
}

async function readQueue(url: string, onEvent: (event: GameEvent) => void) {
  const [logger, metrics] = [silentLogger(), new Metrics()]
  const connection = new BrokerConnection({ url }, 'consume', { logger, metrics })
  const source = new QueueSource(
    { service: 'match', partitions: 8, replica: { name: 'test' }, declare: true },
    { connection, logger, metrics },
  )
  // As every service does: what the journal sends again after a kill is skipped by its number.
  const positions = new Map<string, number>()
  await source.start((delivery) => {
    const { stream, partition, records } = decodeMessage(delivery.body)
    for (const { record, entries } of records) {
      if (record <= (positions.get(`${stream}/${partition}`) ?? 0)) continue
      positions.set(`${stream}/${partition}`, record)
      for (const entry of entries) if (entry.ok) onEvent(entry.event)
    }
    delivery.ack()
  })
  return {
    stop: async () => {
      await source.stop()
      await connection.close()
    },
  }
}

/** Makes a game server known, counting everything. */
export async function register(
  database: Database,
  serverId: number,
  port: number,
  address = '127.0.0.1',
): Promise<void> {
  await database.execute('DELETE FROM hlstats_Servers WHERE serverId = ?', [serverId])
  await database.execute(
    "INSERT INTO hlstats_Servers (serverId, address, port, name, game) VALUES (?, ?, ?, 'test', 'cstrike')",
    [serverId, address, port],
  )
  const options = { MinPlayers: '0', IgnoreBots: '0', BonusRoundIgnore: '1', TimeZone: 'UTC' }
  for (const [parameter, value] of Object.entries(options)) {
    await database.execute(
      'REPLACE INTO hlstats_Servers_Config (serverId, parameter, value) VALUES (?, ?, ?)',
      [serverId, parameter, value],
    )
  }
}

/** Gives a server a key, as the command line does. */
export async function giveKey(
  database: Database,
  serverId: number,
  kind: ServerKeyKind,
  key: string,
): Promise<void> {
  await database.execute('INSERT INTO hlstats_Server_Keys (server_id, kind, digest) VALUES (?, ?, ?)', [
    serverId,
    kind,
    serverKeyDigest(kind, key),
  ])
}

/** The line in which a player says this. */
export function sayLine(text: string): string {
  return stamped([`"Al<2><STEAM_1:0:111><CT>" say "${text}"`])[0] ?? ''
}
