import { rmSync } from 'node:fs'
import { changeNetwork } from '@hlstats/database'
import type { GameEvent } from '@hlstats/events'
import {
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
import { readQueue, startIngress } from './int-scene.ts'
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
  folder = temporaryFolder('registrar')
  server = await udpSender()
  events = []
  stopReading = await readQueue(broker, (event) => events.push(event))
  await db.database.execute('DELETE FROM hlstats_Servers')
  await db.database.execute('DELETE FROM hlstats_Server_Networks')
})
afterEach(async () => {
  await ingress.service.stop()
  server.close()
  await stopReading()
  rmSync(folder, { recursive: true })
})

const allow = (network: string, game: string) => changeNetwork(db.database, { network, game })
const forbid = (network: string) => changeNetwork(db.database, { network })
const start = async () => {
  ingress = await startIngress({ database: db.url, broker: broker.url }, folder)
}
const says = (text: string) => sourcePacket(stamped([`"Al<2><[U:1:7]><CT>" say "${text}"`])[0] ?? '')
const servers = () =>
  db.database.query<{ address: string; port: number; game: string }>(
    'SELECT address, port, game FROM hlstats_Servers',
  )
const settings = () =>
  db.database.query<{ value: string }>(
    "SELECT value FROM hlstats_Servers_Config c JOIN hlstats_Servers s USING (serverId) WHERE parameter = 'MinPlayers'",
  )

describe('a game server of an allowed network', () => {
  it('is registered as a server of the game of the smallest network, with its settings, and is heard', async () => {
    await allow('127.0.0.0/8', 'css')
    await allow('127.0.0.1', 'csgo')
    await start()
    await until(async () => {
      await server.send(says('hi'), ingress.udpPort)
      return events.some(({ eventType }) => eventType === 'CHAT_MESSAGE')
    })
    expect(await servers()).toEqual([{ address: '127.0.0.1', port: server.port, game: 'csgo' }])
    expect(await settings()).toHaveLength(1)
    expect(await ingress.metrics.value('hlstats_ingress_registered_total')).toBe(1)
  })

  it('is not registered by what is no log line', async () => {
    await allow('127.0.0.1', 'csgo')
    await start()
    for (const bytes of [
      '',
      'getchallenge',
      '\xff\xff\xff\xffTSource Engine Query\0',
      'L 13/45/2026 - x: y',
    ]) {
      await server.send(Buffer.from(bytes, 'latin1'), ingress.udpPort)
    }
    await until(async () => (await ingress.dropped('unknownServer')) === 4)
    expect(await servers()).toEqual([])
  })

  it('is not registered where its address is in none, or in none any more', async () => {
    await allow('192.0.2.0/24', 'csgo')
    await allow('127.0.0.1', 'csgo')
    expect(await forbid('127.0.0.1')).toBe(true)
    expect(await forbid('127.0.0.1')).toBe(false)
    await start()
    await server.send(says('hi'), ingress.udpPort)
    await until(async () => (await ingress.dropped('unknownServer')) === 1)
    expect(await servers()).toEqual([])
  })

  it('names what is no network and what is no game', async () => {
    await start()
    for (const network of ['1.2.3', '1.2.3.4/33', '::1/64', '1.2.3.4/8/9']) {
      await expect(allow(network, 'css')).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    }
    await expect(allow('192.0.2.0/24', 'chess')).rejects.toMatchObject({
      message: expect.stringContaining('game "chess" is unknown'),
    })
  })
})
