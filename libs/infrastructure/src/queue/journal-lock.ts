import { readFileSync } from 'node:fs'
import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
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

const BEAT_MS = 2_000
const LOOK_MS = 200
// Several beats, for an owner whose disk or loop is stalled.
const SILENT_MS = 30_000

/**
 * One process per journal directory; a living owner throws JOURNAL_WRITE. A process of this host (a restarted pod keeps
 * its name) is looked up, and taken over from at once when it died. Nobody can look into another host or container: its
 * lock is respected while its time moves, and taken over when it was silent for half a minute.
 */
export async function lockJournal(directory: string): Promise<JournalLock> {
  const path = join(directory, 'lock')
  const mine = JSON.stringify(describeProcess(process.pid))
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await create(path, mine)) return keep(path, mine)
    const found = await readLock(path)
    if (found === undefined) continue
    if (await isHeld(path, found)) throw held(directory, found.owner)
    await takeAway(path, directory, found)
  }
  throw new StatsError('JOURNAL_WRITE', `the lock ${path} changes hands: several processes want this journal`)
}

/** Who holds the directory now, if anybody living does. */
export async function journalOwner(directory: string): Promise<number | undefined> {
  const found = await readLock(join(directory, 'lock'))
  if (found?.owner === undefined) return undefined
  const lives = isLocal(found.owner) ? isAlive(found.owner) : Date.now() - found.beatAt < SILENT_MS
  return lives ? found.owner.pid : undefined
}

function keep(path: string, mine: string): JournalLock {
  const beat = () => {
    const now = new Date()
    // A disk that refuses this refuses the journal's writes as well, and they are reported.
    utimes(path, now, now).catch(() => undefined)
  }
  const timer = setInterval(beat, BEAT_MS).unref()
  return {
    release: () => {
      clearInterval(timer)
      return release(path, mine)
    },
  }
}

interface FoundLock {
  readonly text: string
  /** Missing where its process died before it had written it. */
  readonly owner: Owner | undefined
  readonly beatAt: number
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx')
    try {
      await file.writeFile(content)
    } finally {
      await file.close()
    }
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw new StatsError('JOURNAL_WRITE', `cannot create ${path}: give this user write permission`, {
      cause: error,
    })
  }
}

/** Undefined when it was released just now. */
async function readLock(path: string): Promise<FoundLock | undefined> {
  try {
    const { mtimeMs } = await stat(path)
    const text = await readFile(path, 'utf8')
    return { text, owner: parseOwner(text), beatAt: mtimeMs }
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner
  } catch {
    return undefined
  }
}

/** For an owner that cannot be looked up, watches until its lock moves or was still for long enough. */
async function isHeld(path: string, found: FoundLock): Promise<boolean> {
  if (found.owner !== undefined && isLocal(found.owner)) return isAlive(found.owner)
  // Half-written: whoever was at it has finished, or died, by the second look.
  const silentMs = found.owner === undefined ? LOOK_MS : SILENT_MS
  const since = performance.now()
  while (performance.now() - since < silentMs && Date.now() - found.beatAt < silentMs) {
    await pause(LOOK_MS)
    const now = await readLock(path)
    if (now === undefined) return false
    if (now.text !== found.text || now.beatAt !== found.beatAt) return true
  }
  return false
}

// Two processes may find the same dead lock. The rename has one winner; who then finds that it moved another lock (the
// winner's new one) puts it back.
async function takeAway(path: string, directory: string, dead: FoundLock): Promise<void> {
  const aside = `${path}.${process.pid}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return
    throw error
  }
  const moved = await readLock(aside)
  if (moved !== undefined && moved.text !== dead.text) {
    await rename(aside, path)
    throw held(directory, moved.owner)
  }
  await rm(aside, { force: true })
}

async function release(path: string, mine: string): Promise<void> {
  const content = await readFile(path, 'utf8').catch(() => '')
  if (content === mine) await rm(path, { force: true })
}

function held(directory: string, owner: Owner | undefined): StatsError {
  const name = owner === undefined ? 'another process' : `the running process ${owner.pid} on ${owner.host}`
  return new StatsError(
    'JOURNAL_WRITE',
    `the journal ${directory} belongs to ${name}: stop it, or give this one a directory of its own`,
  )
}

function isLocal(owner: Owner): boolean {
  return owner.host === hostname()
}

function isAlive(owner: Owner): boolean {
  const now = describeProcess(owner.pid)
  if (owner.boot !== now.boot) return false
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
