import { goldSrcPacket, until } from '@hlstats/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import { stamped } from './play-log-of-test.ts'
import { register, sceneOfTests } from './scene-of-test.ts'
import { expectedEvents, MATCH, said } from './short-match-of-test.ts'

const scene = sceneOfTests()

beforeEach(() => register(scene.database, 1, scene.server.port))

describe('ingress killed with kill -9', () => {
  it('between any two datagrams gives the events that it would have given alive', async () => {
    const { ingress, udpPort } = await scene.process()
    const start = async () => {
      ingress.start()
      await ingress.ready()
    }
    const texts = stamped(MATCH)
    const expected = await expectedEvents(scene.database, texts)
    // While an id is to come, between a headshot's line and its kill, and in the bonus round.
    const killedAfter = [2, 8, 12]
    await start()
    for (const [index, text] of texts.entries()) {
      await scene.server.send(goldSrcPacket(text), udpPort)
      if (!killedAfter.includes(index)) continue
      const before = (await expectedEvents(scene.database, texts.slice(0, index + 1))).length
      await until(() => scene.ofServer(1).length >= before, { what: `event ${before}` })
      // A line without an event leaves its mark in the stored state only, within a few milliseconds.
      const lines = index - Math.max(-1, ...killedAfter.filter((killed) => killed < index))
      await until(async () => (await ingress.metric('hlstats_ingress_datagrams_received_total')) === lines)
      await until(async () => (await ingress.metric('hlstats_ingress_unwritten')) === 0)
      await ingress.kill()
      await start()
    }
    await until(() => scene.ofServer(1).length >= expected.length)
    expect(scene.ofServer(1).map(said)).toEqual(expected)
    expect(new Set(scene.events.map(({ stream }) => stream)).size).toBe(killedAfter.length + 1)
  }, 120_000)
})
