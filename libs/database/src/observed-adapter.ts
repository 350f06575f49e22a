import { AsyncLocalStorage } from 'node:async_hooks'
import { StatsError } from '@hlstats/errors'
import type {
  ConnectionInfo,
  IsolationLevel,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  SqlQueryable,
  SqlResultSet,
  Transaction,
} from '@prisma/driver-adapter-utils'
import { momentsInUtc } from './result-rows.ts'

/** Sees the first word of every statement that goes to the server, when its answer is there. */
export type StatementObserver = (verb: string, seconds: number) => void

/** Catches the connection of the interactive transaction that is opened inside `run`. */
export const transactionCatcher = new AsyncLocalStorage<{ transaction?: Transaction }>()

/** One adapter for the typed client and for statements of our own: the same pool, every statement counted. */
export class ObservedAdapterFactory implements SqlDriverAdapterFactory {
  readonly provider: SqlDriverAdapterFactory['provider']
  readonly adapterName: string
  readonly #factory: SqlDriverAdapterFactory
  readonly #observe: StatementObserver
  #adapter: Promise<SqlDriverAdapter> | undefined

  constructor(factory: SqlDriverAdapterFactory, observe: StatementObserver) {
    this.#factory = factory
    this.#observe = observe
    this.provider = factory.provider
    this.adapterName = factory.adapterName
  }

  connect(): Promise<SqlDriverAdapter> {
    this.#adapter ??= this.#factory.connect().then((adapter) => new ObservedAdapter(adapter, this.#observe))
    return this.#adapter
  }

  async dispose(): Promise<void> {
    const adapter = this.#adapter
    this.#adapter = undefined
    await (await adapter)?.dispose()
  }
}

class ObservedQueryable {
  readonly provider: SqlQueryable['provider']
  readonly adapterName: string
  readonly #inner: SqlQueryable
  readonly #observe: StatementObserver

  constructor(inner: SqlQueryable, observe: StatementObserver) {
    this.#inner = inner
    this.#observe = observe
    this.provider = inner.provider
    this.adapterName = inner.adapterName
  }

  async queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    const result = await this.#timed(query.sql, () => this.#inner.queryRaw(query))
    return this.provider === 'sqlite' ? momentsInUtc(result) : result
  }

  executeRaw(query: SqlQuery): Promise<number> {
    return this.#timed(query.sql, () => this.#inner.executeRaw(query))
  }

  /** Throws when a statement may not run any more. */
  protected admit(): void {}

  async #timed<T>(sql: string, run: () => Promise<T>): Promise<T> {
    this.admit()
    const started = performance.now()
    try {
      return await run()
    } finally {
      const verb = /^\s*\(?\s*([a-z]+)/i.exec(sql)?.[1]?.toLowerCase() ?? 'other'
      this.#observe(verb, (performance.now() - started) / 1000)
    }
  }
}

class ObservedAdapter extends ObservedQueryable implements SqlDriverAdapter {
  readonly #adapter: SqlDriverAdapter
  readonly #observeAll: StatementObserver
  #disposed: Promise<void> | undefined

  constructor(adapter: SqlDriverAdapter, observe: StatementObserver) {
    super(adapter, observe)
    this.#adapter = adapter
    this.#observeAll = observe
  }

  executeScript(script: string): Promise<void> {
    return this.#adapter.executeScript(script)
  }

  async startTransaction(isolationLevel?: IsolationLevel): Promise<Transaction> {
    const catcher = transactionCatcher.getStore()
    const transaction = new ObservedTransaction(
      await this.#adapter.startTransaction(isolationLevel),
      this.#observeAll,
    )
    if (catcher !== undefined) catcher.transaction = transaction
    return transaction
  }

  getConnectionInfo(): ConnectionInfo {
    return this.#adapter.getConnectionInfo?.() ?? { supportsRelationJoins: false }
  }

  // The typed client disposes of the adapter when it was connected, the database in any case.
  dispose(): Promise<void> {
    this.#disposed ??= this.#adapter.dispose()
    return this.#disposed
  }
}

class ObservedTransaction extends ObservedQueryable implements Transaction {
  readonly options: Transaction['options']
  readonly #transaction: Transaction
  #ended = false

  constructor(transaction: Transaction, observe: StatementObserver) {
    super(transaction, observe)
    this.#transaction = transaction
    this.options = transaction.options
  }

  commit(): Promise<void> {
    this.#ended = true
    return this.#transaction.commit()
  }

  rollback(): Promise<void> {
    this.#ended = true
    return this.#transaction.rollback()
  }

  // After the end the connection is back in the pool: a late statement would run in somebody else's transaction.
  protected override admit(): void {
    if (this.#ended) {
      throw new StatsError('DB_UNIT_TIMEOUT', 'the transaction was taken back: it took longer than its limit')
    }
  }
}
