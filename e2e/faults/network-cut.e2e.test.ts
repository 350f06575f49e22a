import { type Direction, until } from '@hlstats/testkit'
import { expect, it } from 'vitest'
import type { FaultScene, Wires } from './fault-scene.ts'
import { atLength } from './length.ts'
import { sceneOfTest } from './scene-of-test.ts'

let scene: FaultScene

const WAYS: readonly (readonly Direction[])[] = [['toServer'], ['toClient'], ['toServer', 'toClient']]
const CUTS = WAYS.flatMap((way) => [
  { way, heals: true },
  { way, heals: false },
])

async function cut(backend: keyof Wires, { way, heals }: (typeof CUTS)[number]): Promise<void> {
  const wires = scene.allWires.map((both) => both[backend])
  for (const wire of wires) wire.hold(...way)
  await scene.load.more(atLength(150, 1_500))
  for (const wire of wires) {
    if (!heals) wire.reset()
    wire.release()
  }
}

it.each(['broker', 'database'] as const)(
  'totals stay exact when the wires to the %s are cut silently, in one direction or both, and heal or are reset',
  async (backend) => {
    scene = await sceneOfTest({ seed: 10 })
    for (let round = 0; round < atLength(1, 10); round++) {
      for (const next of CUTS) {
        await scene.load.more(100)
        await cut(backend, next)
      }
    }
    await scene.end()
    expect(await scene.differences()).toEqual([])
  },
)

it('totals stay exact when the wires to the broker are silent until everybody has given them up', async () => {
  scene = await sceneOfTest({ seed: 11 })
  for (const { broker } of scene.allWires) broker.hold('toServer', 'toClient')
  await until(async () => (await scene.sum(scene.system.processes, 'hlstats_queue_connected')) === 0, {
    timeoutMs: 90_000,
    what: 'every process to miss its broker',
  })
  await scene.load.more(300)
  for (const { broker } of scene.allWires) broker.release()
  await scene.end()
  expect(await scene.differences()).toEqual([])
})
