import { workQueue } from '@hlstats/infrastructure'
import { Chance, type TamperedQueue, until } from '@hlstats/testkit'
import { expect, it } from 'vitest'
import type { ConsumerName } from '../processes.ts'
import type { FaultScene } from './fault-scene.ts'
import { atLength } from './length.ts'
import { sceneOfTest } from './scene-of-test.ts'

let scene: FaultScene

const PARTITIONS = 8
const REACH = 60
const chance = new Chance(13)

/** Each message once more behind each later one, as after lost confirms. */
function repeated(bodies: readonly Buffer[]): Buffer[] {
  return bodies.flatMap((body, index) => (index === 0 ? [body] : [bodies[index - 1] ?? body, body, body]))
}

/** In any order, but none behind more than a partition looks through for what is missing. */
function shuffled(bodies: readonly Buffer[]): Buffer[] {
  return repeated(bodies)
    .map((body, index) => ({ body, at: index + chance.below(REACH) }))
    .sort((a, b) => a.at - b.at)
    .map(({ body }) => body)
}

async function inject(name: ConsumerName): Promise<void> {
  const processes = scene.system.replicas(name)
  await Promise.all(processes.map((process) => process.kill()))
  await scene.load.more(600)
  await scene.standStill(() =>
    scene.withQueues(async (queues) => {
      for (let k = 0; k < PARTITIONS; k++) await queues.tamper(shuffled, workQueue(name, k))
    }),
  )
  await Promise.all(processes.map((process) => scene.restart(process)))
  // What is left would be repeated again in the next round: three times as much each time.
  await scene.withQueues(async (queues) => {
    await until(async () => (await waiting(queues, name)) < REACH, {
      timeoutMs: 180_000,
      what: `${name} to catch up`,
    })
  })
}

async function waiting(queues: TamperedQueue, name: ConsumerName): Promise<number> {
  let sum = 0
  for (let k = 0; k < PARTITIONS; k++) sum += await queues.waiting(workQueue(name, k))
  return sum
}

it('totals stay exact when messages come again, and when they come in disorder', async () => {
  scene = await sceneOfTest({ seed: 13 })
  for (let round = 0; round < atLength(1, 10); round++) {
    // Longest streaks and rounds show that order was kept.
    await inject('player')
    await inject('match')
    await inject('weapon')
  }
  await scene.end()
  expect(await scene.sum(scene.system.consumers, 'hlstats_missing_records_waits_total')).toBeGreaterThan(0)
  expect(await scene.sum(scene.system.consumers, 'hlstats_stream_gaps_total')).toBe(0)
  expect(await scene.sum(scene.system.consumers, 'hlstats_records_skipped_total')).toBeGreaterThan(0)
  expect(await scene.differences()).toEqual([])
})
