import { assertPartitions, type Database, type ServerKeyKind, serverKeyDigest } from '@hlstats/database'
import { codeOf, type ErrorCode } from '@hlstats/errors'
import { type ILogger, type Metrics, optionReport } from '@hlstats/telemetry'
import { AllowedNetworks } from './allowed-networks.ts'
import { CatalogueFile } from './catalogue-file.ts'
import { type KnownServer, knownServers, serversByKey } from './known-server.ts'
import type { IngressOccurrences } from './occurrences.ts'
import { type ServerCatalogue, ServerRepository } from './server.repository.ts'
import { trackingMode } from './server-options.ts'

interface ServerDirectoryOptions {
  readonly database: Database
  readonly partitions: number
  readonly journalDir: string
  readonly reloadMs: number
  readonly occurrences: IngressOccurrences
  readonly logger: ILogger
  readonly metrics: Metrics
}

// With these the database is away, not wrong: what an earlier life has read is still true.
const AWAY: readonly ErrorCode[] = ['DB_CONNECTION', 'DB_READ_ONLY', 'DB_LOCK_TIMEOUT']

/** Who may send. Goes on with those it knows while the database is away, also over a restart. */
export class ServerDirectory {
  readonly #options: ServerDirectoryOptions
  readonly #repository: ServerRepository
  readonly #file: CatalogueFile
  readonly #reportOptions: (problems: readonly string[]) => void
  #partitionsAsserted = false
  #servers: ReadonlyMap<string, KnownServer> = new Map()
  #keyed: ReadonlyMap<string, KnownServer> = new Map()
  #networks = new AllowedNetworks([])
  #fingerprint = ''
  #proxyKey = ''
  #timer: NodeJS.Timeout | undefined
  #reloading: Promise<void> | undefined

  constructor(options: ServerDirectoryOptions) {
    this.#options = options
    this.#repository = new ServerRepository(options.database)
    this.#file = new CatalogueFile(options.journalDir)
    this.#reportOptions = optionReport(options.logger, options.metrics, 'ingress')
  }

  /** Loads once, then again and again. Throws when neither the database nor an earlier life knows any servers. */
  async start(): Promise<void> {
    const { logger, reloadMs } = this.#options
    await this.#loadFirst()
    logger.info('game servers loaded', { servers: this.#servers.size })
    this.#timer = setInterval(() => void this.#reloadOnce(), reloadMs)
  }

  /** Reads everything that is there now; resolves also when that failed, and those known before stay. */
  async reload(): Promise<void> {
    // What is under way may have read already.
    await this.#reloading
    await this.#reloadOnce()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#reloading
  }

  find(address: string): KnownServer | undefined {
    return this.#servers.get(address)
  }

  /** The server with this key. What is looked up is a digest: how long that takes tells nothing of the key. */
  findByKey(kind: ServerKeyKind, key: string): KnownServer | undefined {
    return this.#keyed.size === 0 ? undefined : this.#keyed.get(serverKeyDigest(kind, key))
  }

  /** The game of servers that may register themselves from this address; undefined where they may not. */
  gameAt(ip: string): string | undefined {
    return this.#networks.gameOf(ip)
  }

  all(): Iterable<KnownServer> {
    return this.#servers.values()
  }

  /** The key that opens proxy envelopes; '' opens none. */
  get proxyKey(): string {
    return this.#proxyKey
  }

  async #loadFirst(): Promise<void> {
    try {
      await this.#load()
    } catch (err) {
      const stored = AWAY.includes(codeOf(err)) ? await this.#file.read() : undefined
      if (stored === undefined) throw err
      this.#options.occurrences.reloadFailed({}, { err })
      this.#use(stored)
    }
  }

  #reloadOnce(): Promise<void> {
    this.#reloading ??= this.#reload().finally(() => {
      this.#reloading = undefined
    })
    return this.#reloading
  }

  async #reload(): Promise<void> {
    try {
      await this.#load()
    } catch (err) {
      // Events in the wrong partitions are worse than none: nobody catches this, and the process ends.
      if (codeOf(err) === 'QUEUE_PARTITIONS') throw err
      this.#options.occurrences.reloadFailed({}, { err })
    }
  }

  async #load(): Promise<void> {
    if (!this.#partitionsAsserted) await assertPartitions(this.#options.database, this.#options.partitions)
    this.#partitionsAsserted = true
    const catalogue = await this.#repository.load()
    if (this.#use(catalogue)) await this.#file.write(catalogue)
  }

  /** False when nothing changed: unchanged servers stay the same objects, with what was computed for them. */
  #use(catalogue: ServerCatalogue): boolean {
    const fingerprint = JSON.stringify([catalogue, [...catalogue.options], [...catalogue.families]])
    if (fingerprint === this.#fingerprint) return false
    this.#servers = knownServers(catalogue)
    const { problems } = trackingMode(catalogue.options.get('Mode'))
    this.#reportOptions([...problems, ...[...this.#servers.values()].flatMap((server) => server.problems)])
    this.#keyed = serversByKey(catalogue, this.#servers.values())
    this.#networks = new AllowedNetworks(catalogue.networks)
    this.#proxyKey = catalogue.options.get('Proxy_Key') ?? ''
    this.#fingerprint = fingerprint
    return true
  }
}
