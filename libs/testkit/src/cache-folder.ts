import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { until } from './until.ts'

/** The repository's root folder. */
export const repositoryRoot = resolve(import.meta.dirname, '../../..')

/** What may be deleted at any time: data folders of private servers, unpacked logs. Never committed. */
export const cacheRoot = join(repositoryRoot, '.cache')

let folders = 0

/** A new empty folder of this process; folders of processes that died without cleaning up are removed on the way. */
export function temporaryFolder(name: string): string {
  const root = join(cacheRoot, 'temporary')
  mkdirSync(root, { recursive: true })
  for (const entry of readdirSync(root)) {
    if (!isAlive(Number.parseInt(entry, 10))) rmSync(join(root, entry), { recursive: true, force: true })
  }
  folders += 1
  const folder = join(root, `${process.pid}-${name}-${folders}`)
  mkdirSync(folder)
  return folder
}

/** A folder of the cache that is made once, however many processes want it at the same time; it is there whole or not at all. */
export async function cachedFolder(
  name: string,
  fill: (folder: string) => Promise<void>,
  timeoutMs = 600_000,
): Promise<string> {
  const folder = join(cacheRoot, name)
  const isThere = () => existsSync(folder)
  if (isThere()) return folder
  mkdirSync(dirname(folder), { recursive: true })
  const lock = `${folder}.lock`
  const isOurs = await until(() => (isThere() ? 'there' : takeLock(lock) && 'ours'), {
    timeoutMs,
    what: lock,
  })
  if (isOurs === 'there') return folder
  const own = temporaryFolder('cached')
  try {
    if (isThere()) return folder
    await fill(own)
    renameSync(own, folder)
    return folder
  } catch (error) {
    if (isThere()) return folder
    throw error
  } finally {
    rmSync(own, { recursive: true, force: true })
    rmSync(lock, { force: true })
  }
}

function takeLock(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  // Two that find a dead owner at once may both go on: each fills a folder of its own, and only one can be renamed.
  if (existsSync(file) && !isAlive(Number(readFileSync(file, 'utf8')))) rmSync(file, { force: true })
  return false
}

/** Whether a process with this id runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
