import type { Database } from '@hlstats/database'
import { provideBackends } from '@hlstats/testkit'
import { TestSystem } from '../../e2e/processes.ts'
import { MetricsPage } from './metrics-page.ts'
import { listenerOn, type Usage, usageOf } from './process-usage.ts'

export const CONSUMERS = ['player', 'weapon', 'match'] as const
const SERVICES = ['ingress', ...CONSUMERS] as const

/** What every service and backend says of itself at one moment. */
export interface Reading {
  readonly pages: ReadonlyMap<string, MetricsPage>
  readonly usage: ReadonlyMap<string, Usage>
}

/** The real processes on real backends, and what they use. The shadow consumer stays out: nothing waits for it. */
export class MeasuredSystem {
  readonly #system: TestSystem
  readonly #releaseBackends: () => Promise<void>
  readonly #pids = new Map<string, number>()

  private constructor(system: TestSystem, releaseBackends: () => Promise<void>) {
    this.#system = system
    this.#releaseBackends = releaseBackends
  }

  static async create(): Promise<MeasuredSystem> {
    const releaseBackends = (await provideBackends()) ?? (async () => {})
    return new MeasuredSystem(await TestSystem.create(), releaseBackends)
  }

  get database(): Database {
    return this.#system.database
  }

  get udpPort(): number {
    return this.#system.udpPort
  }

  /** Makes a game server known; before `start`, or ingress reads it half a minute later. */
  register(game: string, address: string): Promise<void> {
    return this.#system.register(game, { MinPlayers: '2' }, address)
  }

  async start(): Promise<void> {
    const services = SERVICES.map((name) => this.#system.service(name))
    for (const service of services) service.start()
    await Promise.all(services.map((service) => service.ready()))
    const { HLSTATS_TEST_DATABASE_URL: databaseUrl = '', HLSTATS_TEST_AMQP_URL: amqpUrl = '' } = process.env
    const ports = [
      ...services.map(({ name, url }) => [name, new URL(url).port] as const),
      ['database', new URL(databaseUrl).port || '3306'] as const,
      ['broker', new URL(amqpUrl).port || '5672'] as const,
    ]
    for (const [name, port] of ports) {
      const pid = listenerOn(Number(port))
      if (pid !== undefined) this.#pids.set(name, pid)
    }
  }

  async read(): Promise<Reading> {
    const pages = new Map<string, MetricsPage>()
    for (const name of SERVICES) pages.set(name, await MetricsPage.of(this.#system.service(name)))
    const usage = new Map([...this.#pids].map(([name, pid]) => [name, usageOf(pid)]))
    return { pages, usage }
  }

  /** In good order, so that a profile that NODE_OPTIONS asks for is written. */
  async stop(): Promise<void> {
    await Promise.all(SERVICES.map((name) => this.#system.service(name).stop()))
    await this.#system.stop()
    await this.#releaseBackends()
  }
}
