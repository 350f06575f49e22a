import { type TestDatabase, testDatabaseKinds } from '@hlstats/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, rowsByKey, type UnitOfWork } from './index.ts'

let test: TestDatabase
let database: Database

type Write = (unit: UnitOfWork) => unknown

const PLAYERS = 'hlstats_Players'
const NAMES = 'hlstats_PlayerNames'
const MAPS = 'hlstats_Maps_Counts'

// Player 9 does not exist; the names are two rows to the collation, the maps too.
const playerId = fc.constantFrom(1, 2, 3, 9)
const name = fc.constantFrom('Zoë', 'ZOE', 'zoe ', 'Gordon')
const map = fc.constantFrom('de_dust2', 'DE_DUST2', 'de_nuke')
const delta = fc.integer({ min: -12, max: 12 })
const gain = fc.nat({ max: 5 })
const moment = fc.constantFrom('2024-05-01 10:00:00', '2024-05-01 11:00:00', '2024-04-30 23:59:59')

const describedWrite = fc.oneof(
  fc.record({ write: fc.constant('add' as const), playerId, kills: delta, skill: delta, change: delta }),
  fc.record({
    write: fc.constant('raise' as const),
    playerId,
    kill_streak: gain,
    skill: fc.nat({ max: 20 }),
  }),
  fc.record({ write: fc.constant('set' as const), playerId, lastName: name, skill: fc.nat({ max: 20 }) }),
  fc.record({ write: fc.constant('rank' as const), playerId, mmrank: fc.option(gain) }),
  fc.record({ write: fc.constant('use name' as const), playerId, name, kills: delta, moment }),
  fc.record({ write: fc.constant('set name' as const), playerId, name, kills: gain, moment }),
  fc.record({ write: fc.constant('forget names' as const), playerId }),
  fc.record({ write: fc.constant('play map' as const), map, kills: gain }),
  fc.record({ write: fc.constant('count on map' as const), map, kills: delta }),
  fc.record({ write: fc.constant('frag' as const), playerId, weapon: name }),
  fc.record({ write: fc.constant('level skill' as const), playerId }),
)
type DescribedWrite = typeof describedWrite extends fc.Arbitrary<infer T> ? T : never

function writeOf(described: DescribedWrite): Write {
  const w = described
  switch (w.write) {
    case 'add':
      return (unit) =>
        unit.increment(
          PLAYERS,
          { playerId: w.playerId },
          { kills: w.kills, skill: w.skill, last_skill_change: w.change },
        )
    case 'raise':
      return (unit) =>
        unit.raise(PLAYERS, { playerId: w.playerId }, { kill_streak: w.kill_streak, skill: w.skill })
    case 'set':
      return (unit) =>
        unit.assign(PLAYERS, { playerId: w.playerId }, { lastName: w.lastName, skill: w.skill })
    case 'rank':
      return (unit) => unit.assign(PLAYERS, { playerId: w.playerId }, { mmrank: w.mmrank })
    case 'use name':
      return (unit) => {
        const key = { playerId: w.playerId, name: w.name }
        unit.upsert(NAMES, key, { numuses: 1, kills: w.kills }, { deaths: 2 })
        unit.raise(NAMES, key, { lastuse: w.moment })
      }
    case 'set name':
      return (unit) =>
        unit.assign(NAMES, { playerId: w.playerId, name: w.name }, { kills: w.kills, lastuse: w.moment })
    case 'forget names':
      return () => database.execute(`DELETE FROM ${NAMES} WHERE playerId = ?`, [w.playerId])
    case 'play map':
      return (unit) => unit.upsert(MAPS, { game: 'css', map: w.map }, { kills: w.kills, headshots: 0 })
    case 'count on map':
      return (unit) => unit.increment(MAPS, { game: 'css', map: w.map }, { kills: w.kills })
    case 'frag':
      return (unit) => unit.insertLater('hlstats_Events_Frags', { killerId: w.playerId, weapon: w.weapon })
    case 'level skill':
      // A rule that reads what earlier events of its batch wrote.
      return async (unit) => {
        const rows = await rowsByKey<{ skill: number }>(database, {
          table: PLAYERS,
          keys: [{ playerId: w.playerId }],
          columns: ['skill'],
          lock: true,
        })
        for (const { skill } of rows)
          unit.increment(PLAYERS, { playerId: w.playerId }, { skill: skill > 10 ? -3 : 4 })
      }
  }
}

async function tablesAfter(history: readonly DescribedWrite[], cuts: readonly number[]): Promise<unknown> {
  for (const table of [PLAYERS, NAMES, MAPS, 'hlstats_Events_Frags'])
    await database.execute(`DELETE FROM ${table}`)
  await database.execute(
    `INSERT INTO ${PLAYERS} (playerId, game, skill, kills) VALUES (1, 'css', 0, 0), (2, 'css', 10, 3), (3, 'css', 1000, 50)`,
  )
  const ends = [...new Set(cuts.map((cut) => cut % history.length)), history.length].sort((a, b) => a - b)
  let start = 0
  for (const end of ends) {
    const part = history.slice(start, end)
    await database.runUnit(async (unit) => {
      for (const described of part) await writeOf(described)(unit)
    })
    start = end
  }
  return {
    players: await database.prisma.player.findMany({ orderBy: { playerId: 'asc' } }),
    names: await database.prisma.playerName.findMany({ orderBy: [{ playerId: 'asc' }, { name: 'asc' }] }),
    maps: await database.prisma.mapCount.findMany({ orderBy: { map: 'asc' }, omit: { rowId: true } }),
    frags: await database.prisma.fragEvent.findMany({ orderBy: { id: 'asc' }, omit: { id: true } }),
  }
}

describe.each(testDatabaseKinds)('batching on $kind', ({ open }) => {
  beforeAll(async () => {
    test = await open()
    database = test.database
  })

  afterAll(() => test.drop())

  it('is invisible: a history gives the same tables wherever it is cut into batches', async () => {
    const history = fc.array(describedWrite, { minLength: 10, maxLength: 60, size: 'max' })
    await fc.assert(
      fc.asyncProperty(history, fc.array(fc.nat(), { maxLength: 5 }), async (writes, cuts) => {
        const oneByOne = await tablesAfter(
          writes,
          writes.map((_, index) => index),
        )
        expect(await tablesAfter(writes, cuts)).toEqual(oneByOne)
      }),
      { numRuns: 100 },
    )
  })
})
