import { readFileSync } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { StatsError } from '@hlstats/errors'

interface Owner {
  readonly pid: number
  /** The kernel's start time of that process: a pid that was given to another process is not the owner. */
  readonly startedAt: string
  readonly boot: string
  readonly host: string
}

/** Held while a process owns a journal directory. */
export interface JournalLock {
  release(): Promise<void>
}

/**
 * One process per journal directory. The lock of a process that died, also by `kill -9` or with its machine, is taken
 * over at once; that of a living one throws JOURNAL_WRITE.
 */
export async function lockJournal(directory: string): Promise<JournalLock> {
  const path = join(directory, 'lock')
  const mine = JSON.stringify(describeProcess(process.pid))
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await create(path, mine)) return { release: () => release(path, mine) }
    const found = await readOwner(path)
    if (found !== undefined && isAlive(found)) throw held(directory, found)
    await takeAway(path, directory)
  }
  throw new StatsError('JOURNAL_WRITE', `the lock ${path} changes hands: several processes want this journal`)
}

/** Who holds the directory now, if anybody living does. */
export async function journalOwner(directory: string): Promise<number | undefined> {
  const owner = await readOwner(join(directory, 'lock'))
  return owner !== undefined && isAlive(owner) ? owner.pid : undefined
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx')
    await file.writeFile(content)
    await file.close()
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw new StatsError('JOURNAL_WRITE', `cannot create ${path}: give this user write permission`, {
      cause: error,
    })
  }
}

async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Owner
  } catch (error) {
    // Half-written by a process that died in between, or released just now.
    if (error instanceof SyntaxError || isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

// Two processes may find the same dead lock. The rename has one winner; who then finds that it moved a living lock
// (the winner's new one) puts it back.
async function takeAway(path: string, directory: string): Promise<void> {
  const aside = `${path}.${process.pid}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return
    throw error
  }
  const moved = await readOwner(aside)
  if (moved !== undefined && isAlive(moved)) {
    await rename(aside, path)
    throw held(directory, moved)
  }
  await rm(aside, { force: true })
}

async function release(path: string, mine: string): Promise<void> {
  const content = await readFile(path, 'utf8').catch(() => '')
  if (content === mine) await rm(path, { force: true })
}

function held(directory: string, owner: Owner): StatsError {
  return new StatsError(
    'JOURNAL_WRITE',
    `the journal ${directory} belongs to the running process ${owner.pid}: stop it, or give this one a directory of its own`,
  )
}

function isAlive(owner: Owner): boolean {
  const now = describeProcess(owner.pid)
  if (owner.host !== now.host || owner.boot !== now.boot) return false
  if (owner.startedAt !== '') return owner.startedAt === now.startedAt
  return canSignal(owner.pid)
}

function describeProcess(pid: number): Owner {
  return { pid, startedAt: startTime(pid), boot: bootId(), host: hostname() }
}

// Field 22 of /proc/<pid>/stat, counted after the command name, which may hold spaces. Empty where there is no /proc.
function startTime(pid: number): string {
  const stat = readOrEmpty(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

function bootId(): string {
  return readOrEmpty('/proc/sys/kernel/random/boot_id').trim()
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function canSignal(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isCode(error, 'EPERM')
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
