import type { Database, SqlValue } from '@hlstats/database'
import { codeOf } from '@hlstats/errors'

/** An event that a service could not take, with everything needed to look at it and to take it again. */
export interface ParkedEvent {
  readonly id: number
  readonly service: string
  readonly eventId: string
  readonly partition: number
  readonly stream: string
  readonly record: number
  readonly eventType: string
  readonly payload: string
  readonly code: string
  readonly message: string
  readonly stack: string | null
  readonly attempts: number
  readonly state: 'parked' | 'replayed' | 'discarded'
  readonly parkedAt: Date
}

/** What goes into a new row. */
export type Park = Pick<
  ParkedEvent,
  'eventId' | 'partition' | 'stream' | 'record' | 'eventType' | 'payload'
> & {
  readonly error: Error
}

interface ParkedRow {
  id: number
  service: string
  event_id: string
  partition_no: number
  stream: string
  record: number | bigint
  event_type: string
  payload: string
  code: string
  message: string
  stack: string | null
  attempts: number
  state: ParkedEvent['state']
  parked_at: Date | string
}

const COLUMNS =
  'id, service, event_id, partition_no, stream, record, event_type, payload, code, message, stack, attempts, state, parked_at'
const TEXT_LIMIT = 16_000

/** The rows of hlstats_Parked. */
export class ParkedEvents {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Parks for one service; what is parked already keeps its row. */
  async park(service: string, parks: readonly Park[]): Promise<void> {
    if (parks.length === 0) return
    await this.#database.execute(
      `INSERT INTO hlstats_Parked
         (service, event_id, partition_no, stream, record, event_type, payload, code, message, stack, attempts)
       VALUES ${parks.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)').join()}
       ON DUPLICATE KEY UPDATE attempts = attempts + 1, changed_at = CURRENT_TIMESTAMP(3)`,
      parks.flatMap((park): SqlValue[] => [
        service,
        park.eventId,
        park.partition,
        park.stream,
        park.record,
        park.eventType,
        park.payload,
        ...describe(park.error),
      ]),
    )
  }

  /** Inside a unit: locks the row and gives it back while it is still parked at this service. */
  async claim(service: string, id: number): Promise<ParkedEvent | undefined> {
    const rows = await this.#database.query<ParkedRow>(
      `SELECT ${COLUMNS} FROM hlstats_Parked WHERE id = ? FOR UPDATE`,
      [id],
    )
    const [row] = rows.map(fromRow)
    return row?.service === service && row.state === 'parked' ? row : undefined
  }

  /** In the unit that applies the event: this is what makes a replay count once. */
  async markReplayed(id: number): Promise<void> {
    await this.#setState(id, 'replayed')
  }

  /** A replay that failed again stays parked, with the newer reason. */
  async keepParked(id: number, error: Error): Promise<void> {
    await this.#database.execute(
      `UPDATE hlstats_Parked SET code = ?, message = ?, stack = ?, attempts = attempts + 1,
       changed_at = CURRENT_TIMESTAMP(3) WHERE id = ?`,
      [...describe(error), id],
    )
  }

  /** Gives an event up for good; false when it is not parked (any more). */
  async discard(id: number): Promise<boolean> {
    return (await this.#setState(id, 'discarded')) > 0
  }

  async find(id: number): Promise<ParkedEvent | undefined> {
    const rows = await this.#database.query<ParkedRow>(`SELECT ${COLUMNS} FROM hlstats_Parked WHERE id = ?`, [
      id,
    ])
    return rows.map(fromRow)[0]
  }

  /** The oldest first. */
  async list(
    filter: { service?: string; state?: ParkedEvent['state']; limit?: number } = {},
  ): Promise<ParkedEvent[]> {
    const { service, state = 'parked', limit = 100 } = filter
    const rows = await this.#database.query<ParkedRow>(
      `SELECT ${COLUMNS} FROM hlstats_Parked WHERE state = ? ${service === undefined ? '' : 'AND service = ?'}
       ORDER BY id LIMIT ?`,
      service === undefined ? [state, limit] : [state, service, limit],
    )
    return rows.map(fromRow)
  }

  #setState(id: number, state: ParkedEvent['state']): Promise<number> {
    return this.#database.execute(
      `UPDATE hlstats_Parked SET state = ?, changed_at = CURRENT_TIMESTAMP(3) WHERE id = ? AND state = 'parked'`,
      [state, id],
    )
  }
}

function describe(error: Error): [string, string, string] {
  return [codeOf(error), error.message.slice(0, TEXT_LIMIT), (error.stack ?? '').slice(0, TEXT_LIMIT)]
}

function fromRow(row: ParkedRow): ParkedEvent {
  return {
    id: row.id,
    service: row.service,
    eventId: row.event_id,
    partition: row.partition_no,
    stream: row.stream,
    record: Number(row.record),
    eventType: row.event_type,
    payload: row.payload,
    code: row.code,
    message: row.message,
    stack: row.stack,
    attempts: row.attempts,
    state: row.state,
    parkedAt: new Date(row.parked_at),
  }
}
