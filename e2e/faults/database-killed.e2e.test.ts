import { expect, it } from 'vitest'
import type { FaultScene } from './fault-scene.ts'
import { atLength } from './length.ts'
import { sceneOfTest } from './scene-of-test.ts'

let scene: FaultScene

it('totals stay exact when the database is killed and started again', async () => {
  scene = await sceneOfTest({ seed: 3, own: ['database'] })
  for (let kill = 0; kill < atLength(2, 10); kill++) {
    await scene.progress('player')
    await scene.databaseServer.kill()
    await scene.load.more(atLength(300, 3_000))
    await scene.databaseServer.start()
  }
  await scene.load.more(atLength(300, 3_000))
  await scene.end()
  expect(await scene.differences()).toEqual([])
})
