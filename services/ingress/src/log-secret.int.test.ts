import { rmSync } from 'node:fs'
import type { GameEvent } from '@hlstats/events'
import {
  goldSrcPacket,
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
import { giveKey, readQueue, register, startIngress } from './int-scene.ts'
import { stamped } from './play-log.ts'

let db: TestDatabase
let broker: TestBroker
let folder: string
let server: UdpSender
let ingress: Awaited<ReturnType<typeof startIngress>>
let events: GameEvent[]
let stopReading: () => Promise<void>

beforeAll(async () => {
  ;[db, broker] = await Promise.all([testDatabase(), testBroker()])
})
afterAll(async () => {
  await Promise.all([db.drop(), broker.drop()])
})
beforeEach(async () => {
  folder = temporaryFolder('log-secret')
  server = await udpSender()
  await register(db, 1, server.port)
  // Nobody can send from there: it is known by its secret only.
  await register(db, 2, 27_016, '10.9.9.9')
  await db.database.execute('DELETE FROM hlstats_Server_Keys', [])
  events = []
  stopReading = await readQueue(broker, (event) => events.push(event))
})
afterEach(async () => {
  await ingress.service.stop()
  server.close()
  await stopReading()
  rmSync(folder, { recursive: true })
})

const start = async () => {
  ingress = await startIngress({ database: db.url, broker: broker.url }, folder)
}
const said = (text: string) => stamped([`"Al<2><STEAM_1:0:111><CT>" say "${text}"`])[0] ?? ''
const withSecret = (secret: string, text: string) =>
  Buffer.concat([Buffer.from('\xff\xff\xff\xffS', 'latin1'), Buffer.from(`${secret}${said(text)}\n\0`)])
const chat = () =>
  events.flatMap((event) =>
    event.eventType === 'CHAT_MESSAGE' ? [[event.serverId, event.data.message]] : [],
  )

describe('a server with a log secret', () => {
  it('is known by it from any address, and by nothing else', async () => {
    await giveKey(db, 1, 'logSecret', 'first-secret')
    await giveKey(db, 2, 'logSecret', 'other-secret')
    await start()
    await server.send(goldSrcPacket(said('without')), ingress.udpPort)
    await server.send(withSecret('guessed', 'wrong'), ingress.udpPort)
    await server.send(withSecret('other-secret', 'behind NAT'), ingress.udpPort)
    const moved = await udpSender()
    await moved.send(withSecret('first-secret', 'moved'), ingress.udpPort)
    await moved.send(withSecret('guessed', 'stranger'), ingress.udpPort)
    moved.close()
    await until(() => chat().length === 2)
    expect(chat().sort()).toEqual([
      [1, 'moved'],
      [2, 'behind NAT'],
    ])
    expect(await ingress.dropped('logSecret')).toBe(2)
    expect(await ingress.dropped('unknownServer')).toBe(1)
  })

  it('loses its address as soon as the secret is stored, and has it back when it is taken away', async () => {
    await start()
    await server.send(withSecret('not asked for', 'before'), ingress.udpPort)
    await until(() => chat().length === 1)
    await giveKey(db, 1, 'logSecret', 'first-secret')
    await until(async () => {
      await server.send(goldSrcPacket(said('during')), ingress.udpPort)
      return ((await ingress.dropped('logSecret')) ?? 0) > 0
    })
    await db.database.execute('DELETE FROM hlstats_Server_Keys', [])
    await until(async () => {
      await server.send(goldSrcPacket(said('after')), ingress.udpPort)
      return chat().some(([, text]) => text === 'after')
    })
  })

  it('may not be reached with the token that another way in asks for', async () => {
    await giveKey(db, 1, 'httpToken', 'the-http-token')
    await start()
    await server.send(withSecret('the-http-token', 'hi'), ingress.udpPort)
    await until(async () => (await ingress.dropped('logSecret')) === 1)
    expect(chat()).toEqual([])
  })
})
