import { rmSync } from 'node:fs'
import type { RecordName } from '@hlstats/infrastructure'
import { temporaryFolder } from '@hlstats/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KnownServer } from './known-server.ts'
import type { LogPosition } from './log-position.ts'
import { openSettings } from './play-log-of-test.ts'
import { setMap } from './rules/game-server.ts'
import { positionEntry, ServerRuntimes, takeChanges } from './server-runtimes.ts'

const RECORD: RecordName = { stream: 's1', partition: 1, record: 7 }
const KNOWN: KnownServer = {
  address: '10.0.0.1:27015',
  settings: openSettings(),
  timeZone: 'UTC',
  maxPlayers: 0,
  keyed: true,
  problems: [],
}
const aMark = { at: 0, length: 1, digest: 'x' }
const aPosition = (end: number): LogPosition => ({
  instance: 'one',
  end,
  first: aMark,
  last: aMark,
  stamp: '',
  rest: 'Ü',
})

let directory: string
beforeEach(() => {
  directory = temporaryFolder('runtimes')
})
afterEach(() => rmSync(directory, { recursive: true }))

/** One life: what it finds, and what it does with it. */
async function live(
  wasAppended: (record: RecordName) => boolean,
  act: (runtimes: ServerRuntimes) => Promise<void> = async () => undefined,
): Promise<[end: number | undefined, map: string]> {
  const runtimes = await ServerRuntimes.open({ directory, fsync: 'never', wasAppended })
  const { position, state } = runtimes.of(KNOWN, 0)
  const found = [position?.end, state.map] as [number | undefined, string]
  await act(runtimes)
  await runtimes.close()
  return found
}

/** Reads a body up to this offset, which says that the map has changed; dies before or after its record is written. */
const read = (end: number, map: string, record?: RecordName) => async (runtimes: ServerRuntimes) => {
  const server = runtimes.of(KNOWN, 0)
  server.position = aPosition(end)
  setMap(server.state, map)
  await runtimes.store([positionEntry(server, record), ...takeChanges(server)])
}

const never = () => false
const always = () => true

describe('the position of a posted log', () => {
  it('is found by the next life, with what the lines before it said', async () => {
    await live(always, read(100, 'de_nuke'))
    expect(await live(never)).toEqual([100, 'de_nuke'])
  })

  it('holds with the record that was appended before the death', async () => {
    await live(always, read(100, 'de_nuke'))
    await live(always, read(200, 'de_dust2', RECORD))
    expect(await live((record) => record.record === RECORD.record)).toEqual([200, 'de_dust2'])
  })

  it('falls back with what its lines said where the record was not, for all lives to come', async () => {
    await live(always, read(100, 'de_nuke'))
    await live(always, read(200, 'de_dust2', RECORD))
    expect(await live(never)).toEqual([100, 'de_nuke'])
    expect(await live(always)).toEqual([100, 'de_nuke'])
    await live(always, read(200, 'de_dust2'))
    expect(await live(never)).toEqual([200, 'de_dust2'])
  })

  it('was at the beginning where the very first record was not appended', async () => {
    await live(always, read(100, 'de_nuke', RECORD))
    expect(await live(never)).toEqual([undefined, ''])
  })
})
