import { workQueue } from '@hlstats/infrastructure'
import { until } from '@hlstats/testkit'
import { expect, it } from 'vitest'
import type { FaultScene } from './fault-scene.ts'
import { atLength } from './length.ts'
import { sceneOfTest } from './scene-of-test.ts'

let scene: FaultScene

const PARTITIONS = 8

interface Envelope {
  version: string
  records: { events: { version: string; data: Record<string, unknown> }[] }[]
}

/** As another build of the same major version writes it: without what was added since, with what we do not know yet. */
function ofNeighbour(body: Buffer): Buffer {
  const message = JSON.parse(body.toString()) as Envelope
  message.version = '1.7'
  for (const event of message.records.flatMap(({ events }) => events)) {
    event.version = '1.7'
    for (const added of [
      'penetrated',
      'throughSmoke',
      'noScope',
      'attackerBlind',
      'killerPosition',
      'victimPosition',
    ])
      delete event.data[added]
    event.data.laterAddition = true
  }
  return Buffer.from(JSON.stringify(message))
}

function ofAncestor(body: Buffer): Buffer {
  return Buffer.from(JSON.stringify({ ...(JSON.parse(body.toString()) as Envelope), version: '0.9' }))
}

it('totals stay exact with messages of another build in the queue; those of a foreign version are parked whole', async () => {
  scene = await sceneOfTest({ seed: 16 })
  const players = scene.system.replicas('player')
  await Promise.all(players.map((process) => process.kill()))
  await scene.load.more(atLength(900, 9_000))
  const originals: { partition: number; body: Buffer }[] = []
  await scene.standStill(() =>
    scene.withQueues(async (queues) => {
      for (let partition = 0; partition < PARTITIONS; partition++) {
        await queues.tamper(
          (bodies) =>
            bodies.map((body, index) => {
              if (index !== 1) return ofNeighbour(body)
              originals.push({ partition, body })
              return ofAncestor(body)
            }),
          workQueue('player', partition),
        )
      }
    }),
  )
  await Promise.all(players.map((process) => scene.restart(process)))
  await until(async () => (await scene.system.rows('hlstats_Parked')).length === originals.length, {
    timeoutMs: 60_000,
    what: 'the foreign messages to be parked',
  })
  expect(originals.length).toBeGreaterThan(0)
  await scene.load.more(300)
  await scene.withQueues(async (queues) => {
    for (const { partition, body } of originals) await queues.send(workQueue('player', partition), [body])
  })
  await scene.end()
  await until(async () => (await scene.system.rows('hlstats_Stream_Holes')).length === 0, {
    timeoutMs: 30_000,
  })
  expect(await scene.differences({ parked: originals.length, outOfOrder: true })).toEqual([])
})
