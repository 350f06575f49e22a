import { appendFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@hlstats/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ServerStateLog, type StateEntry } from './server-state-log.ts'

let directory: string
let path: string
beforeEach(() => {
  directory = temporaryFolder('state-log')
  path = join(directory, 'state', 'servers.log')
})
afterEach(() => rmSync(directory, { recursive: true }))

const aMap = (serverId: number, value: string): StateEntry => ({ serverId, key: 'map', value })

async function reopened(options: { compactAtBytes?: number; snapshot?: () => StateEntry[] } = {}) {
  const entries: StateEntry[] = []
  const log = await ServerStateLog.open(
    { directory, fsync: 'never', snapshot: () => [], ...options },
    (entry) => entries.push(entry),
  )
  return { log, entries }
}

async function written(...entries: StateEntry[]): Promise<void> {
  const { log } = await reopened()
  await log.append(entries)
  await log.close()
}

describe('the state log', () => {
  it('gives back what was appended, in order, whatever characters it has', async () => {
    const entries = [
      aMap(1, 'de_nuke'),
      { serverId: 2, key: 'player/2/0:1', value: null },
      aMap(1, 'Ω "😀"\n'),
    ]
    await written(...entries)
    expect((await reopened()).entries).toEqual(entries)
  })

  it('cuts a torn tail off and appends behind it', async () => {
    await written(aMap(1, 'de_nuke'), aMap(1, 'de_dust2'))
    truncateSync(path, statSync(path).size - 5)
    await written(aMap(1, 'de_inferno'))
    expect((await reopened()).entries).toEqual([aMap(1, 'de_nuke'), aMap(1, 'de_inferno')])
  })

  it('leaves out a line that does not match its checksum, and keeps those behind it', async () => {
    await written(aMap(1, 'de_nuke'), aMap(2, 'de_dust2'))
    writeFileSync(path, readFileSync(path, 'latin1').replace('de_nuke', 'de_ruke'), 'latin1')
    expect((await reopened()).entries).toEqual([aMap(2, 'de_dust2')])
  })

  it('survives bytes that never were a state log', async () => {
    await written(aMap(1, 'de_nuke'))
    appendFileSync(path, Buffer.from([0, 255, 254, 10, 13, 10]))
    expect((await reopened()).entries).toEqual([aMap(1, 'de_nuke')])
  })

  it('becomes as small as the state is when it has grown', async () => {
    const { log } = await reopened({ compactAtBytes: 2_000, snapshot: () => [aMap(1, 'newest')] })
    for (let round = 0; round < 200; round++) await log.append([aMap(1, `map ${round}`)])
    expect(statSync(path).size).toBeLessThan(3_000)
    await log.append([aMap(1, 'after')])
    await log.close()
    const { entries } = await reopened()
    expect(entries[0]).toEqual(aMap(1, 'newest'))
    expect(entries.at(-1)).toEqual(aMap(1, 'after'))
  })

  it('says which file cannot be written', async () => {
    const { log } = await reopened()
    await log.close()
    await expect(log.append([aMap(1, 'de_nuke')])).rejects.toMatchObject({
      code: 'JOURNAL_WRITE',
      message: expect.stringContaining('servers.log'),
    })
  })
})
