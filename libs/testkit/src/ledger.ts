import type { Database } from '@hlstats/database'
import type { GameEvent } from '@hlstats/events'
import { BaseModuleEventHandler, EventBus, ModuleRegistry } from '@hlstats/infrastructure'
import { silentLogger } from '@hlstats/telemetry'

/** One row of a ledger: an event that took effect. */
export interface LedgerEntry {
  readonly serverId: number
  readonly stream: string
  readonly sequence: number
}

/** What a ledger does besides writing: a test throws from here. */
export type LedgerProbe = (event: GameEvent) => void | Promise<void>

/**
 * A service whose only module writes down every kill, suicide and map change that takes effect, in the unit of work. No
 * key stops it from writing an event twice: that is what tests look for.
 */
export class Ledger {
  readonly eventBus = new EventBus(silentLogger())
  readonly registry = new ModuleRegistry(silentLogger())
  readonly #database: Database

  private constructor(database: Database, probe: LedgerProbe) {
    this.#database = database
    this.registry.register({
      name: 'ledger',
      handler: new LedgerHandler(this.eventBus, database, probe),
      handledEvents: ['PLAYER_KILL', 'PLAYER_SUICIDE', 'MAP_CHANGE'],
    })
  }

  static async create(database: Database, probe: LedgerProbe = () => undefined): Promise<Ledger> {
    await database.execute(
      `CREATE TABLE IF NOT EXISTS t_ledger (id BIGINT AUTO_INCREMENT PRIMARY KEY, server_id INT NOT NULL,
       stream VARCHAR(64) NOT NULL, sequence INT NOT NULL) ENGINE=InnoDB`,
    )
    const ledger = new Ledger(database, probe)
    await ledger.registry.initializeAll()
    return ledger
  }

  /** All entries in the order in which they were written. */
  async entries(): Promise<LedgerEntry[]> {
    return this.#database.query<LedgerEntry>(
      'SELECT server_id AS serverId, stream, sequence FROM t_ledger ORDER BY id',
    )
  }

  async count(): Promise<number> {
    const [row] = await this.#database.query<{ n: number | bigint }>('SELECT COUNT(*) AS n FROM t_ledger')
    return Number(row?.n ?? 0)
  }
}

class LedgerHandler extends BaseModuleEventHandler {
  readonly #database: Database
  readonly #probe: LedgerProbe

  constructor(eventBus: EventBus, database: Database, probe: LedgerProbe) {
    super(eventBus, silentLogger())
    this.#database = database
    this.#probe = probe
  }

  override registerEventHandlers(): void {
    for (const type of ['PLAYER_KILL', 'PLAYER_SUICIDE', 'MAP_CHANGE'] as const) {
      this.registerHandler(type, (event) => this.#write(event))
    }
  }

  async #write(event: GameEvent): Promise<void> {
    await this.#probe(event)
    await this.#database.execute('INSERT INTO t_ledger (server_id, stream, sequence) VALUES (?, ?, ?)', [
      event.serverId,
      event.stream,
      event.sequence,
    ])
  }
}
