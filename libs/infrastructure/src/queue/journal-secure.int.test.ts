import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { aKill, temporaryFolder, until } from '@hlstats/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Journal } from './journal.ts'

let directory: string
let isSecure: boolean
let journal: Journal

const open = () =>
  Journal.open({ directory, partitions: 1, maxBytes: 1024 * 1024, secure: async () => isSecure })

beforeEach(async () => {
  directory = temporaryFolder('journal')
  isSecure = false
  journal = await open()
})

afterEach(() => journal.close())

const segments = () => readdirSync(join(directory, 'p0'))

async function takeAll(): Promise<number> {
  let records = 0
  for (;;) {
    const batch = await journal.peek(0, 64 * 1024)
    if (batch === undefined) return records
    records += batch.records.length
    await journal.confirm(batch)
  }
}

// More than one segment of this small journal.
async function fill(): Promise<number> {
  for (let index = 0; index < 400; index++) await journal.append(0, [aKill(), aKill()])
  return 400
}

describe('a journal whose taker may still lose what he took', () => {
  it('keeps the segments until it is secure, and takes them away then', async () => {
    const records = await fill()
    expect(await takeAll()).toBe(records)
    expect(journal.waitingRecords).toBe(0)
    const before = segments().length
    expect(before).toBeGreaterThan(1)
    const bytes = journal.bytes
    isSecure = true
    await until(() => segments().length < before, { what: 'the segments to go' })
    expect(journal.bytes).toBeLessThan(bytes)
  })

  it('gives everything again to the next life when it never was', async () => {
    const records = await fill()
    await takeAll()
    await journal.close()
    journal = await open()
    expect(await takeAll()).toBe(records)
  })

  it('gives nothing again when it was, at the latest with its close', async () => {
    await fill()
    await takeAll()
    isSecure = true
    await journal.close()
    journal = await open()
    expect(await takeAll()).toBe(0)
  })
})
