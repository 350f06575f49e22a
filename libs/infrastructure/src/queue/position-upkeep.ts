import type { Database } from '@hlstats/database'
import type { Gap } from './positions.ts'

interface HoleRow {
  id: number
  partition_no: number
  stream: string
  from_record: number | bigint
  to_record: number | bigint
}

/** What happens to positions by time alone; every replica may do it, each finding is one replica's. */
export class PositionUpkeep {
  readonly #database: Database
  readonly #service: string

  constructor(database: Database, service: string) {
    this.#database = database
    this.#service = service
  }

  /** Marks gaps that stayed open for so long as lost; each is given to one caller only. */
  async reportLost(openForMs: number): Promise<Gap[]> {
    return this.#database.transaction(async () => {
      const rows = await this.#database.query<HoleRow>(
        `SELECT id, partition_no, stream, from_record, to_record FROM hlstats_Stream_Holes
         WHERE service = ? AND state = 'open' AND opened_at < CURRENT_TIMESTAMP(3) - INTERVAL ? MICROSECOND FOR UPDATE`,
        [this.#service, openForMs * 1000],
      )
      if (rows.length === 0) return []
      await this.#database.execute(
        `UPDATE hlstats_Stream_Holes SET state = 'lost' WHERE id IN (${marks(rows)})`,
        rows.map(({ id }) => id),
      )
      return rows.map((row) => ({
        partition: row.partition_no,
        stream: row.stream,
        from: Number(row.from_record),
        to: Number(row.to_record),
      }))
    })
  }

  /**
   * Deletes the positions of streams that were silent in every partition for so long, and remembers up to which stream:
   * whatever still comes from there is not applied by itself any more.
   */
  async forget(silentForMs: number): Promise<string[]> {
    return this.#database.transaction(async () => {
      const candidates = await this.#silent(silentForMs)
      if (candidates.length === 0) return []
      await this.#database.query(
        `SELECT record FROM hlstats_Stream_Positions WHERE service = ? AND stream IN (${marks(candidates)}) FOR UPDATE`,
        [this.#service, ...candidates],
      )
      // Looked at again under the lock: one of them may have begun to speak.
      const still = await this.#silent(silentForMs)
      const streams = candidates.filter((stream) => still.includes(stream))
      const youngest = streams.at(-1)
      if (youngest === undefined) return []
      for (const table of ['hlstats_Stream_Positions', 'hlstats_Stream_Holes']) {
        await this.#database.execute(
          `DELETE FROM ${table} WHERE service = ? AND stream IN (${marks(streams)})`,
          [this.#service, ...streams],
        )
      }
      const floor = await forgottenUntil(this.#database, this.#service)
      if (youngest > floor) await this.#remember(youngest)
      return streams
    })
  }

  /** The oldest first. Never the youngest of all: its process may live, and speak again after months. */
  async #silent(silentForMs: number): Promise<string[]> {
    const rows = await this.#database.query<{ stream: string }>(
      `SELECT stream FROM hlstats_Stream_Positions
       WHERE service = ? AND stream < (SELECT MAX(stream) FROM hlstats_Stream_Positions WHERE service = ?)
       GROUP BY stream HAVING MAX(updated_at) < CURRENT_TIMESTAMP(3) - INTERVAL ? MICROSECOND`,
      [this.#service, this.#service, silentForMs * 1000],
    )
    return rows.map(({ stream }) => stream).sort()
  }

  async #remember(stream: string): Promise<void> {
    await this.#database.execute(
      'INSERT INTO hlstats_System (name, value) VALUES (?, ?) ON DUPLICATE KEY UPDATE value = VALUES(value)',
      [floorName(this.#service), stream],
    )
  }
}

/** The youngest stream whose positions were deleted; '' when none was. */
export async function forgottenUntil(database: Database, service: string): Promise<string> {
  const [row] = await database.query<{ value: string }>('SELECT value FROM hlstats_System WHERE name = ?', [
    floorName(service),
  ])
  return row?.value ?? ''
}

function floorName(service: string): string {
  return `streams_forgotten.${service}`
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join()
}
