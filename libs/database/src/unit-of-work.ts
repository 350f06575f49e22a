import { AsyncLocalStorage } from 'node:async_hooks'
import { StatsError } from '@hlstats/errors'
import { databaseError } from './driver-errors.ts'
import { type FlushSession, flushSegments } from './flush.ts'
import { PendingWrites } from './pending-writes.ts'
import type { TypedClient } from './prisma-client.ts'
import type { SqlRow, SqlValue } from './sql-value.ts'

const storage = new AsyncLocalStorage<UnitOfWork>()

/** The unit of work that the caller runs in, if any. */
export function currentUnit(): UnitOfWork | undefined {
  return storage.getStore()
}

/** Runs `work` so that `currentUnit()` is this unit, in everything it awaits. */
export function runInUnit<T>(unit: UnitOfWork, work: () => Promise<T>): Promise<T> {
  return storage.run(unit, work)
}

/** The writes of one transaction: collected, and written in few statements in one fixed order before the COMMIT. */
export class UnitOfWork {
  readonly #session: FlushSession
  readonly #typed: TypedClient
  readonly #pending = new PendingWrites()
  #hooks: Array<() => void | Promise<void>> = []
  #tail: Promise<unknown> = Promise.resolve()
  #sealed = false
  #failure: StatsError | undefined

  constructor(session: FlushSession, typed: TypedClient) {
    this.#session = session
    this.#typed = typed
  }

  /** The first database error: the transaction is lost with it, even if somebody caught it. */
  get failure(): StatsError | undefined {
    return this.#failure
  }

  /** The typed client on this unit's connection. */
  get prisma(): TypedClient {
    this.#requireOpen()
    return this.#typed
  }

  /** Collects a row; inserted with the others of its table and columns. */
  insertLater(table: string, row: SqlRow): void {
    this.#requireOpen()
    this.#pending.insert(table, row)
  }

  /** Adds to columns of a row that exists; unsigned columns stop at zero. */
  increment(table: string, key: SqlRow, deltas: Readonly<Record<string, number>>): void {
    this.#requireOpen()
    this.#pending.increment(table, key, deltas)
  }

  /** Sets columns of a row that exists; the last one wins. */
  assign(table: string, key: SqlRow, values: SqlRow): void {
    this.#requireOpen()
    this.#pending.assign(table, key, values)
  }

  /** Sets columns of a row that exists to the greater of their value and this one. */
  raise(table: string, key: SqlRow, values: Readonly<Record<string, number | string>>): void {
    this.#requireOpen()
    this.#pending.raise(table, key, values)
  }

  /** As `increment`, but a missing row is made first, from `initial`; counters it does not name start at zero. */
  upsert(table: string, key: SqlRow, deltas: Readonly<Record<string, number>>, initial: SqlRow = {}): void {
    this.#requireOpen()
    this.#pending.upsert(table, key, deltas, initial)
  }

  /** Runs before the unit is sealed. */
  beforeFlush(hook: () => void | Promise<void>): void {
    this.#requireOpen()
    this.#hooks.push(hook)
  }

  /** Rows as this unit sees them, its own collected writes included. */
  query<Row>(sql: string, params: readonly SqlValue[]): Promise<Row[]> {
    return this.#exclusive(async () => {
      await this.#flushNamedIn(sql)
      return this.#session.query<Row>(sql, params)
    })
  }

  /** One statement now, after the collected writes to the tables it names; returns the number of affected rows. */
  execute(sql: string, params: readonly SqlValue[]): Promise<number> {
    return this.#exclusive(async () => {
      await this.#flushNamedIn(sql)
      return this.#session.execute(sql, params)
    })
  }

  /** Around a typed call on this unit's connection. */
  typed<T>(table: string | undefined, call: () => Promise<T>): Promise<T> {
    return this.#exclusive(async () => {
      await this.#flush((name) => table === undefined || name === table)
      return call()
    })
  }

  /** Runs the hooks, lets nobody write any more, and writes what was collected. */
  async complete(): Promise<void> {
    while (this.#hooks.length > 0) {
      const hooks = this.#hooks
      this.#hooks = []
      for (const hook of hooks) await hook()
    }
    // A statement that somebody forgot to await is still part of this unit.
    await this.#tail
    if (this.#failure !== undefined) throw this.#failure
    this.#sealed = true
    await this.#guard(() => this.#flush(() => true))
  }

  /** From now on every use throws. */
  seal(): void {
    this.#sealed = true
  }

  #flush(wanted: (table: string) => boolean): Promise<void> {
    return flushSegments(this.#session, this.#pending.take(wanted))
  }

  // Table names are never parameters, so a statement that reads a table holds its name.
  #flushNamedIn(sql: string): Promise<void> {
    const text = sql.toLowerCase()
    return this.#flush((table) => text.includes(table.toLowerCase()))
  }

  // One statement at a time: a read must not slip between the parts of another one's flush.
  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    this.#requireOpen()
    const result = this.#tail.then(() => this.#guard(work))
    this.#tail = result.catch(() => undefined)
    return result
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    if (this.#failure !== undefined) throw this.#failure
    try {
      return await work()
    } catch (error) {
      this.#failure ??= databaseError(error)
      throw this.#failure
    }
  }

  #requireOpen(): void {
    if (this.#failure !== undefined) throw this.#failure
    if (!this.#sealed) return
    throw new StatsError(
      'DB_UNIT_SEALED',
      'a write or read came after its unit of work was sealed: await every call in the handler',
    )
  }
}
