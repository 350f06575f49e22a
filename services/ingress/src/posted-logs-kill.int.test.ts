import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { GameEvent } from '@hlstats/events'
import {
  freeTcpPort,
  freeUdpPort,
  ServiceProcess,
  type TestBroker,
  type TestDatabase,
  temporaryFolder,
  testBroker,
  testDatabase,
  until,
} from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { giveKey, postLog, readQueue, register } from './int-scene.ts'
import { stamped } from './play-log.ts'

const TOKEN = 'a-token-of-24-characters'
// How much is written when the process dies: nothing, the intent, a slice of two, both.
const KILLED_AT_BYTES = [0, 1, 20_000, 300_000, 500_000]
const LINES = 900

let db: TestDatabase
let broker: TestBroker
let folder: string
let ingress: ServiceProcess
let url: string
let events: GameEvent[]
let stopReading: () => Promise<void>

beforeAll(async () => {
  ;[db, broker] = await Promise.all([testDatabase(), testBroker()])
  await register(db, 1, 27_015, '10.9.9.9')
  await giveKey(db, 1, 'httpToken', TOKEN)
})
afterAll(async () => {
  await Promise.all([db.drop(), broker.drop()])
})
beforeEach(async () => {
  folder = temporaryFolder('posted')
  events = []
  stopReading = await readQueue(broker, (event) => events.push(event))
  const [httpPort, logPort] = [await freeTcpPort(), await freeTcpPort()]
  url = `http://127.0.0.1:${logPort}/${TOKEN}`
  ingress = new ServiceProcess({
    name: 'ingress',
    httpPort,
    env: {
      DATABASE_URL: db.url,
      AMQP_URL: broker.url,
      INGRESS_JOURNAL_DIR: folder,
      INGRESS_UDP_PORT: String(await freeUdpPort()),
      INGRESS_HTTP_PORT: String(httpPort),
      INGRESS_LOG_HTTP_PORT: String(logPort),
    },
  })
})
afterEach(async () => {
  await ingress.kill()
  await stopReading()
  rmSync(folder, { recursive: true })
})

const said = () => events.flatMap((event) => (event.eventType === 'CHAT_MESSAGE' ? [event.data.message] : []))

/** What is on the disk of state and journal. */
function writtenBytes(): number {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const sizes = names.map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
  return sizes.reduce((sum, size) => sum + size, 0)
}

describe('a posted log', () => {
  it('counts each line once when ingress is killed at any moment between its arrival and the answer', async () => {
    const expected: string[] = []
    let [log, answered] = ['', 0]
    for (const [round, killedAtBytes] of KILLED_AT_BYTES.entries()) {
      ingress.start()
      await ingress.ready()
      const texts = Array.from({ length: LINES }, (_, index) => `${round}/${index}`)
      expected.push(...texts)
      log += stamped(texts.map((text) => `"Al<2><STEAM_1:0:111><CT>" say "${text}"`))
        .map((line) => `${line}\n`)
        .join('')
      const before = writtenBytes()
      let isAnswered = false
      const post = postLog(url, log.slice(answered), { begin: answered }).then(
        ({ status }) => {
          isAnswered = status === 200
        },
        () => undefined,
      )
      await until(() => isAnswered || writtenBytes() - before >= killedAtBytes, { everyMs: 1 })
      await ingress.kill()
      await post
      if (isAnswered) answered = log.length
    }
    ingress.start()
    await ingress.ready()
    expect(await postLog(url, log.slice(answered), { begin: answered })).toMatchObject({ status: 200 })
    await until(() => said().length >= expected.length, { timeoutMs: 30_000 })
    expect(said()).toEqual(expected)
  }, 180_000)
})
