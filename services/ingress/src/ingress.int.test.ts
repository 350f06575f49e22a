import { join } from 'node:path'
import { eventDigest, type GameEventOf, rangeDigest } from '@hlstats/events'
import { goldSrcPacket, sourcePacket, udpSender, until } from '@hlstats/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import { stamped } from './play-log-of-test.ts'
import { register, sceneOfTests } from './scene-of-test.ts'
import { AL, expectedEvents, MATCH, said } from './short-match-of-test.ts'

const scene = sceneOfTests()

beforeEach(async () => {
  await register(scene.database, 1, scene.server.port)
  await register(scene.database, 2, 27_016, '10.9.9.9')
  await scene.start({ INGRESS_AUDIT_MS: '100' })
})

describe('ingress in one process', () => {
  it('turns the log of a game server into the events of the rules, numbered and in order', async () => {
    const texts = stamped(MATCH)
    for (const [index, text] of texts.entries()) {
      await scene.send(index % 2 === 0 ? goldSrcPacket(text) : sourcePacket(text))
    }
    const expected = await expectedEvents(scene.database, texts)
    await until(() => scene.ofServer(1).length >= expected.length)
    expect(scene.ofServer(1).map(said)).toEqual(expected)
    const numbered = scene.events.filter(({ serverId }) => serverId === 1)
    expect(numbered.map(({ sequence }) => sequence)).toEqual(numbered.map((_, index) => index + 1))
    expect(scene.ofServer(1)[0]).toMatchObject({ timestamp: '2026-01-02T10:00:01.000Z', game: 'cstrike' })
  })

  it('audits what its bus saw, and ends the stream of each server last', async () => {
    for (const text of stamped(MATCH)) await scene.send(goldSrcPacket(text))
    await until(() => scene.events.some(({ eventType }) => eventType === 'STREAM_AUDIT'))
    await scene.ingress.stop()
    await until(() => scene.events.at(-1)?.eventType === 'STREAM_END')
    const last = scene.events.at(-1)
    expect(last?.data).toEqual({ lastSequence: last?.sequence })
    const audits = scene.events.filter(
      (event): event is GameEventOf<'STREAM_AUDIT'> => event.eventType === 'STREAM_AUDIT',
    )
    for (const { data } of audits) {
      const audited = scene.events.filter(({ sequence }) => sequence >= data.from && sequence <= data.to)
      expect(data.digest).toBe(rangeDigest(audited.map(eventDigest)))
      expect(Object.values(data.counts).reduce((a, b) => a + b)).toBe(data.to - data.from + 1)
    }
    expect(audits.reduce((sum, { data }) => sum + data.to - data.from + 1, 0)).toBeGreaterThanOrEqual(
      scene.ofServer(1).length,
    )
  })

  it('takes lines for another server from a relay that knows the key, and from no other', async () => {
    const [row] = await scene.database.query<{ value: string }>(
      "SELECT value FROM hlstats_Options WHERE keyname = 'Proxy_Key'",
    )
    const [line] = stamped(['"Al<2><STEAM_1:0:111><CT>" say "hi"'])
    const envelope = (key: string) =>
      Buffer.concat([Buffer.from(`PROXY Key=${key} 10.9.9.9:27016PROXY `), goldSrcPacket(line ?? '')])
    await scene.send(envelope('guessed'))
    await scene.send(envelope(row?.value ?? ''))
    await until(() => scene.ofServer(2).length === 2)
    expect(scene.ofServer(2).map(({ eventType }) => eventType)).toEqual(['PLAYER_SEEN', 'CHAT_MESSAGE'])
    expect(await scene.dropped('proxyKey')).toBe(1)
  })

  it('counts what it cannot take, by reason, and goes on', async () => {
    const stranger = await udpSender()
    await stranger.send(goldSrcPacket(stamped(['"x<1><BOT><CT>" say "hi"'])[0] ?? ''), scene.ingress.udpPort)
    stranger.close()
    await scene.send(Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 1, 2, 3]))
    await scene.send(goldSrcPacket('L 13/45/2026 - 99:00:00: World triggered "Round_Start"'))
    // Whoever sets his clock like this must not stop the services: their tables end in 2038.
    for (const year of ['1969', '2040', '9999'])
      await scene.send(goldSrcPacket(`L 12/31/${year} - 23:59:59: "${AL}" say "hi"`))
    await scene.send(goldSrcPacket(`L 01/02/2026 - 10:00:00: "${AL}" say "${'x'.repeat(64_000)}"`))
    await scene.send(goldSrcPacket(stamped([`"${AL}" say "still here"`])[0] ?? ''))
    await until(() => scene.ofServer(1).length === 2)
    expect(await scene.dropped('unknownServer')).toBe(1)
    expect(await scene.dropped('malformed')).toBe(5)
    expect(await scene.dropped('oversize')).toBe(1)
    expect(scene.ingress.strangers.list()).toMatchObject([
      { address: `127.0.0.1:${stranger.port}`, count: 1 },
    ])
    expect(await scene.ingress.metrics.value('hlstats_ingress_datagrams_received_total')).toBe(8)
  })

  it('names the remedy when its port is taken', async () => {
    const second = scene.start({
      INGRESS_UDP_PORT: String(scene.ingress.udpPort),
      INGRESS_JOURNAL_DIR: join(scene.folder, 'another'),
    })
    await expect(second).rejects.toMatchObject({
      code: 'SERVICE_PORT',
      message: expect.stringMatching(/is taken.*INGRESS_UDP_PORT/),
    })
  })
})
