import { setTimeout as pause } from 'node:timers/promises'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import {
  aKill,
  Ledger,
  missingRabbit,
  type PrivateRabbitCluster,
  type RabbitClusterNode,
  startPrivateRabbitCluster,
  type TestDatabase,
  temporaryFolder,
  testDatabase,
  until,
} from '@hlstats/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BrokerConnection } from './broker-connection.ts'
import { declareTopologyAt } from './broker-session.ts'
import { EventConsumer } from './event-consumer.ts'
import { Journal } from './journal.ts'
import { JournalPublisher } from './publisher.ts'
import { QueueSource } from './queue-source.ts'

const SERVICE = 'test-cluster'
const PARTITIONS = 2
const SERVERS = [1, 2, 3, 4]
// Others have been elected by then; the control program would wait for the frozen node.
const FROZEN_MS = 12_000
const missing = await missingRabbit('4')
const logger = silentLogger()

let cluster: PrivateRabbitCluster
let db: TestDatabase
let ledger: Ledger

beforeAll(async () => {
  if (missing !== undefined) return
  ;[cluster, db] = await Promise.all([startPrivateRabbitCluster('4'), testDatabase()])
  ledger = await Ledger.create(db.database)
  await declareTopologyAt({ url: urlFrom(0) }, { services: [SERVICE], partitions: PARTITIONS })
})

afterAll(async () => {
  if (missing !== undefined) return
  await cluster.remove()
  await db.drop()
})

/** All nodes, this one first: that is where a new connection goes while it is there. */
function urlFrom(index: number): string {
  const { nodes } = cluster
  return [...nodes.slice(index), ...nodes.slice(0, index)].map(({ url }) => url).join()
}

function nodeAt(index: number): RabbitClusterNode {
  const node = cluster.nodes[index]
  if (node === undefined) throw new RangeError(`there is no node ${index}`)
  return node
}

/** Ingress without a socket: every server's kills, numbered 1, 2, 3 …, some hundred a second. */
async function ingress(url: string, confirmWithinMs: number) {
  const metrics = new Metrics()
  const journal = await Journal.open({ directory: temporaryFolder('journal'), partitions: PARTITIONS })
  const connection = new BrokerConnection({ url }, 'publish', { logger, metrics })
  const publisher = new JournalPublisher(
    { partitions: PARTITIONS, services: [SERVICE], confirmWithinMs },
    { journal, connection, logger, metrics },
  )
  const { stream } = journal
  let [sent, isOver] = [0, false]
  const load = (async () => {
    while (!isOver) {
      sent += 1
      for (const serverId of SERVERS) {
        await journal.append(serverId % PARTITIONS, [aKill({}, { serverId, stream, sequence: sent })])
      }
      await pause(10)
    }
  })()
  return {
    stream,
    /** Of each server. */
    sent: () => sent,
    confirmed: () => metrics.value('hlstats_events_published_total'),
    finish: async () => {
      isOver = true
      await load
      await publisher.drain(60_000)
      await publisher.stop()
      await connection.close()
      await journal.close()
    },
  }
}

async function replica(url: string, ordinal: number) {
  const own = new Metrics()
  const connection = new BrokerConnection({ url }, 'consume', { logger, metrics: own })
  const source = new QueueSource(
    { service: SERVICE, partitions: PARTITIONS, replica: { name: `r-${ordinal}`, ordinal } },
    { connection, logger, metrics: own },
  )
  const { eventBus, registry } = ledger
  const { database } = db
  const consumer = new EventConsumer({
    service: SERVICE,
    source,
    database,
    eventBus,
    registry,
    logger,
    metrics: own,
  })
  await consumer.start()
  return {
    gaps: () => own.value('hlstats_stream_gaps_total'),
    stop: async () => {
      await consumer.stop()
      await connection.close()
    },
  }
}

/** A fault while events flow: ingress, one replica and all leaders are at the first node, the other replica is elsewhere. */
async function afterFault(
  fault: (confirmed: () => Promise<number>) => Promise<void>,
  confirmWithinMs = 30_000,
) {
  const { stream, sent, confirmed, finish } = await ingress(urlFrom(0), confirmWithinMs)
  const replicas = await Promise.all([replica(urlFrom(0), 0), replica(urlFrom(1), 1)])
  const applied = async () => (await ledger.entries()).filter((entry) => entry.stream === stream)
  const flows = async () => {
    const before = sent()
    const isNew = async (serverId: number) =>
      (await applied()).some((entry) => entry.serverId === serverId && entry.sequence > before)
    for (const serverId of SERVERS) {
      await until(() => isNew(serverId), { timeoutMs: 60_000, what: `new events of server ${serverId}` })
    }
  }
  await lead(0)
  await flows()
  await fault(confirmed)
  await flows()
  await finish()
  const total = sent() * SERVERS.length
  await until(async () => (await applied()).length >= total, { timeoutMs: 60_000, what: 'all events' })
  for (const { stop } of replicas) await stop()
  const entries = await applied()
  return {
    gaps: await Promise.all(replicas.map(({ gaps }) => gaps())),
    sequences: SERVERS.map((id) =>
      entries.filter(({ serverId }) => serverId === id).map(({ sequence }) => sequence),
    ),
    sent: SERVERS.map(() => Array.from({ length: sent() }, (_, index) => index + 1)),
  }
}

/** Makes a node the leader of every queue. */
async function lead(index: number): Promise<void> {
  const { name } = nodeAt(index)
  const transfer = `[rabbit_quorum_queue:transfer_leadership(Q, '${name}') || Q <- rabbit_amqqueue:list()]`
  await waitAt(index, `${transfer}, `, `=:= '${name}'`)
}

/** Until the first node leads no queue. */
async function othersLead(): Promise<void> {
  await waitAt(1, '', `=/= '${nodeAt(0).name}'`)
}

/** Until the leader of every queue is such a one, as this node knows it. The control program is slow to start: it waits itself. */
async function waitAt(index: number, before: string, such: string): Promise<void> {
  const isSo = `lists:all(fun(Q) -> element(2, amqqueue:get_pid(Q)) ${such} end, rabbit_amqqueue:list())`
  const wait = `fun Wait() -> ${isSo} orelse begin timer:sleep(50), Wait() end end`
  await nodeAt(index).control('eval', `${before}(${wait})().`)
}

describe.skipIf(missing !== undefined)(
  'in a cluster of three nodes every event is counted once and in order',
  // Three nodes are slow on a machine that does other things as well.
  { timeout: 120_000 },
  () => {
    it('while leaders move', async () => {
      const { sequences, sent, gaps } = await afterFault(async () => {
        for (const index of [1, 2, 0]) await lead(index)
      })
      expect(sequences).toEqual(sent)
      expect(gaps).toEqual([0, 0])
    })

    it('when the node of leaders and connections is killed and comes back', async () => {
      const { sequences, sent, gaps } = await afterFault(async () => {
        await nodeAt(0).kill()
        await othersLead()
        await nodeAt(0).start()
      })
      expect(sequences).toEqual(sent)
      expect(gaps).toEqual([0, 0])
    })

    it('when that node is frozen until others lead, and wakes up', async () => {
      const { sequences, sent, gaps } = await afterFault(async () => {
        await nodeAt(0).kill('SIGSTOP')
        await pause(FROZEN_MS)
        await nodeAt(0).kill('SIGCONT')
        await othersLead()
      })
      expect(sequences).toEqual(sent)
      expect(gaps).toEqual([0, 0])
    })

    it('when that node is cut off until ingress goes on by another one, and comes back', async () => {
      const { sequences, sent, gaps } = await afterFault(async (confirmed) => {
        await cluster.cut(nodeAt(0))
        await othersLead()
        const before = await confirmed()
        await until(async () => (await confirmed()) > before, { timeoutMs: 30_000, what: 'confirms' })
        await cluster.mend(nodeAt(0))
      }, 5_000)
      expect(sequences).toEqual(sent)
      expect(gaps).toEqual([0, 0])
    })
  },
)
