import { StatsError } from '@hlstats/errors'
import type { ILogger, Metrics } from '@hlstats/telemetry'
import type { SqlQueryable, Transaction } from '@prisma/driver-adapter-utils'
import { type Backend, backendOf } from './backend.ts'
import type { StatementLimits } from './chunks.ts'
import type { Dialect } from './dialect.ts'
import { databaseError, isDatabaseFault } from './driver-errors.ts'
import type { PrismaClient } from './generated/prisma/client.ts'
import { ObservedAdapterFactory, transactionCatcher } from './observed-adapter.ts'
import { type TypedClient, unitAware } from './prisma-client.ts'
import { SqlSession } from './sql-session.ts'
import type { SqlValue } from './sql-value.ts'
import { currentUnit, runInUnit, UnitOfWork } from './unit-of-work.ts'

export interface DatabaseOptions {
  /** `mysql://…`, or `sqlite:` with the path of a file. */
  readonly url: string
  /** Connections at most; they are opened when they are needed. */
  readonly poolSize?: number
  /** A server over the network that has said nothing for so long is taken for lost, and its connection with it. */
  readonly answerWithinMs?: number
  /** A unit of work that takes longer is taken back. */
  readonly unitLimitMs?: number
  readonly logger: ILogger
  readonly metrics: Metrics
}

// A unit is one batch. The server ends an idle transaction much earlier; this one is for a server that hangs.
const UNIT_LIMIT_MS = 120_000
const CONNECTION_WAIT_MS = 10_000

/** How long a service waits for a server that says nothing: no statement of a service takes so long, only migrations do. */
export const ANSWER_WITHIN_MS = 60_000

/** Thrown to end a trial: whatever it wrote is taken back. */
class TrialEnd extends Error {}

/** A database that is connected to when it is first needed; a URL that cannot work is refused at once. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return new Database(options, await backendOf({ poolSize: 5, ...options }))
}

/** The counter of statements, for whoever relates it to something else. */
export const STATEMENTS = {
  name: 'hlstats_database_statements_total',
  help: 'SQL statements sent, by their first word.',
  labels: ['verb'],
} as const

/** The one way to the tables: statements, typed reads, and units of work. */
export class Database {
  readonly #backend: Backend
  readonly #factory: ObservedAdapterFactory
  readonly #client: PrismaClient
  readonly #logger: ILogger
  readonly #unitSeconds
  readonly #unitLimitMs: number
  #limits: Promise<StatementLimits> | undefined

  constructor(
    {
      logger,
      metrics,
      unitLimitMs = UNIT_LIMIT_MS,
    }: Pick<DatabaseOptions, 'logger' | 'metrics' | 'unitLimitMs'>,
    backend: Backend,
  ) {
    this.#backend = backend
    this.#unitLimitMs = unitLimitMs
    const statements = metrics.counter(STATEMENTS)
    const statementSeconds = metrics.histogram({
      name: 'hlstats_database_statement_seconds',
      help: 'Time from sending a SQL statement to its answer, by its first word.',
      labels: ['verb'],
    })
    this.#unitSeconds = metrics.histogram({
      name: 'hlstats_database_unit_seconds',
      help: 'Length of a unit of work from BEGIN to its end.',
      labels: ['outcome'],
    })
    this.#logger = logger
    this.#factory = new ObservedAdapterFactory(backend.adapter, (verb, seconds) => {
      statements.inc({ verb })
      statementSeconds.observe({ verb }, seconds)
    })
    this.#client = unitAware(backend.createClient(this.#factory))
  }

  /** How this kind of database wants its statements. */
  get dialect(): Dialect {
    return this.#backend.dialect
  }

  /** Typed reads and single writes; inside a unit of work, on its connection and with its collected writes seen. */
  get prisma(): TypedClient {
    return currentUnit()?.prisma ?? this.#client
  }

  /** Rows of a statement; inside a unit of work on its connection, its collected writes seen. */
  async query<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    const unit = currentUnit()
    return unit === undefined
      ? this.#session(await this.#adapter()).query(sql, params)
      : unit.query(sql, params)
  }

  /** Runs a statement and returns the number of affected rows. */
  async execute(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    const unit = currentUnit()
    return unit === undefined
      ? this.#session(await this.#adapter()).execute(sql, params)
      : unit.execute(sql, params)
  }

  /** Runs `work` in one transaction; inside another one it becomes part of that. */
  transaction<T>(work: () => Promise<T>): Promise<T> {
    return this.runUnit(() => work())
  }

  /**
   * ONE transaction: work, then the collected writes, then COMMIT. Any error, that of the COMMIT included, takes all of
   * it back and is thrown. Inside another unit it becomes part of that.
   */
  async runUnit<T>(work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    const outer = currentUnit()
    if (outer !== undefined) return work(outer)
    const started = performance.now()
    let outcome = 'rolled_back'
    try {
      const result = await this.#inTransaction(async (unit) => {
        const value = await work(unit)
        await unit.complete()
        return value
      })
      outcome = 'committed'
      return result
    } finally {
      this.#unitSeconds.observe({ outcome }, (performance.now() - started) / 1000)
    }
  }

  /** Does all that `runUnit` does except the COMMIT: an event that fails is found without leaving a trace. */
  async trial(work: (unit: UnitOfWork) => Promise<unknown>): Promise<void> {
    if (currentUnit() !== undefined) {
      throw new StatsError(
        'DB_QUERY',
        'a trial cannot run inside a unit of work: it would take back that unit',
      )
    }
    const end = new TrialEnd()
    try {
      await this.runUnit(async (unit) => {
        await work(unit)
        await unit.complete()
        throw end
      })
    } catch (error) {
      if (error !== end) throw error
    }
  }

  /** Runs `work` on one connection outside any transaction: for locks and settings that belong to a session. */
  async onOneConnection<T>(work: (session: SqlSession) => Promise<T>): Promise<T> {
    const connection = await (await this.#factory.connect()).startTransaction().catch((error) => {
      throw databaseError(error)
    })
    try {
      const session = this.#session(connection)
      // The adapter lends a connection only with a transaction: end it, the connection stays lent.
      await session.execute('COMMIT', [])
      return await work(session)
    } finally {
      await connection.rollback()
    }
  }

  /** Reads that all see the database as it was at one moment, whatever others commit meanwhile. */
  snapshot<T>(work: (session: SqlSession) => Promise<T>): Promise<T> {
    return this.onOneConnection(async (session) => {
      for (const sql of this.dialect.snapshot) await session.execute(sql, [])
      try {
        return await work(session)
      } finally {
        await session.execute('COMMIT', [])
      }
    })
  }

  /** One round trip; throws when the database does not answer. */
  async ping(): Promise<void> {
    await this.#session(await this.#adapter()).query('SELECT 1', [])
  }

  /** Forces what was committed to the disk, and says whether all of it is there: a loss of power takes none of it then. */
  async checkpoint(): Promise<boolean> {
    return this.#backend.checkpoint(this.#session(await this.#adapter()))
  }

  /** Closes all connections; those in use are waited for. */
  async close(): Promise<void> {
    await this.#client.$disconnect()
    await this.#factory.dispose()
  }

  async #inTransaction<T>(body: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    const caught: { transaction?: Transaction } = {}
    let unit: UnitOfWork | undefined
    const options = { timeout: this.#unitLimitMs, maxWait: CONNECTION_WAIT_MS }
    try {
      return await transactionCatcher.run(caught, () =>
        this.#client.$transaction(async (typed) => {
          if (caught.transaction === undefined) throw new Error('the adapter opened no transaction')
          const opened = new UnitOfWork(this.#session(caught.transaction), typed)
          unit = opened
          return runInUnit(opened, () => body(opened))
        }, options),
      )
    } catch (error) {
      if (unit?.failure !== undefined) throw unit.failure
      throw isDatabaseFault(error) ? databaseError(error) : error
    } finally {
      unit?.seal()
    }
  }

  #session(connection: SqlQueryable): SqlSession {
    return new SqlSession(connection, this.dialect, () => this.#statementLimits())
  }

  async #adapter(): Promise<SqlQueryable> {
    return this.#factory.connect()
  }

  #statementLimits(): Promise<StatementLimits> {
    this.#limits ??= this.#readLimits().catch((error) => {
      this.#limits = undefined
      throw error
    })
    return this.#limits
  }

  async #readLimits(): Promise<StatementLimits> {
    const limits = await this.#backend.readLimits(this.#session(await this.#adapter()))
    this.#logger.debug('statement limits', { ...limits })
    return limits
  }
}
