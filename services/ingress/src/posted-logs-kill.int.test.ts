import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { until } from '@hlstats/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { stamped } from './play-log-of-test.ts'
import { postLog } from './post-log-of-test.ts'
import { giveKey, register, sceneOfTests } from './scene-of-test.ts'

const TOKEN = 'a-token-of-24-characters'
// How much is written when the process dies: nothing, the intent, some slices, all.
const KILLED_AT_BYTES = [0, 1, 20_000, 300_000, 500_000]
const LINES = 900

const scene = sceneOfTests()

beforeAll(async () => {
  await register(scene.database, 1, 27_015, '10.9.9.9')
  await giveKey(scene.database, 1, 'httpToken', TOKEN)
})

/** What is on the disk of state and journal. */
function writtenBytes(): number {
  const names = readdirSync(scene.folder, { recursive: true, encoding: 'utf8' })
  const sizes = names.map((name) => statSync(join(scene.folder, name), { throwIfNoEntry: false })?.size ?? 0)
  return sizes.reduce((sum, size) => sum + size, 0)
}

describe('a posted log', () => {
  it('counts each line once when ingress is killed at any moment between its arrival and the answer', async () => {
    const { ingress, logHttpPort } = await scene.process()
    const url = `http://127.0.0.1:${logHttpPort}/${TOKEN}`
    const expected: string[] = []
    let [log, answered] = ['', 0]
    for (const [round, killedAtBytes] of KILLED_AT_BYTES.entries()) {
      ingress.start()
      await ingress.ready()
      const texts = Array.from({ length: LINES }, (_, index) => `${round}/${index}`)
      expected.push(...texts.map((text) => `1 ${text}`))
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
    await until(() => scene.chat().length >= expected.length, { timeoutMs: 30_000 })
    expect(scene.chat()).toEqual(expected)
  }, 180_000)
})
