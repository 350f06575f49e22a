import { decodeMessage } from '@hlstats/events'
import { workQueue } from '@hlstats/infrastructure'
import { until } from '@hlstats/testkit'
import { expect, it } from 'vitest'
import { committedPositions } from '../positions.ts'
import type { FaultScene, HoleRow } from './fault-scene.ts'
import { atLength } from './length.ts'
import { sceneOfTest } from './scene-of-test.ts'

let scene: FaultScene

const PARTITION = 3

async function weaponPosition(): Promise<number> {
  const positions = await committedPositions(scene.system.database)
  const own = positions.filter(({ service, partition }) => service === 'weapon' && partition === PARTITION)
  return Math.max(0, ...own.map(({ record }) => record))
}

it('a deleted work queue loses what it held, which is reported to the record, and nothing else', async () => {
  scene = await sceneOfTest({ seed: 14, ackWithinMs: 5_000 })
  const queue = workQueue('weapon', PARTITION)
  const ingress = scene.system.ingress
  await scene.withQueues(async (queues) => {
    const published = await queues.tap()
    await scene.load.more(600)
    await Promise.all(scene.system.replicas('weapon').map((process) => process.kill()))
    await scene.load.more(600)
    const last = await weaponPosition()
    await queues.delete(queue)
    await until(async () => (await ingress.metric('hlstats_publisher_sending')) === 0, {
      timeoutMs: 30_000,
      what: 'the publisher to hold',
    })
    // From here on everything waits in the journal.
    await scene.load.more(atLength(300, 3_000))
    const records = published
      .map((body) => ({ body, ...decodeMessage(body) }))
      .filter(({ partition }) => partition === PARTITION)
    const numbers = records.map((message) => message.records.map(({ record }) => record))
    const sent = Math.max(...numbers.flat())
    // What was under way when the queue was deleted may be refused, now or later, and sent again: then it is not lost.
    // Totals tell below that the hole is the truth either way.
    const underWay = numbers.find((message) => message.includes(sent)) ?? []
    const lastLost = [sent, Math.min(...underWay) - 1]
    await Promise.all(scene.system.replicas('weapon').map((process) => scene.restart(process)))
    await scene.end()

    const holes = (await scene.system.rows('hlstats_Stream_Holes')) as HoleRow[]
    expect(holes).toMatchObject([{ service: 'weapon', partition_no: PARTITION, from_record: last + 1 }])
    expect(lastLost).toContain(Number(holes[0]?.to_record))
    // Totals are those of the model without what was in the queue: with it, they are those of the model.
    const lost = records.filter((message) =>
      message.records.some(({ record }) => record > last && record <= Number(holes[0]?.to_record)),
    )
    await queues.send(
      queue,
      lost.map(({ body }) => body),
    )
    await until(async () => (await scene.system.rows('hlstats_Stream_Holes')).length === 0)
    expect(await scene.differences()).toEqual([])
  })
})
