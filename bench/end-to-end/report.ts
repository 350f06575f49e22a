import type { ProcessFigures } from './figures.ts'
import type { KillFigures } from './kill-bench.ts'
import type { LogFigures } from './log-bench.ts'

const MOST_DIFFERENCES = 20

/** For people. */
export function printKills(figures: KillFigures): void {
  const { kills, committedAfterMs, atRate, wrong } = figures
  console.log(
    `${number(kills)} kills: ${number(figures.killsPerSecond)} a second from datagram to the last COMMIT`,
  )
  console.log(
    `ingress took ${number(figures.takenPerSecond)} a second; the kernel dropped ${figures.droppedByKernel}`,
  )
  console.log(`statements per event, all services together: ${figures.statementsPerEvent.toFixed(4)}`)
  for (const [name, ms] of Object.entries(committedAfterMs)) {
    console.log(`${name.padEnd(8)} committed all after ${(ms / 1_000).toFixed(2)} s`)
  }
  printProcesses(figures.processes)
  if (atRate !== undefined) {
    console.log('at the asked rate:')
    printProcesses(atRate.processes)
  }
  for (const [name, { p50Ms, p99Ms }] of Object.entries(atRate?.age ?? {})) {
    console.log(
      `${name.padEnd(8)} age at the asked rate: p50 ${p50Ms.toFixed(0)} ms, p99 ${p99Ms.toFixed(0)} ms`,
    )
  }
  console.log(wrong.length === 0 ? 'totals: exact' : `totals: ${wrong.length} WRONG`)
  for (const difference of wrong.slice(0, MOST_DIFFERENCES)) console.log(`  ${difference}`)
}

export function printLog(figures: LogFigures): void {
  const { path, lines, events, linesPerSecond, droppedByKernel } = figures
  console.log(`${path}: ${number(lines)} lines, ${number(events)} events`)
  console.log(
    `${number(linesPerSecond)} lines a second from datagram to the last COMMIT; dropped ${droppedByKernel}`,
  )
  printProcesses(figures.processes)
}

function printProcesses(processes: Readonly<Record<string, ProcessFigures>>): void {
  console.log('process     cpu ms per 1,000   peak MB   statements per event   events per batch')
  for (const [name, figures] of Object.entries(processes)) {
    const { cpuMsPerThousand, peakMegabytes, statementsPerEvent, eventsPerBatch } = figures
    console.log(
      name.padEnd(10),
      cpuMsPerThousand.toFixed(1).padStart(17),
      peakMegabytes.toFixed(0).padStart(9),
      (statementsPerEvent === 0 ? '' : statementsPerEvent.toFixed(4)).padStart(22),
      (eventsPerBatch === 0 ? '' : eventsPerBatch.toFixed(0)).padStart(18),
    )
  }
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en')
}
