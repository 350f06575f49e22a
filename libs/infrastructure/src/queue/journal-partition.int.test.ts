import { closeSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { aKill, temporaryFolder } from '@hlstats/testkit'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Journal } from './journal.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a disk that fails when a full segment is closed', () => {
  it('refuses nothing that was written, and no number is used twice', async () => {
    const directory = temporaryFolder('journal')
    const journal = await Journal.open({ directory, partitions: 1, maxBytes: 64 * 1024, fsync: 'interval' })
    const probe = await open(join(directory, 'probe'), 'w')
    const sync = vi.spyOn(Object.getPrototypeOf(probe) as FileHandle, 'datasync')
    sync.mockImplementationOnce(async function breakFile(this: FileHandle) {
      closeSync(this.fd)
    })
    const numbers: number[] = []
    for (let n = 0; n < 60; n++) numbers.push(await journal.append(0, [aKill()]))
    expect(sync).toHaveBeenCalled()
    expect(numbers).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))
    const seen: number[] = []
    for (;;) {
      const batch = await journal.peek(0, 1)
      if (batch === undefined) break
      seen.push(batch.firstRecord)
      await journal.confirm(batch)
    }
    expect(seen).toEqual(numbers)
    vi.restoreAllMocks()
    await probe.close()
    await journal.close()
  })
})
