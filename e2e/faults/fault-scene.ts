import {
  missingRabbit,
  type PrivateMariaDb,
  type PrivateRabbit,
  type ServiceProcess,
  startPrivateMariaDb,
  startPrivateRabbit,
  TamperedQueue,
  TcpProxy,
  type TestDatabase,
  testDatabase,
  until,
} from '@hlstats/testkit'
import { Simulation } from '../../cli/src/simulation/simulation.ts'
import { TotalsCheck } from '../../cli/src/totals-check.ts'
import { committedPositions, type Position } from '../positions.ts'
import { type Backends, type ConsumerName, TestSystem } from '../processes.ts'
import { SteadyLoad } from './steady-load.ts'

export interface SceneOptions {
  readonly seed: number
  /** Servers of our own, because the fault is theirs. */
  readonly own?: readonly ('broker' | 'database')[]
  /** Of each consumer. */
  readonly replicas?: number
  readonly linesPerSecond?: number
  /** After so long RabbitMQ 4.3 goes on without a consumer that died with it (ADR 68). */
  readonly ackWithinMs?: number
  /** Settings of a process, by its name and number: `player-0`. */
  readonly settings?: (process: string) => Readonly<Record<string, string>>
  /** Done to the broker before any service has seen it. */
  readonly prepare?: (amqpUrl: string) => Promise<void>
}

/** The ways of one process to its backends. */
export interface Wires {
  readonly broker: TcpProxy
  readonly database: TcpProxy
}

/** What a fault is expected to leave behind; without a word nothing at all. */
export interface Remains {
  readonly parked?: number
  readonly holes?: readonly Partial<HoleRow>[]
  /** Streaks and latest names are not compared: some events were taken later than those behind them. */
  readonly outOfOrder?: boolean
}

export interface HoleRow {
  readonly service: string
  readonly partition_no: number
  readonly from_record: number
  readonly to_record: number
}

interface Parts {
  readonly system: TestSystem
  readonly load: SteadyLoad
  readonly check: TotalsCheck
  readonly wires: ReadonlyMap<string, Wires>
  readonly broker: PrivateRabbit | undefined
  readonly databaseServer: PrivateMariaDb | undefined
  readonly database: TestDatabase | undefined
}

const SERVERS = 20
const SLOTS = 8
const GAMES = ['cstrike', 'css', 'csgo', 'tf']
const LINES_PER_SECOND = 300
const CONSUMING_SERVICES = 3
const CONSUMER_COLUMNS = ['queue_name', 'channel_pid', 'consumer_tag', 'activity_status']
const CONSUMER = /^(player|weapon|match)-\d+$/
const ORDER_MATTERS = /: (killStreak|deathStreak|name|actionRows) | action kill_streak_/

/** All services under a steady load of 20 game servers with known totals: what a fault is put into. */
export class FaultScene {
  readonly system: TestSystem
  readonly load: SteadyLoad
  readonly #parts: Parts

  private constructor(parts: Parts) {
    this.#parts = parts
    this.system = parts.system
    this.load = parts.load
  }

  /** Starts everything, and the load; each process reaches its backends by wires of its own. */
  static async open(options: SceneOptions): Promise<FaultScene> {
    const { own = [], replicas = 2, seed, settings, prepare, linesPerSecond = LINES_PER_SECOND } = options
    const { ackWithinMs } = options
    const broker = own.includes('broker') ? await startBroker() : undefined
    const databaseServer = own.includes('database') ? await startPrivateMariaDb() : undefined
    const database = databaseServer && (await testDatabase({ serverUrl: databaseServer.url }))
    const wires = new Map<string, Wires>()
    const system = await TestSystem.create({
      replicas,
      ...(broker === undefined ? {} : { amqpUrl: broker.url }),
      ...(database === undefined ? {} : { database }),
      settings: async (process, backends) => ({
        ...(await wireUp(wires, process, backends)),
        ...(ackWithinMs !== undefined && CONSUMER.test(process)
          ? { [`${process.replace(/-\d+$/, '').toUpperCase()}_ACK_WITHIN_MS`]: String(ackWithinMs) }
          : {}),
        ...settings?.(process),
      }),
    })
    await prepare?.(system.amqpUrl)
    const startedAt = new Date()
    const simulation = new Simulation({ seed, servers: SERVERS, games: GAMES, players: SLOTS, startedAt })
    for (const { address, game } of simulation.servers) await system.register(game, {}, address)
    const check = await TotalsCheck.open(system.database, simulation)
    await system.start()
    const load = new SteadyLoad(system, simulation.servers, linesPerSecond)
    await load.start()
    return new FaultScene({ system, load, check, wires, broker, databaseServer, database })
  }

  get broker(): PrivateRabbit {
    return present(this.#parts.broker, 'the scene has no broker of its own')
  }

  get databaseServer(): PrivateMariaDb {
    return present(this.#parts.databaseServer, 'the scene has no database of its own')
  }

  get allWires(): readonly Wires[] {
    return [...this.#parts.wires.values()]
  }

  wires({ name, url }: ServiceProcess): Wires {
    const replica = this.system.processes
      .filter((process) => process.name === name)
      .findIndex((process) => process.url === url)
    return present(this.#parts.wires.get(`${name}-${replica}`), `${name} has no wires`)
  }

  async restart(process: ServiceProcess): Promise<void> {
    process.start()
    await process.ready()
  }

  /** Whether a process has committed events in its present life. */
  async handled(process: ServiceProcess): Promise<number> {
    return (await process.metric('hlstats_events_handled_total')) ?? 0
  }

  /** The process of a consumer that the partitions are with now. */
  async active(name: ConsumerName): Promise<ServiceProcess> {
    const before = new Map<ServiceProcess, number>()
    for (const process of this.system.replicas(name)) before.set(process, await this.handled(process))
    return until(
      async () => {
        for (const [process, handled] of before) if ((await this.handled(process)) > handled) return process
        return undefined
      },
      { timeoutMs: 60_000, what: `a process of ${name} that commits` },
    )
  }

  /** Resolves when the service has committed records that were not committed when this was asked. */
  async progress(service: ConsumerName): Promise<void> {
    const committed = async () =>
      (await committedPositions(this.system.database))
        .filter((position) => position.service === service)
        .reduce((sum, { record }) => sum + record, 0)
    const before = await committed()
    await until(async () => (await committed()) > before, {
      timeoutMs: 90_000,
      what: `${service} to commit more`,
    })
  }

  /** The sum of a metric over processes that run. */
  async sum(processes: readonly ServiceProcess[], metric: string, labels = ''): Promise<number> {
    const values = await Promise.all(processes.map((process) => process.metric(metric, labels)))
    return values.reduce((sum: number, value) => sum + (value ?? 0), 0)
  }

  /** Does something while nothing is sent and the broker has everything. */
  async standStill(work: () => Promise<void>): Promise<void> {
    await this.load.pause()
    const ingress = this.system.ingress
    await until(async () => (await ingress.metric('hlstats_journal_waiting_records')) === 0, {
      timeoutMs: 60_000,
      what: 'the broker to confirm the journal',
    })
    await work()
    await this.load.start()
  }

  async withQueues<T>(work: (queues: TamperedQueue) => Promise<T>): Promise<T> {
    const queues = await TamperedQueue.open(this.system.amqpUrl)
    try {
      return await work(queues)
    } finally {
      await queues.close()
    }
  }

  /** Ends the load; resolves when everything sent is committed by all services. */
  async end(): Promise<void> {
    await this.load.pause()
    await this.system.settle(180_000).catch(async (cause: unknown) => {
      const consumers = await this.#parts.broker?.control('list_consumers', ...CONSUMER_COLUMNS)
      throw new Error(`not everything was committed; consumers at the broker:\n${consumers}`, { cause })
    })
  }

  /** Everything that is not as it must be after `end`: totals, positions, holes, parked events, the shadow's verdict. */
  async differences(remains: Remains = {}): Promise<string[]> {
    const { parked = 0, holes = [], outOfOrder = false } = remains
    const totals = await this.#parts.check.settle()
    const ordered = (line: string) => !outOfOrder || !ORDER_MATTERS.test(line)
    const foundParked = await this.system.rows('hlstats_Parked')
    const foundHoles = await this.system.rows('hlstats_Stream_Holes')
    const shadow = await this.system.shadowReport()
    return [
      ...totals.filter(ordered),
      ...unlike(await committedPositions(this.system.database)).map(
        (place) => `positions ${JSON.stringify(place)}`,
      ),
      ...(foundParked.length === parked ? [] : [`parked ${JSON.stringify(foundParked)}`]),
      ...(foundHoles.length === holes.length ? [] : [`holes ${JSON.stringify(foundHoles)}`]),
      ...(shadow.verdict === 'pass' && shadow.findings.length === 0
        ? []
        : [`shadow ${JSON.stringify(shadow)}`]),
    ]
  }

  async close(): Promise<void> {
    const { system, load, broker, databaseServer, database } = this.#parts
    load.close()
    await Promise.all([broker?.kill('SIGCONT'), databaseServer?.kill('SIGCONT')])
    await system.stop()
    await Promise.all(this.allWires.flatMap((wires) => [wires.broker.close(), wires.database.close()]))
    await database?.database.close()
    await Promise.all([broker?.remove(), databaseServer?.remove()])
  }
}

/** The newest that there is: partitions are balanced over replicas from RabbitMQ 4 on. */
async function startBroker(): Promise<PrivateRabbit> {
  const isNewest = (await missingRabbit('4')) === undefined
  return startPrivateRabbit(isNewest ? { release: '4' } : {})
}

async function wireUp(
  wires: Map<string, Wires>,
  process: string,
  { AMQP_URL, DATABASE_URL }: Backends,
): Promise<Backends> {
  const broker = await TcpProxy.open(Number(new URL(AMQP_URL).port))
  const database = await TcpProxy.open(Number(new URL(DATABASE_URL).port))
  wires.set(process, { broker, database })
  return { AMQP_URL: broker.through(AMQP_URL), DATABASE_URL: database.through(DATABASE_URL) }
}

/** The streams and partitions in which a service stands elsewhere than the others. */
function unlike(positions: readonly Position[]): Position[][] {
  const places = Map.groupBy(positions, ({ stream, partition }) => `${stream}/${partition}`)
  return [...places.values()].filter(
    (place) => place.length !== CONSUMING_SERVICES || new Set(place.map(({ record }) => record)).size > 1,
  )
}

function present<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) throw new Error(otherwise)
  return value
}
