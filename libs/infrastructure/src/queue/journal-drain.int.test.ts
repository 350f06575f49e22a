import { silentLogger } from '@hlstats/telemetry'
import { aKill, type TestBroker, temporaryFolder, testBroker } from '@hlstats/testkit'
import { connect } from 'amqplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withBroker } from './broker-session.ts'
import { Journal } from './journal.ts'
import { drainJournal } from './journal-drain.ts'
import { inspectJournal } from './journal-inspection.ts'
import { declareTopology, workQueue } from './topology.ts'

let broker: TestBroker

beforeAll(async () => {
  broker = await testBroker()
})

afterAll(() => broker.drop())

describe('a journal without a process', () => {
  it('tells what it holds without being touched, also while its process runs', async () => {
    const directory = temporaryFolder('journal')
    const journal = await Journal.open({ directory, partitions: 4 })
    for (const partition of [0, 0, 3]) await journal.append(partition, [aKill()])
    const batch = await journal.peek(0, 1)
    if (batch !== undefined) await journal.confirm(batch)
    expect((await inspectJournal(directory)).owner).toBe(process.pid)
    await journal.close()
    expect(await inspectJournal(directory)).toMatchObject({
      owner: undefined,
      partitions: 4,
      backlogs: [
        { stream: journal.stream, partition: 0, waitingRecords: 1 },
        { stream: journal.stream, partition: 3, waitingRecords: 1 },
      ],
      setAside: [],
    })
    for (const other of [`${directory}-no`, temporaryFolder('no-journal')])
      await expect(inspectJournal(other)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  it('is sent by whoever is asked to, and empty afterwards', async () => {
    const directory = temporaryFolder('journal')
    const journal = await Journal.open({ directory, partitions: 2 })
    for (const partition of [0, 1, 1]) await journal.append(partition, [aKill()])
    await journal.close()
    const options = { directory, rabbitmq: { url: broker.url }, services: ['player'], withinMs: 2_000 }
    await expect(drainJournal(options, silentLogger())).rejects.toMatchObject({ code: 'QUEUE_TIMEOUT' })
    const model = await connect(broker.url)
    await declareTopology(await model.createChannel(), { services: ['player'], partitions: 2 })
    await model.close()
    expect(await drainJournal(options, silentLogger())).toBe(3)
    expect(await drainJournal(options, silentLogger())).toBe(0)
    expect((await inspectJournal(directory)).backlogs).toEqual([])
    const depths = await withBroker({ url: broker.url }, async (connection) => {
      const channel = await connection.createChannel()
      const queues = await Promise.all([0, 1].map((k) => channel.checkQueue(workQueue('player', k))))
      return queues.map(({ messageCount }) => messageCount)
    })
    expect(depths).toEqual([1, 1])
  })
})
