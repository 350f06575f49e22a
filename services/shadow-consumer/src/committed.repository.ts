import type { Database } from '@hlstats/database'
import { BaseRepository } from '@hlstats/infrastructure'

/** What the services have committed, all of it at one moment. */
export interface Committed {
  readonly positions: readonly Position[]
  /** Rows of Events_Frags behind a given id, by partition. */
  readonly frags: ReadonlyMap<number, number>
  /** Changes whenever an event of the player service is parked, replayed or discarded, or a gap below its positions opens or closes. */
  readonly exceptionMark: string
}

export interface Position {
  readonly service: string
  readonly partition: number
  readonly stream: string
  readonly record: number
}

interface Row {
  kind: 'position' | 'frags' | 'exception'
  service: string
  partition_no: number | bigint
  stream: string
  number: number | bigint | string
}

// Ids are given out before COMMIT: a row with a lower one may appear later than its neighbours.
const UNCOMMITTED_IDS = 10_000
// Positions are kept for ever; what the shadow may still wait for moved lately.
const MOVED_WITHIN_DAYS = 28

/** Reads of the shadow consumer; it writes nothing. */
export class CommittedRepository extends BaseRepository {
  readonly #partitions: number

  constructor(database: Database, partitions: number) {
    super(database)
    this.#partitions = partitions
  }

  /** An id of Events_Frags behind which all rows of the future are. */
  async firstFragId(): Promise<number> {
    const row = await this.queryOne<{ id: number | bigint | null }>(
      'SELECT MAX(id) AS id FROM hlstats_Events_Frags',
    )
    return Math.max(0, Number(row?.id ?? 0) - UNCOMMITTED_IDS)
  }

  /** One statement, so that positions and rows are of the same moment: they were committed together. */
  async read(afterFragId: number): Promise<Committed> {
    const rows = await this.query<Row>(
      `SELECT 'position' AS kind, service, partition_no, stream, record AS number FROM hlstats_Stream_Positions
        WHERE updated_at > CURRENT_TIMESTAMP(3) - INTERVAL ${MOVED_WITHIN_DAYS} DAY
       UNION ALL
       SELECT 'frags', '', serverId MOD ?, '', COUNT(*) FROM hlstats_Events_Frags WHERE id > ? GROUP BY serverId MOD ?
       UNION ALL
       SELECT 'exception', state, 0, MAX(changed_at), COUNT(*) FROM hlstats_Parked WHERE service = 'player' GROUP BY state
       UNION ALL
       SELECT 'exception', state, 0, MAX(id), SUM(to_record - from_record + 1) FROM hlstats_Stream_Holes
        WHERE service = 'player' GROUP BY state`,
      [this.#partitions, afterFragId, this.#partitions],
    )
    const of = (kind: Row['kind']) => rows.filter((row) => row.kind === kind)
    return {
      positions: of('position').map(({ service, partition_no, stream, number }) => ({
        service,
        partition: Number(partition_no),
        stream,
        record: Number(number),
      })),
      frags: new Map(of('frags').map(({ partition_no, number }) => [Number(partition_no), Number(number)])),
      exceptionMark: of('exception')
        .map(({ service, stream, number }) => `${service} ${stream} ${number}`)
        .sort()
        .join(),
    }
  }
}
