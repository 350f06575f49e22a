import { silentLogger } from '@hlstats/telemetry'
import {
  aKill,
  Ledger,
  type TestBroker,
  type TestDatabase,
  temporaryFolder,
  testBroker,
  testDatabase,
  until,
} from '@hlstats/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EventBus } from '../event-bus/event-bus.ts'
import { QueueModule } from './queue-module.ts'

let broker: TestBroker
let db: TestDatabase

beforeAll(async () => {
  ;[broker, db] = await Promise.all([testBroker(), testDatabase()])
})

afterAll(async () => {
  await Promise.all([broker.drop(), db.drop()])
})

describe('QueueModule', () => {
  it('brings published events through the broker into one unit of work each, in order', async () => {
    const ledger = await Ledger.create(db.database)
    const rabbitmq = { url: broker.url }
    const services = ['player']
    const publishing = new QueueModule(
      { rabbitmq, services, journal: { directory: temporaryFolder('journal') }, dualPublisher: {} },
      silentLogger(),
    )
    const consuming = new QueueModule({ rabbitmq, services, autoStartConsumers: true }, silentLogger())
    await publishing.initialize()
    const bus = new EventBus(silentLogger())
    const seen: string[] = []
    bus.subscribe('PLAYER_KILL', (event) => void seen.push(event.eventId))
    const publisher = publishing.createDualPublisher(bus)
    const { stream } = publishing.journal
    await consuming.createConsumer({ service: 'player', database: db.database, ...ledger })
    const sent = Array.from({ length: 200 }, (_, i) => aKill({}, { serverId: 1 + (i % 20), stream }))
    for (const event of sent.slice(0, 20)) await publisher.publish(event)
    await publisher.publishBatch(sent.slice(20))
    await until(async () => (await ledger.count()) >= sent.length)
    await publishing.publisher.drain(5_000)
    await Promise.all([publishing.close(), consuming.close()])
    expect(seen).toEqual(sent.map(({ eventId }) => eventId))
    const entries = await ledger.entries()
    for (let serverId = 1; serverId <= 20; serverId++) {
      const sequences = entries.filter((entry) => entry.serverId === serverId).map(({ sequence }) => sequence)
      expect(sequences).toEqual(Array.from({ length: 10 }, (_, i) => i + 1))
    }
  })
})
