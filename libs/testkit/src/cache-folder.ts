import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

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

/** Whether a process with this id runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
