import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { aKill, temporaryFolder } from '@hlstats/testkit'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Journal } from './journal.ts'

const DAY_MS = 24 * 3600 * 1000
const NOW = Date.UTC(2026, 5, 30)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})

afterEach(() => {
  vi.useRealTimers()
})

/** Leaves one record behind, appended by a life that began earlier, and gives the next life. */
async function nextLife(directory: string, beganDaysAgo: number, appendedDaysAgo: number): Promise<Journal> {
  vi.setSystemTime(NOW - beganDaysAgo * DAY_MS)
  const journal = await Journal.open({ directory, partitions: 1 })
  vi.setSystemTime(NOW - appendedDaysAgo * DAY_MS)
  await journal.append(0, [aKill()])
  await journal.close()
  vi.setSystemTime(NOW)
  return Journal.open({ directory, partitions: 1 })
}

describe('the age of what an earlier life left', () => {
  it('is that of its youngest record: a process that ran for a month loses nothing when it dies', async () => {
    const journal = await nextLife(temporaryFolder('journal'), 30, 0.01)
    expect(journal.waitingRecords).toBe(1)
    await journal.close()
  })

  it('sets records aside that are older than the consumers remember', async () => {
    const directory = temporaryFolder('journal')
    const journal = await nextLife(directory, 30, 15)
    expect(journal.waitingRecords).toBe(0)
    expect(readdirSync(join(directory, 'p0'))).toEqual([expect.stringContaining('.expired')])
    await journal.close()
  })
})
