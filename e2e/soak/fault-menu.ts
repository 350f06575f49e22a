import { setTimeout as delay } from 'node:timers/promises'
import type { Chance, Direction, ServiceProcess } from '@hlstats/testkit'
import type { FaultScene } from '../faults/fault-scene.ts'
import {
  forceDeadlock,
  forceTwoActive,
  freezeInTransaction,
  killBeforeAck,
  killBeforeConfirm,
} from '../faults/kills.ts'

/** One kind of fault: everything is whole again when it resolves, or is on its way to be. */
export interface Fault {
  readonly name: string
  readonly strike: (scene: FaultScene, chance: Chance) => Promise<void>
  /** It takes processes whose memory is measured. */
  readonly endsAny?: boolean
}

const NAMES = ['player', 'weapon', 'match'] as const
const WAYS: readonly (readonly Direction[])[] = [['toServer'], ['toClient'], ['toServer', 'toClient']]

/** The processes that may be killed at any time; the others are those whose memory is watched. */
function expendable(scene: FaultScene, chance: Chance): ServiceProcess {
  const processes = scene.system.consumers.filter((process) => !scene.system.isFirst(process))
  return chance.pick(processes)
}

async function cut(scene: FaultScene, chance: Chance, backend: 'broker' | 'database'): Promise<void> {
  const wires = scene.allWires.map((both) => both[backend])
  const way = chance.pick(WAYS)
  const isReset = chance.below(2) === 0
  for (const wire of wires) wire.hold(...way)
  await delay(500 + chance.below(8_000))
  for (const wire of wires) {
    if (isReset) wire.reset()
    wire.release()
  }
}

/** Every fault that can come at any moment and takes nothing that is promised. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'consumer killed',
    strike: async (scene, chance) => {
      const process = expendable(scene, chance)
      await process.kill()
      await delay(chance.below(3_000))
      await scene.restart(process)
    },
  },
  {
    name: 'consumer killed between COMMIT and ack',
    endsAny: true,
    strike: async (scene, chance) => {
      const process = await scene.active(chance.pick(NAMES))
      await killBeforeAck(scene, process)
      await scene.restart(process)
    },
  },
  {
    name: 'consumer frozen in its transaction',
    strike: async (scene, chance) => {
      const process = await freezeInTransaction(scene)
      await delay(5_000 + chance.below(30_000))
      await process.kill('SIGCONT')
    },
  },
  {
    name: 'consumer stopped and started',
    strike: async (scene, chance) => {
      const process = expendable(scene, chance)
      await process.stop()
      await scene.restart(process)
    },
  },
  {
    name: 'two consumers active',
    strike: async (scene, chance) => {
      const [, old] = await forceTwoActive(scene, chance.pick(NAMES))
      if (old !== undefined) scene.wires(old).broker.reset()
    },
  },
  { name: 'deadlock', strike: (scene, chance) => forceDeadlock(scene, chance.pick(NAMES)) },
  {
    name: 'ingress killed before its confirms',
    endsAny: true,
    strike: (scene) => killBeforeConfirm(scene, 200),
  },
  {
    name: 'broker killed',
    strike: async (scene, chance) => {
      await scene.broker.kill()
      await delay(chance.below(5_000))
      await scene.broker.start()
    },
  },
  {
    name: 'database killed',
    strike: async (scene, chance) => {
      await scene.databaseServer.kill()
      await delay(chance.below(5_000))
      await scene.databaseServer.start()
    },
  },
  {
    name: 'database frozen',
    strike: async (scene, chance) => {
      await scene.databaseServer.kill('SIGSTOP')
      await delay(1_000 + chance.below(20_000))
      await scene.databaseServer.kill('SIGCONT')
    },
  },
  { name: 'wires to the broker cut', strike: (scene, chance) => cut(scene, chance, 'broker') },
  { name: 'wires to the database cut', strike: (scene, chance) => cut(scene, chance, 'database') },
]
