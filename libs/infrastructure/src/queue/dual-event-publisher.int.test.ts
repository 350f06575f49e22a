import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { StatsError } from '@hlstats/errors'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import { aKill, freeTcpPort, temporaryFolder } from '@hlstats/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { EventBus } from '../event-bus/event-bus.ts'
import type { DualPublisherOptions, PublishError } from './dual-event-publisher.ts'
import { segmentName } from './journal-segment.ts'
import { QueueModule, type QueueModuleConfig } from './queue-module.ts'

const modules: QueueModule[] = []

afterEach(async () => {
  for (const module of modules.splice(0)) await module.close()
})

/** A publisher whose broker is away: nothing listens on its port. */
async function given(
  dualPublisher: DualPublisherOptions,
  journal: Partial<QueueModuleConfig['journal']> = {},
) {
  const metrics = new Metrics()
  const directory = temporaryFolder('journal')
  const module = new QueueModule(
    {
      rabbitmq: { url: `amqp://127.0.0.1:${await freeTcpPort()}` },
      partitions: 2,
      journal: { directory, ...journal },
      dualPublisher,
    },
    silentLogger(),
    metrics,
  )
  modules.push(module)
  await module.initialize()
  const bus = new EventBus(silentLogger())
  const seen: number[] = []
  bus.subscribe('PLAYER_KILL', ({ sequence }) => void seen.push(sequence))
  return { module, metrics, directory, bus, seen, publisher: module.createDualPublisher(bus) }
}

/** Takes all threads that read and write files; returns what gives them back. */
function stallDisk(): () => void {
  const pipe = join(temporaryFolder('pipe'), 'pipe')
  execFileSync('mkfifo', [pipe])
  const readers = Array.from({ length: 16 }, () => open(pipe, 'r'))
  return () => {
    const writer = openSync(pipe, 'r+')
    for (const reader of readers) void reader.then((handle) => handle.close())
    void Promise.all(readers).then(() => closeSync(writer))
  }
}

const kills = (count: number) =>
  Array.from({ length: count }, (_, i) => aKill({}, { serverId: 1 + (i % 3), sequence: i + 1 }))

describe('DualEventPublisher', () => {
  it('gives events to the journal and the bus while the broker is away', async () => {
    const { publisher, module, seen, metrics } = await given({})
    await publisher.publishBatch(kills(250))
    expect(seen).toEqual(Array.from({ length: 250 }, (_, i) => i + 1))
    expect(await metrics.value('hlstats_dual_published_total', { side: 'queue' })).toBe(250)
    // Servers 1 and 3 share partition 1: 167 events are two records, 83 are one.
    expect(module.journal.waitingRecords).toBe(3)
  })

  it('puts the events of a server into one record where they belong together, in front of its partition', async () => {
    const { publisher, module } = await given({})
    const next = module.journal.nextRecord(1)
    await publisher.publishBatch(kills(900), new Set([3]))
    const batch = await module.journal.peek(1, 1024 * 1024)
    const servers = batch?.records.map((record) =>
      [...record.matchAll(/"serverId":(\d)/g)].map(([, id]) => id),
    )
    expect(batch?.firstRecord).toBe(next.record)
    expect(servers?.map((ids) => `${ids.length} of ${[...new Set(ids)]}`)).toEqual([
      '300 of 3',
      '100 of 1',
      '100 of 1',
      '100 of 1',
    ])
  })

  it('throws without the fallback while the broker is away, and keeps nothing for later', async () => {
    const { publisher, module, seen } = await given({ gracefulFallback: false })
    const event = aKill({}, { sequence: 1 })
    await expect(publisher.publish(event)).rejects.toMatchObject({
      code: 'QUEUE_UNAVAILABLE',
      notQueued: [event],
    })
    expect(module.journal.waitingRecords).toBe(0)
    expect(seen).toEqual([1])
  })

  it('uses the sides that are enabled', async () => {
    const busOnly = await given({ enableQueue: false })
    await busOnly.publisher.publish(aKill({}, { sequence: 5 }))
    expect(busOnly.seen).toEqual([5])
    expect(() => busOnly.module.journal).toThrow('not initialized')
    const queueOnly = await given({ enableEventBus: false })
    await queueOnly.publisher.publish(aKill())
    expect(queueOnly.seen).toEqual([])
    expect(queueOnly.module.journal.waitingRecords).toBe(1)
  })

  it('says which events did not fit into the journal, and gives them to the bus all the same', async () => {
    const { publisher, seen, metrics } = await given({}, { maxBytes: 30_000 })
    const events = kills(90)
    await expect(publisher.publishBatch(events)).rejects.toMatchObject({
      code: 'JOURNAL_FULL',
      notQueued: events.filter(({ serverId }) => serverId !== 2),
    })
    expect(seen).toHaveLength(90)
    expect(await metrics.value('hlstats_publish_failures_total', { side: 'queue' })).toBe(1)
  })

  it('lets nothing pass what did not fit: a smaller record behind it would get its number', async () => {
    const { publisher, module } = await given({}, { maxBytes: 30_000 })
    const next = module.journal.nextRecord(1)
    const large = Array.from({ length: 60 }, (_, i) => aKill({}, { serverId: 1, sequence: i + 1 }))
    const small = [aKill({}, { serverId: 3, sequence: 1 }), aKill({}, { serverId: 5, sequence: 1 })]
    const events = [...large, ...small]
    await expect(publisher.publishBatch(events, new Set([1, 3]))).rejects.toMatchObject({ notQueued: events })
    expect(module.journal.waitingRecords).toBe(0)
    await publisher.publishBatch(small, new Set([3]))
    expect(module.journal.nextRecord(1).record).toBe(next.record + 2)
  })

  describe('while the disk is stalled', () => {
    const published = (metrics: Metrics) => metrics.value('hlstats_dual_published_total', { side: 'queue' })

    it('says that nothing is known of the events yet, and counts them as published when they are written', async () => {
      const { publisher, module, metrics } = await given({ queueTimeoutMs: 20 })
      const goOn = stallDisk()
      const error = await publisher.publishBatch(kills(90)).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      expect(error).toMatchObject({ code: 'QUEUE_TIMEOUT', notQueued: [], uncertain: 90 })
      expect([await published(metrics), module.journal.waitingRecords]).toEqual([0, 0])
      goOn()
      expect(await (error as PublishError).settled).toEqual([])
      expect([await published(metrics), module.journal.waitingRecords]).toEqual([90, 2])
    })

    it('counts as not queued what is refused in the end', async () => {
      const { publisher, module, metrics, directory } = await given({ queueTimeoutMs: 20 })
      // A pipe where the file should be: it opens when somebody reads it, and takes no write at a position.
      const segment = join(directory, 'p1', segmentName(module.journal.stream, 1))
      mkdirSync(join(directory, 'p1'), { recursive: true })
      execFileSync('mkfifo', [segment])
      const error = await publisher.publishBatch(kills(90)).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      expect(error).toMatchObject({ code: 'QUEUE_TIMEOUT', notQueued: [], uncertain: 60 })
      const reader = openSync(segment, 'r+')
      expect(await (error as PublishError).settled).toHaveLength(60)
      closeSync(reader)
      expect([await published(metrics), module.journal.waitingRecords]).toEqual([30, 1])
    })
  })

  it('journals what the bus fails on, tries every event, and throws the failure', async () => {
    const { publisher, bus, module, seen } = await given({})
    bus.subscribe('PLAYER_KILL', ({ sequence }) => {
      if (sequence === 2) throw new StatsError('HANDLER_FAILED', 'a bug')
    })
    await expect(publisher.publishBatch(kills(3))).rejects.toMatchObject({ code: 'HANDLER_FAILED' })
    expect(seen).toEqual([1, 2, 3])
    expect(module.journal.waitingRecords).toBe(2)
  })

  it('gives a handler that never ends up after its time', async () => {
    const { publisher, bus, module } = await given({ eventBusTimeoutMs: 20 })
    bus.subscribe('PLAYER_KILL', () => new Promise(() => undefined))
    await expect(publisher.publish(aKill())).rejects.toMatchObject({ code: 'BUS_TIMEOUT' })
    expect(module.journal.waitingRecords).toBe(1)
  })

  it('cannot be used for the queue before the module is initialized', async () => {
    const module = new QueueModule(
      { rabbitmq: { url: 'amqp://127.0.0.1:1' }, dualPublisher: {} },
      silentLogger(),
    )
    const publisher = module.createDualPublisher(new EventBus(silentLogger()))
    await expect(publisher.publish(aKill())).rejects.toThrow('not initialized')
  })
})
