import { type ServiceProcess, until } from '@hlstats/testkit'
import { expect, it } from 'vitest'
import type { FaultScene } from './fault-scene.ts'
import { atLength } from './length.ts'
import { sceneOfTest } from './scene-of-test.ts'

let scene: FaultScene

const CONSUMERS = ['player', 'weapon', 'match'] as const

async function stop(process: ServiceProcess): Promise<void> {
  if (!(await process.stop()))
    throw new Error(`${process.name} did not stop in good order:\n${process.output}`)
}

it('totals stay exact over a rolling restart of all services, to more replicas and to fewer', async () => {
  scene = await sceneOfTest({ seed: 17 })
  const { system, load } = scene
  const stays = system.consumers
  for (let round = 0; round < atLength(1, 5); round++) {
    for (const process of [...stays, system.service('shadow-consumer')]) {
      await stop(process)
      await scene.restart(process)
    }
    const more = await Promise.all(CONSUMERS.map((name) => system.addReplica(name)))
    await load.more(300)
    await load.pause()
    await stop(system.ingress)
    await scene.restart(system.ingress)
    await load.start()
    // Those that were there before leave; what they had comes to the new ones.
    for (const process of stays) await stop(process)
    for (const process of more) {
      const before = await scene.handled(process)
      await until(async () => (await scene.handled(process)) > before, {
        timeoutMs: 60_000,
        what: `the new ${process.name}`,
      })
    }
    for (const process of stays) await scene.restart(process)
    for (const process of more) await stop(process)
  }
  await scene.end()
  expect(await scene.differences()).toEqual([])
})
