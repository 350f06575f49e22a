import { until } from '@hlstats/testkit'
import { expect, it } from 'vitest'
import type { FaultScene } from './fault-scene.ts'
import { freezeInTransaction } from './kills.ts'
import { atLength } from './length.ts'
import { sceneOfTest } from './scene-of-test.ts'

let scene: FaultScene

it('totals stay exact when a consumer is frozen inside its transaction, passed by another, and woken', async () => {
  scene = await sceneOfTest({ seed: 8 })
  for (let freeze = 0; freeze < atLength(1, 5); freeze++) {
    await scene.progress('player')
    const frozen = await freezeInTransaction(scene)
    const other = scene.system.replicas('player').find((process) => process !== frozen)
    if (other === undefined) throw new Error('there is one replica only')
    const before = await scene.handled(other)
    await until(async () => (await scene.handled(other)) > before, {
      timeoutMs: 90_000,
      what: 'the other replica to go on',
    })
    await frozen.kill('SIGCONT')
    // What it wanted to finish was ended by the database.
    await until(async () => (await frozen.metric('hlstats_consumer_retries_total')) !== undefined, {
      timeoutMs: 30_000,
    })
  }
  await scene.load.more(300)
  await scene.end()
  expect(await scene.differences()).toEqual([])
})
