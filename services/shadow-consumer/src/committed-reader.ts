import { assertPartitions, type Database } from '@hlstats/database'
import { dispositionOf } from '@hlstats/errors'
import type { ILogger } from '@hlstats/telemetry'
import type { Committed, CommittedRepository } from './committed.repository.ts'

export interface CommittedReaderParts {
  readonly database: Database
  readonly repository: CommittedRepository
  readonly partitions: number
  readonly logger: ILogger
  readonly onRead: (committed: Committed) => void
  /** The rows of kills will be counted from another id on. */
  readonly onNewStart: () => void
}

// So many rows are counted with every reading; beyond, counting starts behind them.
const COUNTED_ROWS = 200_000

/** Reads what the services have committed, again and again; a database that is away is waited for. */
export class CommittedReader {
  readonly #parts: CommittedReaderParts
  #afterFragId: number | undefined
  #problem = 'not read yet'

  constructor(parts: CommittedReaderParts) {
    this.#parts = parts
  }

  /** Why the last reading failed; empty when it did not. */
  get problem(): string {
    return this.#problem
  }

  /** One reading. Throws what waiting can't cure, such as another number of partitions. */
  async read(): Promise<void> {
    const { repository, database, partitions, logger, onRead, onNewStart } = this.#parts
    try {
      if (this.#afterFragId === undefined) {
        await assertPartitions(database, partitions)
        this.#afterFragId = await repository.firstFragId()
        onNewStart()
      }
      const committed = await repository.read(this.#afterFragId)
      onRead(committed)
      const counted = [...committed.frags.values()].reduce((sum, rows) => sum + rows, 0)
      if (counted > COUNTED_ROWS) this.#afterFragId = undefined
      this.#problem = ''
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      if (dispositionOf(error) === 'park') throw error
      if (message !== this.#problem) logger.warn('the database cannot be read', { err: error })
      this.#problem = message
    }
  }
}
