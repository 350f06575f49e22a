import { until } from '@hlstats/testkit'
import { expect, it } from 'vitest'
import { forceTwoActive } from './kills.ts'
import { atLength } from './length.ts'
import { sceneOfTest } from './scene-of-test.ts'

it('totals stay exact when two consumers of a service are active on the same messages', async () => {
  const scene = await sceneOfTest({ seed: 12 })
  await scene.progress('match')
  for (let round = 0; round < atLength(1, 10); round++) {
    for (const name of ['player', 'weapon', 'match'] as const) {
      const skipped = () => scene.sum(scene.system.replicas(name), 'hlstats_records_skipped_total')
      const before = await skipped()
      const [, old] = await forceTwoActive(scene, name)
      await until(async () => (await skipped()) > before, {
        timeoutMs: 60_000,
        what: `one of both to find that the other was first`,
      })
      await scene.progress(name)
      if (old !== undefined) scene.wires(old).broker.reset()
    }
  }
  await scene.end()
  expect(await scene.differences()).toEqual([])
})
