import { expect, it } from 'vitest'
import type { FaultScene } from './fault-scene.ts'
import { atLength } from './length.ts'
import { sceneOfTest } from './scene-of-test.ts'

let scene: FaultScene

it('totals stay exact when the broker is killed and started again', async () => {
  scene = await sceneOfTest({ seed: 2, own: ['broker'], ackWithinMs: 10_000 })
  for (let kill = 0; kill < atLength(2, 10); kill++) {
    await scene.load.more(atLength(300, 3_000))
    await scene.broker.kill()
    await scene.load.more(atLength(300, 3_000))
    await scene.broker.start()
  }
  await scene.load.more(atLength(300, 3_000))
  await scene.end()
  expect(await scene.differences()).toEqual([])
})
