import { changeNetwork } from '@hlstats/database'
import { sourcePacket, until } from '@hlstats/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import { sayLine, sceneOfTests } from './scene-of-test.ts'

const scene = sceneOfTests()

beforeEach(async () => {
  await scene.database.execute('DELETE FROM hlstats_Servers')
  await scene.database.execute('DELETE FROM hlstats_Server_Networks')
})

const allow = (network: string, game: string) => changeNetwork(scene.database, { network, game })
const forbid = (network: string) => changeNetwork(scene.database, { network })
const says = (text: string) => sourcePacket(sayLine(text))
const servers = () =>
  scene.database.query<{ address: string; port: number; game: string }>(
    'SELECT address, port, game FROM hlstats_Servers',
  )
const settings = () =>
  scene.database.query<{ value: string }>(
    "SELECT value FROM hlstats_Servers_Config c JOIN hlstats_Servers s USING (serverId) WHERE parameter = 'MinPlayers'",
  )

describe('a game server of an allowed network', () => {
  it('is registered as a server of the game of the smallest network, with its settings, and is heard', async () => {
    await allow('127.0.0.0/8', 'css')
    await allow('127.0.0.1', 'csgo')
    await scene.start()
    await until(async () => {
      await scene.send(says('hi'))
      return scene.chat().length > 0
    })
    expect(await servers()).toEqual([{ address: '127.0.0.1', port: scene.server.port, game: 'csgo' }])
    expect(await settings()).toHaveLength(1)
    expect(await scene.ingress.metrics.value('hlstats_ingress_registered_total')).toBe(1)
  })

  it('is not registered by what is no log line', async () => {
    await allow('127.0.0.1', 'csgo')
    await scene.start()
    for (const bytes of [
      '',
      'getchallenge',
      '\xff\xff\xff\xffTSource Engine Query\0',
      'L 13/45/2026 - x: y',
    ]) {
      await scene.send(Buffer.from(bytes, 'latin1'))
    }
    await until(async () => (await scene.dropped('unknownServer')) === 4)
    expect(await servers()).toEqual([])
  })

  it('is not registered where its address is in none, or in none any more', async () => {
    await allow('192.0.2.0/24', 'csgo')
    await allow('127.0.0.1', 'csgo')
    expect(await forbid('127.0.0.1')).toBe(true)
    expect(await forbid('127.0.0.1')).toBe(false)
    await scene.start()
    await scene.send(says('hi'))
    await until(async () => (await scene.dropped('unknownServer')) === 1)
    expect(await servers()).toEqual([])
  })

  it('names what is no network and what is no game', async () => {
    await scene.start()
    for (const network of ['1.2.3', '1.2.3.4/33', '::1/64', '1.2.3.4/8/9']) {
      await expect(allow(network, 'css')).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    }
    await expect(allow('192.0.2.0/24', 'chess')).rejects.toMatchObject({
      message: expect.stringContaining('game "chess" is unknown'),
    })
  })
})
