import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** What a process has used so far. */
export interface Usage {
  /** User and system time together. */
  readonly cpuMs: number
  readonly peakMegabytes: number
}

// Of every Linux that Node runs on.
const TICKS_PER_SECOND = 100

/** The process that listens on a local TCP port; undefined where this user may not see it. */
export function listenerOn(port: number): number | undefined {
  const socket = `socket:[${inodeOf(port)}]`
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => openFiles(pid).includes(socket))
}

/** Linux alone says this of processes that are not ours. */
export function usageOf(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  // The second field is the program's name and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const peakKilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
  return {
    cpuMs: ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND,
    peakMegabytes: Number(peakKilobytes ?? 0) / 1_024,
  }
}

function inodeOf(port: number): string {
  const hexPort = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = ['tcp', 'tcp6'].flatMap((table) => readFileSync(`/proc/net/${table}`, 'latin1').split('\n'))
  const LISTEN = '0A'
  const columns = rows.map((row) => row.trim().split(/\s+/))
  return columns.find(([, local = '', , state]) => local.endsWith(hexPort) && state === LISTEN)?.[9] ?? 'none'
}

function openFiles(pid: number): string[] {
  try {
    const folder = `/proc/${pid}/fd`
    return readdirSync(folder).map((name) => readlinkSync(`${folder}/${name}`))
  } catch {
    // It ended, or it belongs to somebody else.
    return []
  }
}
