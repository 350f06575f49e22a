import { expect, it } from 'vitest'
import type { FaultScene } from './fault-scene.ts'
import { forceDeadlock } from './kills.ts'
import { atLength } from './length.ts'
import { sceneOfTest } from './scene-of-test.ts'

let scene: FaultScene

it('totals stay exact when other writers force the services into deadlocks', async () => {
  scene = await sceneOfTest({ seed: 9 })
  await scene.load.more(300)
  for (let round = 0; round < atLength(3, 30); round++) {
    for (const name of ['player', 'weapon', 'match'] as const) await forceDeadlock(scene, name)
  }
  await scene.end()
  expect(await scene.differences()).toEqual([])
})
