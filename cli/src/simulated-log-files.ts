import { appendFileSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StatsError } from '@hlstats/errors'
import type { SimulatedServer } from './simulation/simulated-server.ts'

// Few writes, and not the whole of a long log in memory.
const WRITE_AT_BYTES = 256 * 1024

/** The logs of simulated servers: a file for a single one, a folder with a file for each of several. */
export class SimulatedLogFiles {
  readonly #paths: ReadonlyMap<SimulatedServer, string>
  readonly #waiting = new Map<SimulatedServer, { lines: string[]; bytes: number }>()

  private constructor(paths: ReadonlyMap<SimulatedServer, string>) {
    this.#paths = paths
  }

  /** Makes them empty; what was there is gone. */
  static open(out: string, servers: readonly SimulatedServer[]): SimulatedLogFiles {
    const isFile = servers.length === 1 && !isFolder(out)
    const paths = new Map(servers.map((server) => [server, isFile ? out : join(out, fileName(server))]))
    try {
      if (!isFile) mkdirSync(out, { recursive: true })
      for (const path of paths.values()) writeFileSync(path, '')
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new StatsError('INPUT_INVALID', `--out ${out} cannot be written: ${reason}`, { cause })
    }
    return new SimulatedLogFiles(paths)
  }

  get paths(): string[] {
    return [...this.#paths.values()]
  }

  add(server: SimulatedServer, line: string): void {
    const waiting = this.#waiting.get(server) ?? { lines: [], bytes: 0 }
    this.#waiting.set(server, waiting)
    waiting.lines.push(line)
    waiting.bytes += line.length
    if (waiting.bytes >= WRITE_AT_BYTES) this.#write(server)
  }

  close(): void {
    for (const server of this.#paths.keys()) this.#write(server)
  }

  #write(server: SimulatedServer): void {
    const [path, waiting] = [this.#paths.get(server), this.#waiting.get(server)]
    if (path === undefined || waiting === undefined) return
    appendFileSync(path, waiting.lines.map((line) => `${line}\n`).join(''))
    this.#waiting.delete(server)
  }
}

function fileName({ game, address }: SimulatedServer): string {
  return `${game}-${address.replace(':', '-')}.log`
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
