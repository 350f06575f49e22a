import { rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { goldSrcPacket, until } from '@hlstats/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { stamped } from './play-log-of-test.ts'
import { postLog } from './post-log-of-test.ts'
import { giveKey, register, sayLine, sceneOfTests } from './scene-of-test.ts'
import { expectedEvents, MATCH, said } from './short-match-of-test.ts'

const TOKEN = 'a-token-of-24-characters'

const scene = sceneOfTests()

beforeAll(async () => {
  await register(scene.database, 1, 27_015, '10.9.9.9')
  await register(scene.database, 2, 27_016, '127.0.0.1')
  await giveKey(scene.database, 1, 'httpToken', TOKEN)
})

const url = (path: string) => `http://127.0.0.1:${scene.ingress.logHttpPort}${path}`
const says = (text: string) => `${sayLine(text)}\n`
const refusals = (reason: string) =>
  scene.ingress.metrics.value('hlstats_ingress_http_refused_total', { reason })
const bodies = (outcome: string) =>
  scene.ingress.metrics.value('hlstats_ingress_http_bodies_total', { outcome })

describe('a game server that posts its log', () => {
  it('is read as if it came by UDP, in bodies of any size', async () => {
    await scene.start()
    const log = stamped(MATCH).map((text) => `${text}\n`)
    let begin = 0
    for (const lines of [log.slice(0, 1), log.slice(1, 9), log.slice(9)]) {
      const body = lines.join('')
      expect(await postLog(url(`/${TOKEN}`), body, { begin })).toMatchObject({ status: 200 })
      begin += body.length
    }
    const expected = await expectedEvents(scene.database, stamped(MATCH))
    await until(() => scene.ofServer(1).length >= expected.length)
    expect(scene.ofServer(1).map(said)).toEqual(expected)
    expect(await scene.ingress.metrics.value('hlstats_ingress_http_bytes_total', { kind: 'new' })).toBe(begin)
  })

  it('counts once when it was not answered and posts the same again, also to the next life of ingress', async () => {
    await scene.start()
    const [one, two, three] = [says('one'), says('two'), says('three')]
    await postLog(url(`/${TOKEN}`), one, { begin: 0 })
    await postLog(url(`/${TOKEN}`), one, { begin: 0 })
    await postLog(url(`/${TOKEN}`), one + two, { begin: 0 })
    await scene.ingress.stop()
    await scene.start()
    await postLog(url(`/${TOKEN}`), one + two + three, { begin: 0 })
    await until(() => scene.chat().length >= 3)
    expect(scene.chat()).toEqual(['1 one', '1 two', '1 three'])
    expect(await scene.ingress.metrics.value('hlstats_ingress_http_bytes_total', { kind: 'repeated' })).toBe(
      (one + two).length,
    )
  })

  it('counts once when the same body comes several times at the same moment', async () => {
    await scene.start()
    const body = `${says('hi')}`
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => postLog(url(`/${TOKEN}`), body, { begin: 0 })),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    await until(() => scene.chat().length > 0)
    expect([await bodies('taken'), await bodies('repeated'), scene.chat()]).toEqual([1, 9, ['1 hi']])
  })

  it('goes on where a stop of ingress cut its body off, and its stream ends behind what was taken', async () => {
    await scene.start()
    const log = Array.from({ length: 3_000 }, (_, index) => says(`line ${index}`)).join('')
    const cutOff = postLog(url(`/${TOKEN}`), log, { begin: 0 }).catch(() => undefined)
    await until(
      async () =>
        ((await scene.ingress.metrics.value('hlstats_dual_published_total', { side: 'queue' })) ?? 0) > 0,
      { everyMs: 1 },
    )
    await scene.ingress.stop()
    await cutOff
    await scene.start()
    expect(await postLog(url(`/${TOKEN}`), log, { begin: 0 })).toMatchObject({ status: 200 })
    await until(() => scene.chat().length >= 3_000)
    expect(scene.chat()).toEqual(Array.from({ length: 3_000 }, (_, index) => `1 line ${index}`))
    const firstLife = scene.events.filter(({ stream }) => stream === scene.events[0]?.stream)
    expect(firstLife.at(-1)?.eventType).toBe('STREAM_END')
  })

  it('is answered when its lines are in the journal', async () => {
    await scene.start({ AMQP_URL: 'amqp://127.0.0.1:9' })
    const log = Array.from({ length: 1_200 }, (_, index) => says(`line ${index}`)).join('')
    expect(await postLog(url(`/${TOKEN}`), log, { begin: 0 })).toMatchObject({ status: 200 })
    expect(
      await scene.ingress.metrics.value('hlstats_dual_published_total', { side: 'queue' }),
    ).toBeGreaterThanOrEqual(1_200)
    expect(await scene.ingress.metrics.value('hlstats_ingress_unwritten')).toBe(0)
    // No record is much larger than a message should be.
    expect(await scene.ingress.metrics.value('hlstats_journal_waiting_records')).toBeGreaterThanOrEqual(12)
  })

  it('is read again as if for the first time when the disk refused it', async () => {
    const before = `${stamped(['World triggered "Round_Start"'])[0]}\n`
    const win = `${stamped(['Team "CT" triggered "CTs_Win" (CT "1") (T "0")'])[0]}\n`
    await scene.start()
    expect(await postLog(url(`/${TOKEN}`), before, { begin: 0 })).toMatchObject({ status: 200 })
    await until(() => scene.ofServer(1).some(({ eventType }) => eventType === 'ROUND_START'))
    await scene.ingress.stop()
    // A file where the folder of the partition should be.
    const partition = join(scene.folder, 'journal', 'p1')
    rmSync(partition, { recursive: true })
    writeFileSync(partition, '')
    await scene.start()
    const post = () => postLog(url(`/${TOKEN}`), win, { begin: before.length })
    expect(await post()).toMatchObject({ status: 503 })
    expect(await refusals('journalWrite')).toBe(1)
    rmSync(partition)
    expect(await post()).toMatchObject({ status: 200 })
    await until(() => scene.ofServer(1).some(({ eventType }) => eventType === 'ROUND_END'))
    expect(scene.ofServer(1).filter(({ eventType }) => eventType === 'ROUND_END')).toMatchObject([
      { data: { winner: 'CT' } },
    ])
  })

  it('is asked to come again while the journal is full, and nothing of it is taken', async () => {
    await scene.start({ AMQP_URL: 'amqp://127.0.0.1:9', INGRESS_JOURNAL_MAX_BYTES: '1048576' })
    let begin = 0
    const refused = await until(async () => {
      const body = Array.from({ length: 400 }, (_, index) =>
        says(`${begin} ${index} ${'x'.repeat(100)}`),
      ).join('')
      const answer = await postLog(url(`/${TOKEN}`), body, { begin })
      begin += body.length
      return answer.status === 200 ? undefined : answer
    })
    expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '1' } })
    expect(await refusals('journalFull')).toBe(1)
    expect(await scene.dropped('journalFull')).toBe(0)
  })
})

describe('a game server that floods', () => {
  it('is asked to come again with its posts, loses its datagrams, and leaves the others alone', async () => {
    await scene.start({ INGRESS_LINES_PER_SECOND: '1000' })
    await scene.database.execute('DELETE FROM hlstats_Servers WHERE serverId = 3')
    await register(scene.database, 3, scene.server.port)
    // So many that the limit is passed also where parsing takes seconds.
    const flood = Array.from({ length: 8_000 }, (_, index) => says(`${index}`)).join('')
    expect((await postLog(url(`/${TOKEN}`), flood, { begin: 0 })).status).toBe(503)
    expect(await refusals('rateLimit')).toBe(1)
    await until(async () => {
      await scene.send(goldSrcPacket(says('from the other')))
      return scene.chat().includes('3 from the other')
    })
    await scene.send(Buffer.from('x\n'.repeat(2_001)))
    await until(async () => (await scene.dropped('rateLimit')) === 1)
    // What was taken before the refusal is not taken again.
    await until(async () => (await postLog(url(`/${TOKEN}`), flood, { begin: 0 })).status === 200)
    await until(() => scene.chat().filter((text) => text.startsWith('1 ')).length >= 8_000)
    expect(scene.chat().filter((text) => text.startsWith('1 '))).toEqual(
      Array.from({ length: 8_000 }, (_, index) => `1 ${index}`),
    )
  })
})

describe('who posts', () => {
  it('is known by the token in the path or in the query, and by nothing else unless asked for', async () => {
    await scene.start()
    const post = (path: string, headers = {}) => postLog(url(path), says('hi'), { begin: undefined, headers })
    expect(await post('/')).toMatchObject({ status: 401 })
    expect(await post('/wrong')).toMatchObject({ status: 401 })
    expect(await post('/?token=wrong')).toMatchObject({ status: 401 })
    expect(await post('/', { 'x-server-addr': '10.0.0.5:27016' })).toMatchObject({ status: 401 })
    expect(await scene.dropped('httpToken')).toBe(4)
    expect(scene.ingress.strangers.list()).toMatchObject([
      { address: '127.0.0.1:27016', by: 'post', count: 1 },
      { address: '127.0.0.1:27015', by: 'post', count: 1 },
    ])
    expect(await post(`/?token=${TOKEN}`)).toMatchObject({ status: 200 })
    await until(() => scene.chat().length === 1)
  })

  it('can be known by where it posts from, with the port that it names', async () => {
    await scene.start({ INGRESS_LOG_HTTP_KNOWN_BY: 'source' })
    const post = (address: string) =>
      postLog(url('/'), says('hi'), { begin: undefined, headers: { 'x-server-addr': address } })
    expect(await post('0.0.0.0:27016')).toMatchObject({ status: 200 })
    expect(await post('10.9.9.9:27015')).toMatchObject({ status: 401 })
    await until(() => scene.chat().length === 1)
    expect(scene.chat()).toEqual(['2 hi'])
  })

  it('can be known by what it says it is, but not where the server has a token', async () => {
    await scene.start({ INGRESS_LOG_HTTP_KNOWN_BY: 'header' })
    const post = (address: string) =>
      postLog(url('/'), says('hi'), { begin: undefined, headers: { 'x-server-addr': address } })
    expect(await post('127.0.0.1:27016')).toMatchObject({ status: 200 })
    expect(await post('10.9.9.9:27015')).toMatchObject({ status: 401 })
  })

  it('finds no metrics there', async () => {
    await scene.start()
    for (const path of ['/metrics', '/readyz', '/unknown-senders', '/']) {
      expect((await fetch(url(path))).status).toBe(404)
    }
  })
})

describe('a post that is none', () => {
  it('is refused when its body is too large or compressed, and the next one is read', async () => {
    await scene.start()
    const large = await postLog(url(`/${TOKEN}`), 'x'.repeat(1024 * 1024 + 1), { begin: 0 })
    expect(large.status).toBe(413)
    const gzip = gzipSync(says('packed')).subarray(0, 40)
    const packed = await fetch(url(`/${TOKEN}`), {
      method: 'POST',
      body: gzip,
      headers: { 'content-encoding': 'gzip' },
    })
    expect(packed.status).toBe(415)
    expect(await postLog(url(`/${TOKEN}`), says('hi'), { begin: 0 })).toMatchObject({ status: 200 })
    await until(() => scene.chat().length === 1)
    expect([await scene.dropped('oversize'), await scene.dropped('httpRequest')]).toEqual([1, 1])
  })

  it('is cut off when it never ends, and does not keep others out', async () => {
    await scene.start({ INGRESS_LOG_HTTP_REQUEST_MS: '300' })
    const slow = Array.from({ length: 80 }, () => {
      const socket = connect(scene.ingress.logHttpPort, '127.0.0.1')
      // Cut off by the other side in whatever state it is in.
      socket.on('error', () => undefined)
      socket.write(`POST /${TOKEN} HTTP/1.1\r\nhost: x\r\ncontent-length: 5000\r\n\r\n01/02`)
      socket.resume()
      return new Promise((resolve) => socket.on('close', resolve))
    })
    await Promise.all(slow)
    expect(await postLog(url(`/${TOKEN}`), says('hi'), { begin: 0 })).toMatchObject({ status: 200 })
    await until(() => scene.chat().length === 1)
    expect(await scene.dropped('httpRequest')).toBeGreaterThan(0)
  })

  it('of random bytes costs no line of others', async () => {
    await scene.start()
    let seed = 42
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed
    }
    for (let round = 0; round < 60; round++) {
      const bytes = Buffer.from(Array.from({ length: random() % 3_000 }, () => random() >> 8))
      const headers = {
        'x-logbytes-beginoffset': String(random() - 1_000_000),
        'x-logbytes-endoffset': 'NaN',
      }
      const { status } = await postLog(url(`/${TOKEN}`), bytes, {
        begin: random() % 2 ? random() : undefined,
        headers,
      })
      expect(status).toBe(200)
    }
    await postLog(url(`/${TOKEN}`), `\n${says('still here')}`, { begin: undefined })
    await until(() => scene.chat().includes('1 still here'))
  })
})
