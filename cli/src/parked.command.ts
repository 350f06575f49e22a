import type { Database } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import { type ParkedEvent, ParkedEvents, WORK_SERVICES } from '@hlstats/infrastructure'
import type { ReplayOutcome } from '@hlstats/standalone'
import { Command, Option } from 'commander'
import { positiveInteger, positiveIntegers } from './numbers.ts'
import { withDatabase } from './opened-database.ts'
import { operate } from './operate.ts'
import { textTable } from './text-table.ts'

const REPLAYED: Readonly<Record<ReplayOutcome, string>> = {
  asked: 'asked for again: if it still fails, it stays parked with the newer reason',
  replayed: 'took effect',
  parked: 'failed again and stays parked, `hlstats parked show` has the newer reason',
  discarded: 'not parked any more',
}

interface ListOptions {
  readonly limit: number
  readonly service?: string
}

/** `hlstats parked list | show | replay | discard` */
export function parkedCommand(): Command {
  const parked = new Command('parked').description('events that a service could not take')
  parked
    .command('list')
    .description('what is parked now, oldest first')
    .option('--limit <count>', 'how many', positiveInteger, 50)
    .addOption(new Option('--service <name>', 'of one service').choices(WORK_SERVICES))
    .action(list)
  parked
    .command('show')
    .description('one of them with its payload and the reason')
    .argument('<id>', 'as the list shows it', positiveInteger)
    .action(show)
  parked
    .command('replay')
    .description('ask its service to take it again: it takes effect once, however often this is asked')
    .argument('<ids...>', 'as the list shows them', positiveIntegers)
    .action(replay)
  parked
    .command('discard')
    .description('give it up for good')
    .argument('<ids...>', 'as the list shows them', positiveIntegers)
    .action(discard)
  return parked
}

async function list({ limit, service }: ListOptions): Promise<void> {
  const filter = service === undefined ? { limit } : { limit, service }
  const events = await withDatabase((database) => new ParkedEvents(database).list(filter))
  if (events.length === 0) {
    console.log('nothing is parked')
    return
  }
  const titles = ['Id', 'Service', 'Type', 'Event', 'Code', 'Message']
  const columns = titles.map((title) => ({ title, right: title === 'Id' }))
  const cells = events.map(({ id, service: owner, eventType, eventId, code, message }) => [
    id,
    owner,
    eventType,
    eventId,
    code,
    message.slice(0, 100),
  ])
  console.log(textTable(columns, cells))
  if (events.length === limit) console.log(`the oldest ${limit}: there may be more, see --limit`)
}

async function show(id: number): Promise<void> {
  const event = await withDatabase((database) => parkedEvent(database, id))
  const { payload, stack, parkedAt, ...fields } = event
  for (const [name, value] of Object.entries(fields)) console.log(`${name}: ${value}`)
  console.log(`parkedAt: ${parkedAt.toISOString()}\n\n${stack ?? ''}\n\n${payload}`)
}

async function replay(ids: readonly number[]): Promise<void> {
  const events = await withDatabase((database) => parkedEvents(database, ids))
  const outcomes = await operate((operations) => operations.replayParked(events.map(({ id }) => id)))
  for (const [index, { id }] of events.entries())
    console.log(`${id}: ${REPLAYED[outcomes[index] ?? 'asked']}`)
}

async function discard(ids: readonly number[]): Promise<void> {
  const events = await withDatabase((database) => parkedEvents(database, ids))
  await operate(async (operations) => {
    for (const { id } of events) {
      const isDiscarded = await operations.discardParked(id)
      console.log(`${id}: ${isDiscarded ? 'discarded' : 'not parked any more'}`)
    }
  })
}

async function parkedEvents(database: Database, ids: readonly number[]): Promise<ParkedEvent[]> {
  const events: ParkedEvent[] = []
  for (const id of ids) events.push(await parkedEvent(database, id))
  const settled = events.find(({ state }) => state !== 'parked')
  if (settled !== undefined)
    throw new StatsError('INPUT_INVALID', `event ${settled.id} is ${settled.state} already`)
  return events
}

async function parkedEvent(database: Database, id: number): Promise<ParkedEvent> {
  const event = await new ParkedEvents(database).find(id)
  if (event === undefined)
    throw new StatsError('INPUT_INVALID', `no event ${id} was ever parked: see \`hlstats parked list\``)
  return event
}
