import { goldSrcPacket, udpSender, until } from '@hlstats/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import { giveKey, register, sayLine, sceneOfTests } from './scene-of-test.ts'

const scene = sceneOfTests()

beforeEach(async () => {
  await register(scene.database, 1, scene.server.port)
  // Nobody can send from there: it is known by its secret only.
  await register(scene.database, 2, 27_016, '10.9.9.9')
  await scene.database.execute('DELETE FROM hlstats_Server_Keys', [])
})

const withSecret = (secret: string, text: string) =>
  Buffer.concat([Buffer.from('\xff\xff\xff\xffS', 'latin1'), Buffer.from(`${secret}${sayLine(text)}\n\0`)])

describe('a server with a log secret', () => {
  it('is known by it from any address, and by nothing else', async () => {
    await giveKey(scene.database, 1, 'logSecret', 'first-secret')
    await giveKey(scene.database, 2, 'logSecret', 'other-secret')
    await scene.start()
    await scene.send(goldSrcPacket(sayLine('without')))
    await scene.send(withSecret('guessed', 'wrong'))
    await scene.send(withSecret('other-secret', 'behind NAT'))
    const moved = await udpSender()
    await moved.send(withSecret('first-secret', 'moved'), scene.ingress.udpPort)
    await moved.send(withSecret('guessed', 'stranger'), scene.ingress.udpPort)
    moved.close()
    await until(() => scene.chat().length === 2)
    expect(scene.chat().sort()).toEqual(['1 moved', '2 behind NAT'])
    expect(await scene.dropped('logSecret')).toBe(2)
    expect(await scene.dropped('unknownServer')).toBe(1)
  })

  it('loses its address as soon as the secret is stored, and has it back when it is taken away', async () => {
    await scene.start()
    await scene.send(withSecret('not asked for', 'before'))
    await until(() => scene.chat().length === 1)
    await giveKey(scene.database, 1, 'logSecret', 'first-secret')
    await until(async () => {
      await scene.send(goldSrcPacket(sayLine('during')))
      return ((await scene.dropped('logSecret')) ?? 0) > 0
    })
    await scene.database.execute('DELETE FROM hlstats_Server_Keys', [])
    await until(async () => {
      await scene.send(goldSrcPacket(sayLine('after')))
      return scene.chat().includes('1 after')
    })
  })

  it('may not be reached with the token that another way in asks for', async () => {
    await giveKey(scene.database, 1, 'httpToken', 'the-http-token')
    await scene.start()
    await scene.send(withSecret('the-http-token', 'hi'))
    await until(async () => (await scene.dropped('logSecret')) === 1)
    expect(scene.chat()).toEqual([])
  })
})
