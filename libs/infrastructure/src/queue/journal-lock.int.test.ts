import { utimesSync, writeFileSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { temporaryFolder, until } from '@hlstats/testkit'
import { describe, expect, it } from 'vitest'
import { journalOwner, lockJournal } from './journal-lock.ts'

/** The lock of a process on another machine, or in another container, that was heard of so long ago. */
function foreignLock(secondsAgo: number): { directory: string; path: string; beat: () => void } {
  const directory = temporaryFolder('journal')
  const path = join(directory, 'lock')
  writeFileSync(path, JSON.stringify({ pid: 1, startedAt: '7', boot: 'x', host: `not-${hostname()}` }))
  const heard = Date.now() / 1000 - secondsAgo
  utimesSync(path, heard, heard)
  return { directory, path, beat: () => utimesSync(path, new Date(), new Date()) }
}

describe('the lock of a journal', () => {
  it('of another host is respected while that host is heard of', async () => {
    const { directory, beat } = foreignLock(1)
    const beating = setInterval(beat, 100)
    try {
      expect(await journalOwner(directory)).toBe(1)
      await expect(lockJournal(directory)).rejects.toMatchObject({
        code: 'JOURNAL_WRITE',
        message: expect.stringContaining(`not-${hostname()}`),
      })
    } finally {
      clearInterval(beating)
    }
  })

  it('of another host is waited for, and taken over when it stays silent', async () => {
    const { directory, path } = foreignLock(29)
    const lock = await lockJournal(directory)
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid })
    await lock.release()
  })

  it('of another host is taken over at once when it was not heard of for long', async () => {
    const { directory } = foreignLock(31)
    expect(await journalOwner(directory)).toBeUndefined()
    const startedAt = performance.now()
    await (await lockJournal(directory)).release()
    expect(performance.now() - startedAt).toBeLessThan(900)
  })

  it('of a container that was restarted under its host name is taken over at once', async () => {
    const directory = temporaryFolder('journal')
    const first = await lockJournal(directory)
    const path = join(directory, 'lock')
    const mine = JSON.parse(await readFile(path, 'utf8'))
    writeFileSync(path, JSON.stringify({ ...mine, startedAt: '7' }))
    const startedAt = performance.now()
    const second = await lockJournal(directory)
    expect(performance.now() - startedAt).toBeLessThan(900)
    await second.release()
    await first.release()
  })

  it('shows that its owner lives', async () => {
    const directory = temporaryFolder('journal')
    const lock = await lockJournal(directory)
    const path = join(directory, 'lock')
    utimesSync(path, 1, 1)
    await until(async () => (await stat(path)).mtimeMs > 1_000_000)
    await lock.release()
  })
})
