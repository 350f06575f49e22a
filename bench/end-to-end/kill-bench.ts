import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@hlstats/database'
import { goldSrcPacket, until } from '@hlstats/testkit'
import { differences } from './exact-totals.ts'
import { compareReadings, type ProcessFigures } from './figures.ts'
import { GameServerSockets } from './game-server-sockets.ts'
import { GAME, KillTraffic } from './kill-traffic.ts'
import { CONSUMERS, MeasuredSystem } from './measured-system.ts'
import { quantile } from './metrics-page.ts'

export interface KillBenchOptions {
  readonly servers: number
  readonly playersPerServer: number
  readonly shared: boolean
  readonly kills: number
  /** Kills a second while the age is measured. */
  readonly rate: number
  readonly seconds: number
}

export interface Age {
  readonly p50Ms: number
  readonly p99Ms: number
}

/** What it is like when they come at a rate that leaves time to breathe. */
export interface RateFigures {
  readonly age: Readonly<Record<string, Age>>
  readonly processes: Readonly<Record<string, ProcessFigures>>
}

export interface KillFigures {
  readonly kills: number
  readonly killsPerSecond: number
  /** How fast ingress took them. */
  readonly takenPerSecond: number
  readonly committedAfterMs: Readonly<Record<string, number>>
  /** Of all three services together. */
  readonly statementsPerEvent: number
  readonly droppedByKernel: number
  readonly processes: Readonly<Record<string, ProcessFigures>>
  /** Undefined when no rate was asked for. */
  readonly atRate: RateFigures | undefined
  /** What differs from the totals of the kills sent; empty when all is exact. */
  readonly wrong: readonly string[]
}

const WARM_UP_SHARE = 0.1
const COMMITTED_WITHIN_MS = 600_000

// One small sum per service, and each is right only after its last COMMIT.
const SUMS: Readonly<Record<(typeof CONSUMERS)[number], string>> = {
  player: 'SELECT SUM(kills) AS kills FROM hlstats_Players',
  weapon: 'SELECT SUM(kills) AS kills FROM hlstats_Weapons',
  match: 'SELECT SUM(kills) AS kills FROM hlstats_Servers',
}

/** Kills from many servers over UDP to the commits of all three services: as fast as they go, then at a rate. */
export async function benchKills(options: KillBenchOptions): Promise<KillFigures> {
  const system = await MeasuredSystem.create()
  let bench: KillBench | undefined
  try {
    const sockets = await GameServerSockets.open(options.servers, system.udpPort)
    for (const port of sockets.ports) await system.register(GAME, `127.0.0.1:${port}`)
    await system.start()
    bench = new KillBench(options, system, sockets)
    return await bench.run()
  } finally {
    bench?.close()
    await system.stop()
  }
}

class KillBench {
  readonly #options: KillBenchOptions
  readonly #system: MeasuredSystem
  readonly #sockets: GameServerSockets
  readonly #traffic: KillTraffic
  #kills = 0

  constructor(options: KillBenchOptions, system: MeasuredSystem, sockets: GameServerSockets) {
    this.#options = options
    this.#system = system
    this.#sockets = sockets
    this.#traffic = new KillTraffic(options)
  }

  async run(): Promise<KillFigures> {
    const { servers, kills, seconds } = this.#options
    for (let server = 0; server < servers; server += 1) {
      for (const line of this.#traffic.opening(server)) await this.#sockets.send(server, goldSrcPacket(line))
    }
    await this.#sendKills(Math.ceil(kills * WARM_UP_SHARE))
    await this.#committed()
    const before = await this.#system.read()
    const startedAt = performance.now()
    await this.#sendKills(kills)
    const takenAfterMs = performance.now() - startedAt
    const committedAfterMs = await this.#committed(startedAt)
    const after = await this.#system.read()
    const statements = CONSUMERS.map(
      (name) =>
        (after.pages.get(name)?.sum('hlstats_database_statements_total') ?? 0) -
        (before.pages.get(name)?.sum('hlstats_database_statements_total') ?? 0),
    ).reduce((sum, count) => sum + count, 0)
    const atRate = seconds > 0 ? await this.#atRate() : undefined
    return {
      kills,
      killsPerSecond: (kills / Math.max(...Object.values(committedAfterMs))) * 1_000,
      takenPerSecond: (kills / takenAfterMs) * 1_000,
      committedAfterMs,
      statementsPerEvent: statements / kills,
      droppedByKernel: this.#sockets.dropped,
      processes: compareReadings(before, after, kills),
      atRate,
      wrong: await differences(this.#system.database, this.#traffic.totals, this.#traffic.serverTotals),
    }
  }

  close(): void {
    this.#sockets.close()
  }

  async #sendKills(count: number): Promise<void> {
    for (let sent = 0; sent < count; sent += 1) await this.#sendKill()
  }

  async #sendKill(): Promise<void> {
    const server = this.#kills % this.#options.servers
    this.#kills += 1
    await this.#sockets.send(server, goldSrcPacket(this.#traffic.kill(server)))
  }

  /** When each service had committed every kill sent so far. */
  async #committed(startedAt = performance.now()): Promise<Record<string, number>> {
    const { database } = this.#system
    const wait = async (name: (typeof CONSUMERS)[number]) => {
      const what = `the ${name} service to commit ${this.#kills} kills`
      const isDone = async () => (await killsIn(database, SUMS[name])) >= this.#kills
      await until(isDone, { timeoutMs: COMMITTED_WITHIN_MS, everyMs: 50, what })
      return [name, performance.now() - startedAt] as const
    }
    return Object.fromEntries(await Promise.all(CONSUMERS.map(wait)))
  }

  async #atRate(): Promise<RateFigures> {
    const { rate, seconds } = this.#options
    const before = await this.#system.read()
    const startedAt = performance.now()
    for (let sent = 0; sent < rate * seconds; sent += 1) {
      const aheadMs = (sent / rate) * 1_000 - (performance.now() - startedAt)
      if (aheadMs > 1) await delay(aheadMs)
      await this.#sendKill()
    }
    await this.#committed()
    const after = await this.#system.read()
    const age = Object.fromEntries(
      CONSUMERS.map((name) => {
        const [early, late] = [before, after].map(
          ({ pages }) => pages.get(name)?.buckets('hlstats_event_age_seconds') ?? [],
        )
        const ms = (q: number) => quantile(q, early ?? [], late ?? []) * 1_000
        return [name, { p50Ms: ms(0.5), p99Ms: ms(0.99) }]
      }),
    )
    return { age, processes: compareReadings(before, after, rate * seconds) }
  }
}

async function killsIn(database: Database, sql: string): Promise<number> {
  const [row] = await database.query<{ kills: string | number | null }>(sql)
  return Number(row?.kills ?? 0)
}
