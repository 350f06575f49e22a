import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig } from '@hlstats/config'
import { eventDigest, type GameEvent, type GameEventOf, rangeDigest } from '@hlstats/events'
import { type RunningService, startService } from '@hlstats/service'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import {
  goldSrcPacket,
  sourcePacket,
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
import { ingressConfig } from './config.ts'
import { AL, expectedEvents, MATCH, readQueue, register, said } from './int-scene.ts'
import { stamped } from './play-log.ts'
import { buildIngress } from './service.ts'
import { UnknownSenders } from './unknown-senders.ts'

let db: TestDatabase
let broker: TestBroker
let folder: string
let server: UdpSender
/** What the match service would get, in the order in which it comes. */
let events: GameEvent[]
let stopReading: () => Promise<void>

beforeAll(async () => {
  ;[db, broker] = await Promise.all([testDatabase(), testBroker()])
})
afterAll(async () => {
  await Promise.all([db.drop(), broker.drop()])
})

beforeEach(async () => {
  folder = temporaryFolder('ingress')
  server = await udpSender()
  await register(db, 1, server.port)
  await register(db, 2, 27_016, '10.9.9.9')
  events = []
  stopReading = await readQueue(broker, (event) => events.push(event))
})
afterEach(async () => {
  server.close()
  await stopReading()
  rmSync(folder, { recursive: true })
})

const environment = (changes: Record<string, string> = {}) => ({
  DATABASE_URL: db.url,
  AMQP_URL: broker.url,
  INGRESS_JOURNAL_DIR: join(folder, 'journal'),
  INGRESS_LOG_HTTP_PORT: '0',
  ...changes,
})

const ofServer = (serverId: number) =>
  events.filter((event) => event.serverId === serverId && !/^(STREAM|SERVER)_/.test(event.eventType))

describe('ingress in one process', () => {
  let ingress: RunningService
  let port: number
  let metrics: Metrics
  let strangers: UnknownSenders

  beforeEach(async () => {
    const config = loadConfig(ingressConfig, environment({ INGRESS_UDP_PORT: '0', INGRESS_AUDIT_MS: '100' }))
    const logger = silentLogger()
    metrics = new Metrics()
    strangers = new UnknownSenders()
    ingress = await startService({
      name: 'ingress',
      config: { ...config, httpPort: 0 },
      logger,
      metrics,
      build: async (context) => {
        port = (await buildIngress({ config, logger, metrics, strangers }, context)).udpPort
      },
    })
  })
  afterEach(async () => {
    await ingress.stop()
  })

  const dropped = (reason: string) => metrics.value('hlstats_ingress_dropped_total', { reason })

  it('turns the log of a game server into the events of the rules, numbered and in order', async () => {
    const texts = stamped(MATCH)
    for (const [index, text] of texts.entries()) {
      await server.send(index % 2 === 0 ? goldSrcPacket(text) : sourcePacket(text), port)
    }
    const expected = await expectedEvents(db, texts)
    await until(() => ofServer(1).length >= expected.length)
    expect(ofServer(1).map(said)).toEqual(expected)
    const numbered = events.filter(({ serverId }) => serverId === 1)
    expect(numbered.map(({ sequence }) => sequence)).toEqual(numbered.map((_, index) => index + 1))
    expect(ofServer(1)[0]).toMatchObject({ timestamp: '2026-01-02T10:00:01.000Z', game: 'cstrike' })
  })

  it('audits what its bus saw, and ends the stream of each server last', async () => {
    for (const text of stamped(MATCH)) await server.send(goldSrcPacket(text), port)
    await until(() => events.some(({ eventType }) => eventType === 'STREAM_AUDIT'))
    await ingress.stop()
    await until(() => events.at(-1)?.eventType === 'STREAM_END')
    const last = events.at(-1)
    expect(last?.data).toEqual({ lastSequence: last?.sequence })
    const audits = events.filter(
      (event): event is GameEventOf<'STREAM_AUDIT'> => event.eventType === 'STREAM_AUDIT',
    )
    for (const { data } of audits) {
      const audited = events.filter(({ sequence }) => sequence >= data.from && sequence <= data.to)
      expect(data.digest).toBe(rangeDigest(audited.map(eventDigest)))
      expect(Object.values(data.counts).reduce((a, b) => a + b)).toBe(data.to - data.from + 1)
    }
    expect(audits.reduce((sum, { data }) => sum + data.to - data.from + 1, 0)).toBeGreaterThanOrEqual(
      ofServer(1).length,
    )
  })

  it('takes lines for another server from a relay that knows the key, and from no other', async () => {
    const [row] = await db.database.query<{ value: string }>(
      "SELECT value FROM hlstats_Options WHERE keyname = 'Proxy_Key'",
    )
    const [line] = stamped(['"Al<2><STEAM_1:0:111><CT>" say "hi"'])
    const envelope = (key: string) =>
      Buffer.concat([Buffer.from(`PROXY Key=${key} 10.9.9.9:27016PROXY `), goldSrcPacket(line ?? '')])
    await server.send(envelope('guessed'), port)
    await server.send(envelope(row?.value ?? ''), port)
    await until(() => ofServer(2).length === 2)
    expect(ofServer(2).map(({ eventType }) => eventType)).toEqual(['PLAYER_SEEN', 'CHAT_MESSAGE'])
    expect(await dropped('proxyKey')).toBe(1)
  })

  it('counts what it cannot take, by reason, and goes on', async () => {
    const stranger = await udpSender()
    await stranger.send(goldSrcPacket(stamped(['"x<1><BOT><CT>" say "hi"'])[0] ?? ''), port)
    stranger.close()
    await server.send(Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 1, 2, 3]), port)
    await server.send(goldSrcPacket('L 13/45/2026 - 99:00:00: World triggered "Round_Start"'), port)
    await server.send(goldSrcPacket(`L 01/02/2026 - 10:00:00: "${AL}" say "${'x'.repeat(64_000)}"`), port)
    await server.send(goldSrcPacket(stamped([`"${AL}" say "still here"`])[0] ?? ''), port)
    await until(() => ofServer(1).length === 2)
    expect(await dropped('unknownServer')).toBe(1)
    expect(await dropped('malformed')).toBe(2)
    expect(await dropped('oversize')).toBe(1)
    expect(strangers.list()).toMatchObject([{ address: `127.0.0.1:${stranger.port}`, count: 1 }])
    expect(await metrics.value('hlstats_ingress_datagrams_received_total')).toBe(5)
  })

  it('names the remedy when its port is taken', async () => {
    const config = loadConfig(
      ingressConfig,
      environment({ INGRESS_UDP_PORT: String(port), INGRESS_JOURNAL_DIR: join(folder, 'another') }),
    )
    const [logger, strange] = [silentLogger(), new UnknownSenders()]
    const second = startService({
      name: 'ingress',
      config: { ...config, httpPort: 0 },
      logger,
      metrics: new Metrics(),
      build: async (context) => {
        await buildIngress({ config, logger, metrics: new Metrics(), strangers: strange }, context)
      },
    })
    await expect(second).rejects.toMatchObject({
      code: 'SERVICE_PORT',
      message: expect.stringMatching(/is taken.*INGRESS_UDP_PORT/),
    })
  })
})
