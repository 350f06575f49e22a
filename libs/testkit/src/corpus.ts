import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { StatsError } from '@hlstats/errors'
import { cacheRoot, repositoryRoot, temporaryFolder } from './cache-folder.ts'

const shared = join(repositoryRoot, '../shared')

/** The bytes of a real log, `<owner>+<repo>/…`; undefined where ../shared/corpus is missing. Never commit a line of it. */
export function corpusLog(path: string): Buffer | undefined {
  const archive = join(shared, 'corpus/logs.tar.xz')
  if (!existsSync(archive)) return undefined
  const folder = join(cacheRoot, 'corpus')
  if (!existsSync(folder)) unpack(archive, folder)
  return readFileSync(join(folder, 'raw', path))
}

/** What the Perl daemon counted for that log; undefined where ../shared/golden is missing. */
export function goldenResult<T>(path: string): T | undefined {
  const file = join(shared, 'golden', `${path.replaceAll(/[^\w.+-]/g, '_')}.json`)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined
}

// Several test processes may come at once: each unpacks for itself and the rename decides.
function unpack(archive: string, folder: string): void {
  const own = temporaryFolder('corpus')
  try {
    execFileSync('tar', ['-xJf', archive, '-C', own])
  } catch (cause) {
    throw new StatsError(
      'INPUT_INVALID',
      `${archive} cannot be unpacked: tar and xz (package xz-utils) are needed`,
      { cause },
    )
  }
  mkdirSync(cacheRoot, { recursive: true })
  try {
    renameSync(own, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
    rmSync(own, { recursive: true })
  }
}
