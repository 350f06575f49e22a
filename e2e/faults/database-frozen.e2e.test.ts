import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { FaultScene } from './fault-scene.ts'
import { atLength } from './length.ts'
import { sceneOfTest } from './scene-of-test.ts'

let scene: FaultScene

const FROZEN_MS = 20_000

it('totals stay exact when the database is frozen for 20 seconds', async () => {
  scene = await sceneOfTest({ seed: 4, own: ['database'] })
  for (let freeze = 0; freeze < atLength(1, 5); freeze++) {
    await scene.progress('player')
    await scene.databaseServer.kill('SIGSTOP')
    await delay(FROZEN_MS)
    await scene.databaseServer.kill('SIGCONT')
    await scene.progress('player')
  }
  await scene.end()
  expect(await scene.differences()).toEqual([])
})
