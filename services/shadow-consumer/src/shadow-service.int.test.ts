import { loadConfig } from '@hlstats/config'
import { type RunningService, startService } from '@hlstats/service'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import {
  AuditedSender,
  TamperedQueue,
  type TestBroker,
  type TestDatabase,
  testBroker,
  testDatabase,
  until,
} from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SHADOW_CONSUMER_CONFIG } from './config.ts'
import { shadowService } from './service.ts'
import type { ShadowReport } from './shadow.ts'

const GIVE_UP_MS = 1_000
const SERVICES = ['player', 'weapon', 'match']

let broker: TestBroker
let db: TestDatabase
let queue: TamperedQueue
let shadow: RunningService | undefined

beforeAll(async () => {
  ;[broker, db] = await Promise.all([testBroker(), testDatabase()])
  queue = await TamperedQueue.open(broker.url)
})

afterAll(async () => {
  await queue.close()
  await Promise.all([broker.drop(), db.drop()])
})

// Nobody counts in these tests: what the shadow sees is committed beforehand, as far as any test goes.
beforeEach(async () => {
  await db.database.execute('DELETE FROM hlstats_Stream_Positions')
})

afterEach(async () => {
  await stopShadow()
  await queue.tamper(() => [])
})

async function startShadow(): Promise<void> {
  const config = loadConfig(SHADOW_CONSUMER_CONFIG, {
    DATABASE_URL: db.url,
    AMQP_URL: broker.url,
    SHADOW_CONSUMER_GIVE_UP_MS: String(GIVE_UP_MS),
    SHADOW_CONSUMER_READ_MS: '200',
    SHADOW_CONSUMER_CLOCK_SKEW_MS: '0',
  })
  const service = shadowService({
    config: { ...config, httpPort: 0 },
    logger: silentLogger(),
    metrics: new Metrics(),
  })
  shadow = await startService(service)
}

async function stopShadow(): Promise<void> {
  await shadow?.stop()
  shadow = undefined
}

async function ask<T>(path: string): Promise<{ status: number; body: T }> {
  const response = await fetch(`http://127.0.0.1:${shadow?.httpPort}${path}`)
  return { status: response.status, body: (await response.json()) as T }
}

const report = async () => (await ask<ShadowReport>('/report')).body

async function commit(stream: string, record: number, services = SERVICES): Promise<void> {
  for (const service of services) {
    await db.database.execute(
      `INSERT INTO hlstats_Stream_Positions (service, partition_no, stream, record) VALUES (?, 1, ?, ?)
       ON DUPLICATE KEY UPDATE record = VALUES(record)`,
      [service, stream, record],
    )
  }
}

/** Everything has come and every doubt has had its time. */
async function settled(audits: number): Promise<ShadowReport> {
  await until(async () => {
    const { audits: ended, waitingMessages, missingEvents } = await report()
    const sum = Object.values(ended).reduce((total, count) => total + count, 0)
    return sum >= audits && waitingMessages === 0 && missingEvents === 0
  })
  return report()
}

const found = ({ findings }: ShadowReport) => findings.map(({ kind, from, to }) => `${kind} ${from}-${to}`)

let streams = 0
/** A stream that begins under the eyes of the shadow, or (`ageMs`) one that is older: judged from where it comes into view. */
const nextStream = (ageMs = -3_600_000) => {
  const begun = new Date(Date.now() - ageMs + streams++).toISOString().replaceAll(/[-:.Z]/g, '')
  return `${begun}-0a0b0c0d`
}

/** Five messages of one server: kills 1-2, kills 3-4, kill 5, audit 6, and kills 7-8 with audit 9 behind it. */
async function publishMatch(stream: string): Promise<void> {
  const sender = new AuditedSender({ stream })
  await queue.publish(
    sender.kills(2),
    sender.kills(2),
    sender.kills(1),
    sender.audit(),
    sender.kills(2),
    sender.audit(),
  )
}

describe('the shadow consumer on a real broker', () => {
  it('says pass for a queue that nobody touched, and has no finding', async () => {
    const stream = nextStream()
    await commit(stream, 6)
    await startShadow()
    await publishMatch(stream)
    const result = await settled(2)
    expect(found(result)).toEqual([])
    expect(result.audits).toEqual({ matched: 2, mismatched: 0, incomplete: 0, blind: 0 })
    expect(await ask('/verdict')).toEqual({ status: 200, body: { verdict: 'pass', reasons: [] } })
  })

  it('answers 503 while it has nothing to go by', async () => {
    await startShadow()
    expect((await ask('/verdict')).status).toBe(503)
  })

  it.each<[string, (bodies: readonly Buffer[]) => readonly Buffer[], string[]]>([
    ['a message was taken out of it', (bodies) => bodies.toSpliced(1, 1), ['missing 3-4']],
    ['the first message was taken out of it', (bodies) => bodies.slice(1), ['missing 1-2']],
    [
      'a message was put in twice',
      (bodies) => bodies.toSpliced(1, 0, ...bodies.slice(1, 2)),
      ['duplicate 3-4'],
    ],
    [
      'two messages changed places',
      ([first, second, ...rest]) => [second, first, ...rest].filter(isBuffer),
      ['reordered 1-2'],
    ],
    [
      'an event was altered',
      (bodies) => bodies.with(1, altered(bodies[1], 'ak47', 'knife')),
      ['mismatched 1-5'],
    ],
    [
      'an event was altered beyond its schema',
      (bodies) => bodies.with(2, altered(bodies[2], '"headshot":false', '"headshot":1')),
      ['invalid 5-5', 'mismatched 1-5'],
    ],
    ['an audit was taken out of it', (bodies) => bodies.toSpliced(3, 1), ['missing 6-6']],
  ])('finds exactly that %s', async (_what, change, findings) => {
    const stream = nextStream()
    await commit(stream, 6)
    await publishMatch(stream)
    await queue.tamper(change)
    await startShadow()
    await until(async () => (await report()).findings.length > 0)
    expect(found(await settled(1))).toEqual(findings)
    expect((await ask('/verdict')).status).toBe(409)
  })

  it('finds nothing over restarts of its own', async () => {
    const stream = nextStream(3_600_000)
    await commit(stream, 1_000)
    const sender = new AuditedSender({ stream })
    for (let life = 0; life < 4; life++) {
      await startShadow()
      await queue.publish(sender.kills(3), sender.kills(2))
      await until(async () => (await queue.waiting()) === 0)
      await stopShadow()
      await queue.publish(sender.kills(3), sender.audit(), sender.kills(1))
    }
    await startShadow()
    await queue.publish(sender.audit(), sender.kills(1), sender.audit())
    await until(async () => (await report()).audits.matched > 0)
    expect(found(await settled(2))).toEqual([])
    expect((await ask('/verdict')).status).toBe(200)
  })

  it('finds a kill that was committed and has no row', async () => {
    const stream = nextStream()
    await startShadow()
    await commit(stream, 0)
    const sender = new AuditedSender({ stream })
    await queue.publish(sender.kills(2), sender.audit())
    await settled(1)
    await until(async () => (await report()).services.player?.records === 2)
    await db.database.transaction(async () => {
      await db.database.execute(
        `INSERT INTO hlstats_Events_Frags (eventTime, serverId, map, killerId, victimId, weapon) VALUES (NOW(), 1, '', 1, 2, 'ak47')`,
      )
      await commit(stream, 2)
    })
    await until(async () => (await report()).findings.length > 0)
    expect((await report()).findings).toMatchObject([
      { kind: 'kills', detail: 'partition 1: 2 kills were delivered and committed, 1 rows appeared' },
    ])
  })

  it('does not judge kills while a record is missing below the position, and goes on when it has come', async () => {
    const stream = nextStream()
    const sender = new AuditedSender({ stream })
    await startShadow()
    await commit(stream, 0)
    await queue.publish(sender.kills(2), sender.kills(1), sender.audit())
    await settled(1)
    await until(async () => (await report()).services.player?.records === 3)
    const comparedBefore = (await report()).killsFoundInDatabase
    await db.database.transaction(async () => {
      await db.database.execute(
        "INSERT INTO hlstats_Stream_Holes (service, partition_no, stream, from_record, to_record, state) VALUES ('player', 1, ?, 1, 1, 'open')",
        [stream],
      )
      await db.database.execute(
        `INSERT INTO hlstats_Events_Frags (eventTime, serverId, map, killerId, victimId, weapon) VALUES (NOW(), 1, '', 1, 2, 'ak47')`,
      )
      await commit(stream, 3)
    })
    await until(async () => (await report()).services.player?.records === 0)
    await db.database.execute('DELETE FROM hlstats_Stream_Holes')
    await queue.publish(sender.kills(1))
    await until(async () => (await report()).services.player?.records === 1)
    await db.database.transaction(async () => {
      await db.database.execute(
        `INSERT INTO hlstats_Events_Frags (eventTime, serverId, map, killerId, victimId, weapon) VALUES (NOW(), 1, '', 1, 2, 'ak47')`,
      )
      await commit(stream, 4)
    })
    await until(async () => (await report()).killsFoundInDatabase === comparedBefore + 1)
    expect((await report()).findings).toEqual([])
  })

  it('fails while a service commits nothing, and names it', async () => {
    const stream = nextStream()
    await startShadow()
    await publishMatch(stream)
    await commit(stream, 6, ['player', 'weapon'])
    await until(async () => ((await report()).services.match?.seconds ?? 0) > 1)
    expect((await report()).services).toMatchObject({
      match: { records: 6 },
      player: { records: 0, seconds: 0 },
    })
  })
})

function altered(body: Buffer | undefined, from: string, to: string): Buffer {
  const text = String(body)
  if (!text.includes(from)) throw new Error(`the message has no ${from}`)
  return Buffer.from(text.replace(from, to))
}

const isBuffer = (body: Buffer | undefined): body is Buffer => body !== undefined
