import { workQueue } from '@hlstats/infrastructure'
import { Chance } from '@hlstats/testkit'
import { expect, it } from 'vitest'
import type { ConsumerName } from '../processes.ts'
import type { FaultScene } from './fault-scene.ts'
import { atLength } from './length.ts'
import { sceneOfTest } from './scene-of-test.ts'

let scene: FaultScene

const PARTITIONS = 8
const chance = new Chance(13)

/** Each message once more behind each later one, as after lost confirms. */
function repeated(bodies: readonly Buffer[]): Buffer[] {
  return bodies.flatMap((body, index) => (index === 0 ? [body] : [bodies[index - 1] ?? body, body, body]))
}

function shuffled(bodies: readonly Buffer[]): Buffer[] {
  return repeated(bodies)
    .map((body) => ({ body, at: chance.below(1_000_000) }))
    .sort((a, b) => a.at - b.at)
    .map(({ body }) => body)
}

async function inject(name: ConsumerName, change: (bodies: readonly Buffer[]) => Buffer[]): Promise<void> {
  const processes = scene.system.replicas(name)
  await Promise.all(processes.map((process) => process.kill()))
  await scene.load.more(600)
  await scene.standStill(() =>
    scene.withQueues(async (queues) => {
      for (let k = 0; k < PARTITIONS; k++) await queues.tamper(change, workQueue(name, k))
    }),
  )
  await Promise.all(processes.map((process) => scene.restart(process)))
}

it('totals stay exact when messages come again, and when they come in any order', async () => {
  scene = await sceneOfTest({ seed: 13 })
  for (let round = 0; round < atLength(1, 10); round++) {
    // Longest streaks show that the order of the player service was kept; weapon counts in any order.
    await inject('player', repeated)
    await inject('match', repeated)
    await inject('weapon', shuffled)
  }
  await scene.end()
  const filled = scene.sum(scene.system.replicas('weapon'), 'hlstats_records_filled_total')
  expect(await filled).toBeGreaterThan(0)
  expect(await scene.sum(scene.system.consumers, 'hlstats_records_skipped_total')).toBeGreaterThan(0)
  expect(await scene.differences()).toEqual([])
})
