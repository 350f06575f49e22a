import type { Database } from '@hlstats/database'
import type { Gap } from './positions.ts'

interface HoleRow {
  id: number
  partition_no: number
  stream: string
  from_record: number | bigint
  to_record: number | bigint
}

/** Marks a service's gaps that stayed open for so long as lost; each is given to one caller only, of all replicas. */
export async function reportLostGaps(database: Database, service: string, openForMs: number): Promise<Gap[]> {
  return database.transaction(async () => {
    const rows = await database.query<HoleRow>(
      `SELECT id, partition_no, stream, from_record, to_record FROM hlstats_Stream_Holes
       WHERE service = ? AND state = 'open' AND opened_at < CURRENT_TIMESTAMP(3) - INTERVAL ? MICROSECOND FOR UPDATE`,
      [service, openForMs * 1000],
    )
    if (rows.length === 0) return []
    await database.execute(
      `UPDATE hlstats_Stream_Holes SET state = 'lost' WHERE id IN (${rows.map(() => '?').join()})`,
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
