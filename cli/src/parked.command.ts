import { Command } from 'commander'
import { positiveInteger } from './numbers.ts'
import { withDatabase } from './opened-database.ts'
import { textTable } from './text-table.ts'

interface ParkedRow {
  readonly id: number
  readonly service: string
  readonly eventType: string
  readonly eventId: string
  readonly code: string
  readonly message: string
}

/** `hlstats parked list` */
export function parkedCommand(): Command {
  const parked = new Command('parked').description('events that a service could not take')
  parked
    .command('list')
    .description('what is parked now, latest first')
    .option('--limit <count>', 'how many', positiveInteger, 50)
    .action(list)
  return parked
}

async function list({ limit }: { limit: number }): Promise<void> {
  const rows = await withDatabase((database) =>
    database.query<ParkedRow>(
      `SELECT id, service, event_type AS eventType, event_id AS eventId, code, message
         FROM hlstats_Parked WHERE state = 'parked' ORDER BY id DESC LIMIT ?`,
      [limit],
    ),
  )
  if (rows.length === 0) {
    console.log('nothing is parked')
    return
  }
  const titles = ['Id', 'Service', 'Type', 'Event', 'Code', 'Message']
  const columns = titles.map((title) => ({ title, right: title === 'Id' }))
  const cells = rows.map((row) => [
    row.id,
    row.service,
    row.eventType,
    row.eventId,
    row.code,
    row.message.slice(0, 100),
  ])
  console.log(textTable(columns, cells))
}
