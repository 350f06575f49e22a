import { readdirSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { aKill, temporaryFolder } from '@hlstats/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import { Journal } from './journal.ts'

let directory: string

const open = () => Journal.open({ directory, partitions: 2 })
const fileOf = (partition: number) => {
  const folder = join(directory, `p${partition}`)
  return join(folder, readdirSync(folder)[0] ?? '')
}

beforeEach(() => {
  directory = temporaryFolder('journal')
})

describe('the name of a record', () => {
  it('is known before it is appended, and tells the next life whether it was', async () => {
    const journal = await open()
    await journal.append(1, [aKill()])
    const name = journal.nextRecord(1)
    expect(name).toEqual({ stream: journal.stream, partition: 1, record: 2 })
    expect(await journal.append(1, [aKill()])).toBe(2)
    const [never, elsewhere] = [journal.nextRecord(1), journal.nextRecord(0)]
    await journal.close()
    const next = await open()
    expect([name, never, elsewhere].map((record) => next.wasAppended(record))).toEqual([true, false, false])
    await next.close()
  })

  it('is not appended when its end was torn off', async () => {
    const journal = await open()
    await journal.append(0, [aKill()])
    const torn = journal.nextRecord(0)
    await journal.append(0, [aKill()])
    await journal.close()
    truncateSync(fileOf(0), statSync(fileOf(0)).size - 1)
    const next = await open()
    expect(next.wasAppended(torn)).toBe(false)
    expect(next.wasAppended({ ...torn, record: 1 })).toBe(true)
    await next.close()
  })

  it('is still known as appended when it was sent, confirmed and its segment deleted', async () => {
    const journal = await open()
    const name = journal.nextRecord(0)
    await journal.append(0, [aKill()])
    const batch = await journal.peek(0, 64 * 1024)
    if (batch === undefined) throw new Error('nothing to send')
    await journal.confirm(batch)
    await journal.close()
    const next = await open()
    expect(readdirSync(join(directory, 'p0'))).toEqual([])
    expect(next.wasAppended(name)).toBe(true)
    await next.close()
  })
})
