import { Chance } from '@hlstats/testkit'
import { expect, it } from 'vitest'
import type { FaultScene } from './fault-scene.ts'
import { killBeforeAck } from './kills.ts'
import { atLength } from './length.ts'
import { sceneOfTest } from './scene-of-test.ts'

let scene: FaultScene

const KILLS = atLength(18, 100)

it('totals stay exact when consumers are killed again and again at random moments', async () => {
  scene = await sceneOfTest({ seed: 6 })
  const chance = new Chance(6)
  const lives = scene.system.consumers.map(async (process) => {
    for (let kill = 0; kill < KILLS / scene.system.consumers.length; kill++) {
      // Somewhere in the start, while it waits for its partitions, or in a batch.
      await scene.load.more(1 + chance.below(atLength(100, 1_000)))
      await process.kill()
      process.start()
      if (chance.below(2) === 0) await process.ready()
    }
  })
  await Promise.all(lives)
  await Promise.all(scene.system.consumers.map((process) => process.ready()))
  await scene.end()
  expect(await scene.differences()).toEqual([])
})

it('totals stay exact when consumers are killed between COMMIT and ack', async () => {
  scene = await sceneOfTest({ seed: 7 })
  for (let kill = 0; kill < atLength(1, 20); kill++) {
    for (const name of ['player', 'weapon', 'match'] as const) {
      const process = await scene.active(name)
      const others = scene.system.replicas(name)
      await killBeforeAck(scene, process)
      await scene.restart(process)
      await scene.progress(name)
      // What was committed came again, and was inside already.
      expect(await scene.sum(others, 'hlstats_records_skipped_total')).toBeGreaterThan(0)
    }
  }
  await scene.end()
  expect(await scene.differences()).toEqual([])
})
