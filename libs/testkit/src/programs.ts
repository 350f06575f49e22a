import { accessSync, constants, realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const FOLDERS = [
  ...(process.env.PATH ?? '').split(delimiter),
  '/usr/sbin',
  '/usr/local/sbin',
  '/opt/homebrew/sbin',
  '/opt/homebrew/bin',
]

/** The full path of an installed program, or undefined. */
export function findProgram(...names: readonly string[]): string | undefined {
  for (const name of names) {
    const paths = name.startsWith('/') ? [name] : FOLDERS.map((folder) => join(folder, name))
    const found = paths.find(isExecutable)
    if (found !== undefined) return realpathSync(found)
  }
  return undefined
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
