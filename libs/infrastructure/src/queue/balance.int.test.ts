import type { Socket } from 'node:net'
import { TestConsumers, until } from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

const PARTITIONS = 8
const SERVERS = Array.from({ length: 16 }, (_, index) => index + 1)
type TestConsumer = Awaited<ReturnType<TestConsumers['create']>>

let consumers: TestConsumers

beforeAll(async () => {
  consumers = await TestConsumers.open()
})

afterEach(() => consumers.endTest())

afterAll(() => consumers.close())

/** Replicas of one service under a steady load, and which of them handled each partition last. */
class Replicas {
  readonly present = new Map<number, TestConsumer>()
  readonly sent = new Map<number, number>()
  readonly #service: string
  readonly #first: TestConsumer
  readonly #handledBy = new Map<number, number>()
  readonly #reached: number[] = Array.from({ length: PARTITIONS }, () => 0)
  #record = 0
  #isOver = false
  #load: Promise<void> = Promise.resolve()

  constructor(service: string, first: TestConsumer) {
    this.#service = service
    this.#first = first
  }

  async add(ordinal: number): Promise<TestConsumer> {
    const replica = await consumers.create({
      service: this.#service,
      partitions: PARTITIONS,
      replica: { name: `r-${ordinal}`, ordinal },
      probe: ({ serverId, sequence }) => {
        const partition = serverId % PARTITIONS
        this.#reached[partition] = Math.max(sequence, this.#reached[partition] ?? 0)
        if (this.present.has(ordinal)) this.#handledBy.set(partition, ordinal)
      },
    })
    this.present.set(ordinal, replica)
    await replica.consumer.start()
    await until(() => replica.readiness.get('queue')?.ok === true)
    return replica
  }

  async stop(ordinal: number): Promise<void> {
    const replica = this.#take(ordinal)
    await replica.consumer.stop()
  }

  /** Its socket is cut, and what it has in hand goes on: worse than `kill -9`, which would end that too. */
  async cut(ordinal: number): Promise<void> {
    const { connection } = this.#take(ordinal)
    const { model } = connection
    if (model === undefined) throw new Error('the replica is not connected')
    const { stream } = model.connection as unknown as { readonly stream: Socket }
    stream.destroy(new Error('cut by the test'))
    await until(() => connection.model === undefined)
    await connection.close()
  }

  /** One record after the other for each partition, until `end`; no more than some are on their way. */
  begin(): void {
    this.#load = this.#send()
  }

  async end(): Promise<void> {
    this.#isOver = true
    await this.#load
  }

  /** Resolves when all partitions are handled by replicas that are present, none by more than `most` of them. */
  async shared(most: number): Promise<void> {
    this.#handledBy.clear()
    await until(
      () => {
        const owners = [...this.#handledBy.values()]
        const counts = [...this.present.keys()].map((one) => owners.filter((owner) => owner === one).length)
        return owners.length === PARTITIONS && counts.every((count) => count <= most)
      },
      { timeoutMs: 15_000, what: `a share of at most ${most}, not ${[...this.#handledBy]},` },
    )
  }

  #take(ordinal: number): TestConsumer {
    const replica = this.present.get(ordinal)
    if (replica === undefined) throw new Error(`there is no replica ${ordinal}`)
    this.present.delete(ordinal)
    return replica
  }

  async #send(): Promise<void> {
    const { stream } = this.#first
    while (!this.#isOver) {
      this.#record += 1
      for (let partition = 0; partition < PARTITIONS; partition++) {
        const events = SERVERS.filter((serverId) => serverId % PARTITIONS === partition).flatMap((serverId) =>
          this.#first.kills(serverId, this.#record),
        )
        consumers.channel.sendToQueue(
          `hlstats.${this.#service}.p${partition}`,
          consumers.message(stream, partition, [[this.#record, events]]),
          { persistent: true },
        )
      }
      for (const serverId of SERVERS) this.sent.set(serverId, this.#record)
      await consumers.channel.waitForConfirms()
      await until(() => this.#isOver || this.#record - Math.min(...this.#reached) < 10, { timeoutMs: 60_000 })
    }
  }
}

async function given(): Promise<{ replicas: Replicas; first: TestConsumer }> {
  const first = await consumers.create({ partitions: PARTITIONS, replica: { name: 'r-0', ordinal: 0 } })
  const replicas = new Replicas(first.service, first)
  replicas.begin()
  consumers.atEnd(() => replicas.end())
  return { replicas, first }
}

/** Every event once, those of each server in the order in which they were sent. */
async function expectAllInOrder(replicas: Replicas, first: TestConsumer): Promise<void> {
  await replicas.end()
  const total = [...replicas.sent.values()].reduce((sum, count) => sum + count, 0)
  const found = await first.applied(total)
  for (const [serverId, count] of replicas.sent) {
    const own = found.filter((entry) => entry.startsWith(`${serverId}:`))
    expect(own).toEqual(Array.from({ length: count }, (_, index) => `${serverId}:${index + 1}`))
  }
}

describe('replicas of a service', () => {
  it('share the partitions evenly where the broker does that, in order and once also where it does not', async () => {
    const { replicas, first } = await given()
    const most = (share: number) => (first.source.balances ? share : PARTITIONS)
    await replicas.add(0)
    await replicas.shared(8)
    await replicas.add(1)
    await replicas.shared(most(4))
    await replicas.add(2)
    await replicas.add(3)
    await replicas.shared(most(2))
    await replicas.cut(1)
    await replicas.shared(most(3))
    await replicas.add(1)
    await replicas.shared(most(2))
    await replicas.stop(0)
    await replicas.shared(most(3))
    await replicas.stop(3)
    await replicas.shared(most(4))
    await replicas.cut(2)
    await replicas.shared(8)
    await expectAllInOrder(replicas, first)
  }, 120_000)

  it('say that they are ready, and where the broker does not balance them, that as well', async () => {
    const { consumer, metrics, source, readiness } = await consumers.create()
    await consumer.start()
    const queue = await until(() =>
      readiness.get('queue')?.ok === true ? readiness.get('queue') : undefined,
    )
    expect(await metrics.value('hlstats_consumer_balancing')).toBe(source.balances ? 1 : 0)
    if (source.balances) expect(queue.reason).toBeUndefined()
    else
      expect(queue.reason).toMatch(/^RabbitMQ 3\.[\d.]+ does not spread partitions over replicas, 4\.x does/)
  })
})
