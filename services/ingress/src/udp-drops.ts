import { readFile } from 'node:fs/promises'

/** What the kernel dropped at a local UDP port; undefined where the system does not say. */
export async function readKernelDrops(port: number, table = '/proc/net/udp'): Promise<number | undefined> {
  try {
    return dropsOf(await readFile(table, 'latin1'), port)
  } catch {
    // Only Linux has the table.
    return undefined
  }
}

/** The last column of the rows whose local port it is: `sl local_address rem_address … drops`. */
export function dropsOf(table: string, port: number): number | undefined {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0')
  let drops: number | undefined
  for (const row of table.split('\n').slice(1)) {
    const columns = row.trim().split(/\s+/)
    if (columns[1]?.endsWith(`:${hexPort}`) === true) drops = (drops ?? 0) + Number(columns.at(-1))
  }
  return drops
}
