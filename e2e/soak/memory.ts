import type { ServiceProcess } from '@hlstats/testkit'

/** What one process held in memory, in bytes: once it was warm, and at the end. */
export interface Held {
  readonly process: string
  readonly warm: number
  readonly last: number
}

// A heap breathes: what leaks grows beyond both in the time of a soak.
const MAY_GROW_BY_BYTES = 40 * 1024 * 1024
const MAY_GROW_BY_PART = 0.3

/** The resident memory of the processes that answer. */
export async function residentBytes(
  processes: ReadonlyMap<string, ServiceProcess>,
): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (const [name, process] of processes) {
    const bytes = await process.metric('process_resident_memory_bytes')
    if (bytes !== undefined) found.set(name, bytes)
  }
  return found
}

/** Whether a process grew more than memory that is given back later. */
export function hasGrown({ warm, last }: Held): boolean {
  return last - warm > MAY_GROW_BY_BYTES && last - warm > warm * MAY_GROW_BY_PART
}
