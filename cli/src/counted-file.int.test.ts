import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Journal } from '@hlstats/infrastructure'
import { aKill, emptyTestDatabase, sqliteTestDatabase, type TestDatabase } from '@hlstats/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runHlstats } from '../../scripts/hlstats-command.ts'

let file: TestDatabase
let directory: string
let journal: Journal

const hlstats = (...args: string[]) => runHlstats(args, { DATABASE_URL: file.url })
const partitions = () => file.database.query("SELECT value FROM hlstats_System WHERE name = 'partitions'")

beforeEach(async () => {
  file = await sqliteTestDatabase()
  directory = join(dirname(file.url.replace(/^\w+:/, '')), 'journal')
  mkdirSync(directory, { recursive: true })
  journal = await Journal.open({ directory, partitions: 8 })
})

afterEach(() => file.drop())

/** What a process that was killed leaves behind. */
async function leaveRecord(): Promise<void> {
  await journal.append(3, [aKill()])
  await journal.close()
}

/** What the next life of standalone does first. */
async function countRecord(): Promise<void> {
  journal = await Journal.open({ directory, partitions: 8 })
  const batch = await journal.peek(3, 1)
  if (batch !== undefined) await journal.confirm(batch)
  await journal.close()
}

describe('a file of standalone with records that are not counted yet', () => {
  it('is not copied into a server database until they are', async () => {
    const target = await emptyTestDatabase()
    await leaveRecord()
    const copy = () => hlstats('migrate', '--from', file.url, '--to', target.url)
    await expect(copy()).rejects.toThrow('holds 1 records not counted yet')
    await countRecord()
    expect(await copy()).toContain('counts and sums agree on both sides')
    await target.drop()
  })

  it('keeps its number of partitions until they are, and while a process has it open', async () => {
    await expect(hlstats('partitions', 'set', '4')).rejects.toThrow('belongs to the running process')
    await leaveRecord()
    await expect(hlstats('partitions', 'set', '4')).rejects.toThrow('holds 1 records not counted yet')
    expect(await partitions()).toEqual([])
    await countRecord()
    expect(await hlstats('partitions', 'set', '4')).toContain('PARTITIONS=4')
    expect(await partitions()).toEqual([{ value: '4' }])
    expect(await hlstats('partitions', 'set', '2')).toContain('partitions: 4 before, 2 now')
  })
})
