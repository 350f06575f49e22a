import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Chance, type ServiceProcess } from '@hlstats/testkit'
import { FaultScene } from '../faults/fault-scene.ts'
import { FAULTS, type Fault } from './fault-menu.ts'
import { type Held, hasGrown, residentBytes } from './memory.ts'

interface Soak {
  readonly seed: number
  readonly minutes: number
  readonly struck: ReadonlyMap<string, number>
  readonly lines: number
  readonly held: readonly Held[]
  readonly differences: readonly string[]
}

// The first part warms up and takes every fault; after it only processes whose memory is not watched are ended.
const WARM_UP_PART = 0.3

async function soak(seed: number, minutes: number): Promise<Soak> {
  const chance = new Chance(seed)
  const scene = await FaultScene.open({ seed, own: ['broker', 'database'], replicas: 2, ackWithinMs: 30_000 })
  try {
    const startedAt = performance.now()
    const at = () => (performance.now() - startedAt) / 60_000
    const struck = new Map<string, number>()
    const watched = watchedProcesses(scene)
    let warm: ReadonlyMap<string, number> | undefined
    while (at() < minutes) {
      if (warm === undefined && at() > minutes * WARM_UP_PART) warm = await residentBytes(watched)
      const fault = nextFault(chance, struck, warm !== undefined)
      say(`${at().toFixed(1)} min: ${fault.name}, ${scene.load.lines} lines sent`)
      await fault.strike(scene, chance)
      struck.set(fault.name, (struck.get(fault.name) ?? 0) + 1)
      await delay(500 + chance.below(4_000))
    }
    await Promise.all(scene.system.processes.map((process) => process.ready(90_000)))
    const last = await residentBytes(watched)
    const held = [...last].map(([process, bytes]) => ({
      process,
      warm: warm?.get(process) ?? 0,
      last: bytes,
    }))
    await scene.end()
    return {
      seed,
      minutes: at(),
      struck,
      lines: scene.load.lines,
      held,
      differences: await scene.differences(),
    }
  } finally {
    await scene.close()
  }
}

function watchedProcesses({ system }: FaultScene): ReadonlyMap<string, ServiceProcess> {
  return new Map(
    system.processes.filter((process) => system.isFirst(process)).map((process) => [process.name, process]),
  )
}

/** At random, but none a second time while another was not had at all. */
function nextFault(chance: Chance, struck: ReadonlyMap<string, number>, isMeasured: boolean): Fault {
  const possible = FAULTS.filter(({ endsAny }) => endsAny !== true || !isMeasured)
  const fresh = possible.filter(({ name }) => !struck.has(name))
  return chance.pick(fresh.length > 0 ? fresh : possible)
}

function report({ seed, minutes, struck, lines, held, differences }: Soak): boolean {
  const grown = held.filter(hasGrown)
  say(`\nsoak of ${minutes.toFixed(1)} minutes, seed ${seed}: ${lines} lines of 20 game servers`)
  say('\nfault                                     times')
  for (const [name, times] of struck) say(`${name.padEnd(40)}  ${String(times).padStart(5)}`)
  say('\nmemory (MiB)          warm     end')
  for (const { process, warm, last } of held)
    say(
      `${process.padEnd(18)} ${mebibytes(warm)} ${mebibytes(last)}${grown.some((row) => row.process === process) ? '  grown' : ''}`,
    )
  say(`\ntotals, positions, holes, parked events, shadow: ${differences.length === 0 ? 'exact' : 'WRONG'}`)
  for (const line of differences) say(`  ${line}`)
  return differences.length === 0 && grown.length === 0
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1).padStart(7)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '15' }, seed: { type: 'string', default: '1' } },
})
const [minutes, seed] = [Number(values.minutes), Number(values.seed)]
if (!(minutes > 0) || !Number.isSafeInteger(seed) || seed < 1) {
  say(`usage: npm run soak -- --minutes 15 --seed 1 (given: ${values.minutes} minutes, seed ${values.seed})`)
  process.exitCode = 2
} else {
  process.exitCode = report(await soak(seed, minutes)) ? 0 : 1
}
