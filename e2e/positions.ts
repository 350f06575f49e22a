import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '@hlstats/database'

/** A record of the journal, or the last one of it that a service has committed. */
export interface Position {
  readonly service: string
  readonly stream: string
  readonly partition: number
  readonly record: number
}

/** The last record of each partition that the broker confirmed, of the streams that the journal still knows. */
export function confirmedRecords(journal: string): Omit<Position, 'service'>[] {
  const { confirmed } = JSON.parse(readFileSync(join(journal, 'cursor.json'), 'utf8')) as {
    confirmed: Record<string, Record<string, number>>
  }
  return Object.entries(confirmed).flatMap(([stream, partitions]) =>
    Object.entries(partitions).map(([partition, record]) => ({
      stream,
      partition: Number(partition),
      record,
    })),
  )
}

/** What the services have committed, of all streams. */
export async function committedPositions(database: Database): Promise<Position[]> {
  const rows = await database.query<{
    service: string
    stream: string
    partition: number | bigint
    record: number | bigint
  }>('SELECT service, stream, partition_no AS `partition`, record FROM hlstats_Stream_Positions')
  return rows.map(({ service, stream, partition, record }) => ({
    service,
    stream,
    partition: Number(partition),
    record: Number(record),
  }))
}

/** As text that can be compared, in one order. */
export function inOrder(positions: readonly Position[]): string[] {
  return positions
    .map(({ service, stream, partition, record }) => `${service} ${stream} p${partition}: ${record}`)
    .sort()
}
