import { until } from '@hlstats/testkit'
import { expect, it } from 'vitest'
import type { FaultScene } from './fault-scene.ts'
import { killBeforeConfirm } from './kills.ts'
import { atLength } from './length.ts'
import { sceneOfTest } from './scene-of-test.ts'

let scene: FaultScene

it('totals stay exact when ingress is killed, with everything received in its journal and some of it on its way', async () => {
  scene = await sceneOfTest({ seed: 5 })
  const ingress = scene.system.ingress
  for (let kill = 0; kill < atLength(2, 20); kill++) {
    await scene.load.more(300)
    await scene.load.pause()
    await ingress.kill()
    await scene.restart(ingress)
    await scene.load.start()
  }
  const skipped = () => scene.sum(scene.system.consumers, 'hlstats_records_skipped_total')
  for (let kill = 0; kill < atLength(1, 10); kill++) {
    const before = await skipped()
    await killBeforeConfirm(scene, 200)
    await scene.progress('player')
    await until(async () => (await skipped()) > before, {
      timeoutMs: 60_000,
      what: 'records that came twice to be skipped',
    })
  }
  await scene.end()
  expect(await scene.differences()).toEqual([])
})
