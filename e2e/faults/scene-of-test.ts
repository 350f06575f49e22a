import { onTestFinished } from 'vitest'
import { FaultScene, type SceneOptions } from './fault-scene.ts'

/** A scene that goes with the test. */
export async function sceneOfTest(options: SceneOptions): Promise<FaultScene> {
  const scene = await FaultScene.open(options)
  onTestFinished(() => scene.close(), 60_000)
  return scene
}
