import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StatsError } from '@hlstats/errors'
import { isAlive } from '@hlstats/testkit'

/** Keeps a second cluster from the same data folder. Returns what gives it back. */
export function lockCluster(folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'pid')
  const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  if (owner > 0 && isAlive(owner)) {
    throw new StatsError(
      'BACKEND_MISSING',
      `a cluster of this folder runs already, as process ${owner}: stop it with Ctrl-C or kill ${owner}`,
    )
  }
  writeFileSync(file, String(process.pid))
  return () => rmSync(file, { force: true })
}
