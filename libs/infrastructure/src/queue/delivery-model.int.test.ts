import { StatsError } from '@hlstats/errors'
import { encodeMessage, type GameEvent } from '@hlstats/events'
import { aKill, Ledger, type TestDatabase, temporaryFolder, testDatabase } from '@hlstats/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BatchUnit } from './batch-unit.ts'
import { encodeReplay } from './inbound-message.ts'
import { Journal } from './journal.ts'
import { ParkedEvents } from './parking.ts'
import { PartitionBacklog } from './partition-backlog.ts'
import { MissingRecords } from './positions.ts'

const PARTITIONS = 2
// Small, so that messages overlap and leave gaps.
const MESSAGE_BYTES = 2_000
const RUNS = 15
// One in so many events cannot be taken until it is replayed.
const POISONED = 7
const KILLED = new StatsError('DB_CONNECTION', 'killed')

let db: TestDatabase
let histories = 0
let onEvent: (event: GameEvent) => void = () => undefined
let ledger: Ledger

beforeAll(async () => {
  db = await testDatabase()
  ledger = await Ledger.create(db.database, (event) => onEvent(event))
})

afterAll(async () => {
  await db.drop()
})

const partition = fc.nat({ max: PARTITIONS - 1 })
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      partition,
      events: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('send' as const), partition, isConfirmed: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      pick: fc.nat(),
      staysInQueue: fc.boolean(),
      diesAt: fc.option(fc.nat({ max: 5 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('replay' as const), pick: fc.nat() }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Ingress, a network that loses, doubles and reorders, and a consumer that dies: all by the steps of one history. */
class History {
  readonly service: string
  readonly sent: string[] = []
  /** What was sent in each life of ingress. */
  readonly lives: string[][] = [[]]
  readonly #directory: string
  readonly #unit: BatchUnit
  readonly #parked = new ParkedEvents(db.database)
  readonly #sequences = [0, 0]
  readonly #queue: { partition: number; body: Buffer }[] = []
  readonly #mayLeaveGap: boolean
  #journal: Journal
  #isFixed = false

  private constructor(
    { service, mayLeaveGap }: { service: string; mayLeaveGap: boolean },
    journal: Journal,
    directory: string,
  ) {
    this.service = service
    this.#mayLeaveGap = mayLeaveGap
    this.#journal = journal
    this.#directory = directory
    this.#unit = new BatchUnit({ ...ledger, service, database: db.database })
  }

  static async begin({ mayLeaveGap }: { mayLeaveGap: boolean }): Promise<History> {
    histories += 1
    const directory = temporaryFolder('journal')
    const journal = await Journal.open({ directory, partitions: PARTITIONS })
    return new History({ service: `model-${histories}`, mayLeaveGap }, journal, directory)
  }

  async take(next: Step): Promise<void> {
    if (next.do === 'append') await this.#append(next.partition, next.events)
    else if (next.do === 'send') await this.#send(next.partition, next.isConfirmed)
    else if (next.do === 'restart') await this.#restart()
    else if (next.do === 'deliver') await this.#deliver(next)
    else await this.#replay(next.pick)
  }

  /** Everything comes in the end, and what was poison is none any more. */
  async end(): Promise<void> {
    this.#isFixed = true
    for (let k = 0; k < PARTITIONS; k++) while (await this.#send(k, true));
    for (let pick = 0; this.#queue.length > 0; pick++)
      await this.#deliver({ pick, staysInQueue: false, diesAt: null })
    for (const { id, partition: k } of await this.#parked.list({ service: this.service })) {
      await this.#apply(k, encodeReplay(id), null)
    }
    await this.#journal.close()
  }

  async #append(k: number, count: number): Promise<void> {
    const events = Array.from({ length: count }, () => {
      const sequence = (this.#sequences[k] ?? 0) + 1
      this.#sequences[k] = sequence
      return aKill({}, { serverId: k + 2, stream: this.service, sequence })
    })
    await this.#journal.append(k, events)
    const entries = events.map(({ serverId, sequence }) => `${serverId}:${sequence}`)
    this.sent.push(...entries)
    this.lives.at(-1)?.push(...entries)
  }

  async #send(k: number, isConfirmed: boolean): Promise<boolean> {
    const batch = await this.#journal.peek(k, MESSAGE_BYTES)
    if (batch === undefined) return false
    this.#queue.push({ partition: k, body: encodeMessage(batch.stream, k, batch.records) })
    if (isConfirmed) await this.#journal.confirm(batch)
    return true
  }

  async #restart(): Promise<void> {
    await this.#journal.close()
    this.#journal = await Journal.open({ directory: this.#directory, partitions: PARTITIONS })
    this.lives.push([])
  }

  async #deliver(how: { pick: number; staysInQueue: boolean; diesAt: number | null }): Promise<void> {
    if (this.#queue.length === 0) return
    const index = how.pick % this.#queue.length
    const [message] = this.#queue.slice(index, index + 1)
    if (message === undefined) return
    const isCommitted = await this.#apply(message.partition, message.body, how.diesAt)
    if (isCommitted && !how.staysInQueue) this.#queue.splice(index, 1)
  }

  async #replay(pick: number): Promise<void> {
    const rows = await this.#parked.list({ service: this.service })
    const row = rows[pick % Math.max(1, rows.length)]
    if (row !== undefined) await this.#apply(row.partition, encodeReplay(row.id), null)
  }

  /** As the consumer does: a transaction that may die, poison parked once it is known. */
  async #apply(k: number, body: Buffer, diesAt: number | null): Promise<boolean> {
    const poison = new Map<string, Error>()
    const backlog = new PartitionBacklog(k)
    const ack = () => undefined
    backlog.push({ partition: k, body, deliveryCount: 0, ack, ackAlone: ack, isOpen: () => true })
    const parts = backlog.take(1_000)
    for (;;) {
      let left = diesAt ?? Number.POSITIVE_INFINITY
      onEvent = (event) => {
        if (left-- <= 0) throw KILLED
        if (!this.#isFixed && event.sequence % POISONED === 0) {
          poison.set(event.eventId, new StatsError('DB_CONSTRAINT', 'poison'))
          throw poison.get(event.eventId)
        }
      }
      try {
        await this.#unit.apply(parts, () => ({
          poison,
          mayLeaveGap: this.#mayLeaveGap,
          parksInARow: 0,
        }))
        return true
      } catch (error) {
        if (error === KILLED || error instanceof MissingRecords) return false
        if (![...poison.values()].some((known) => known === error)) throw error
      }
    }
  }
}

const steps = fc.array(step, { minLength: 30, maxLength: 150, size: 'max' })
// A slow machine tries fewer histories.
const pace = { numRuns: RUNS, interruptAfterTimeLimit: 30_000 }

async function lived(history: History, taken: readonly Step[]): Promise<string[]> {
  for (const next of taken) await history.take(next)
  await history.end()
  const entries = await db.database.query<{ entry: string }>(
    "SELECT CONCAT(server_id, ':', sequence) AS entry FROM t_ledger WHERE stream = ? ORDER BY id",
    [history.service],
  )
  const open = await db.database.query('SELECT id FROM hlstats_Stream_Holes WHERE service = ?', [
    history.service,
  ])
  expect(open).toEqual([])
  return entries.map(({ entry }) => entry)
}

it('every event takes effect once, whatever is lost, doubled, reordered, killed, parked and replayed', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const history = await History.begin({ mayLeaveGap: true })
      expect((await lived(history, taken)).sort()).toEqual([...history.sent].sort())
    }),
    pace,
  )
})

it('all but what was parked takes effect in the order of each life where no gap is left', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const history = await History.begin({ mayLeaveGap: false })
      const entries = await lived(history, taken)
      expect([...entries].sort()).toEqual([...history.sent].sort())
      for (const sent of history.lives) {
        for (let k = 0; k < PARTITIONS; k++) {
          const expected = sent.filter((entry) => entry.startsWith(`${k + 2}:`) && !isPoison(entry))
          expect(entries.filter((entry) => expected.includes(entry))).toEqual(expected)
        }
      }
    }),
    pace,
  )
})

function isPoison(entry: string): boolean {
  return Number(entry.slice(2)) % POISONED === 0
}
