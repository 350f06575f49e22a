import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { GameEvent } from '@hlstats/events'
import {
  freeTcpPort,
  freeUdpPort,
  goldSrcPacket,
  repositoryRoot,
  type TestBroker,
  type TestDatabase,
  temporaryFolder,
  testBroker,
  testDatabase,
  type UdpSender,
  udpSender,
  until,
} from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectedEvents, MATCH, readQueue, register, said } from './int-scene.ts'
import { stamped } from './play-log.ts'

let db: TestDatabase
let broker: TestBroker
let folder: string
let server: UdpSender
let events: GameEvent[]
let stopReading: () => Promise<void>

beforeAll(async () => {
  ;[db, broker] = await Promise.all([testDatabase(), testBroker()])
})
afterAll(async () => {
  await Promise.all([db.drop(), broker.drop()])
})

describe('ingress killed with kill -9', () => {
  const main = join(repositoryRoot, 'services/ingress/src/main.ts')
  let child: ChildProcess | undefined
  let ports: Record<string, string>

  beforeEach(async () => {
    folder = temporaryFolder('ingress')
    server = await udpSender()
    await register(db, 1, server.port)
    events = []
    stopReading = await readQueue(broker, (event) => events.push(event))
    ports = {
      INGRESS_UDP_PORT: String(await freeUdpPort()),
      INGRESS_HTTP_PORT: String(await freeTcpPort()),
      INGRESS_LOG_HTTP_PORT: '0',
    }
  })
  afterEach(async () => {
    await kill()
    server.close()
    await stopReading()
    rmSync(folder, { recursive: true })
  })

  async function start(): Promise<void> {
    child = spawn(process.execPath, [main], {
      env: {
        DATABASE_URL: db.url,
        AMQP_URL: broker.url,
        INGRESS_JOURNAL_DIR: join(folder, 'journal'),
        LOG_LEVEL: 'warn',
        ...ports,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const ready = () => fetch(`http://127.0.0.1:${ports.INGRESS_HTTP_PORT}/readyz`).then(({ ok }) => ok)
    await until(ready, { timeoutMs: 30_000, what: 'readiness' })
  }

  async function kill(): Promise<void> {
    if (child?.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  it('between any two datagrams gives the events that it would have given alive', async () => {
    const texts = stamped(MATCH)
    const expected = await expectedEvents(db, texts)
    // While an id is to come, between a headshot's line and its kill, and in the bonus round.
    const killedAfter = [2, 8, 12]
    await start()
    for (const [index, text] of texts.entries()) {
      await server.send(goldSrcPacket(text), Number(ports.INGRESS_UDP_PORT))
      if (!killedAfter.includes(index)) continue
      const before = (await expectedEvents(db, texts.slice(0, index + 1))).length
      await until(() => lineEvents().length >= before, { what: `event ${before}` })
      // A line without an event leaves its mark in the stored state only, within a few milliseconds.
      await until(async () => (await received()) === linesSince(index, killedAfter))
      await until(stateIsStored)
      await kill()
      await start()
    }
    await until(() => lineEvents().length >= expected.length)
    expect(lineEvents().map(said)).toEqual(expected)
    expect(new Set(events.map(({ stream }) => stream)).size).toBe(killedAfter.length + 1)
  }, 120_000)

  const lineEvents = () => events.filter(({ eventType }) => !/^(STREAM|SERVER)_/.test(eventType))

  const linesSince = (index: number, killedAfter: readonly number[]) =>
    index - Math.max(-1, ...killedAfter.filter((killed) => killed < index))

  async function metric(name: string): Promise<number> {
    const text = await fetch(`http://127.0.0.1:${ports.INGRESS_HTTP_PORT}/metrics`).then((reply) =>
      reply.text(),
    )
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN)
  }
  const received = () => metric('hlstats_ingress_datagrams_received_total')
  const stateIsStored = async () => (await metric('hlstats_ingress_unwritten')) === 0
})
