import type { GameEvent } from '@hlstats/events'
import {
  aKill,
  anEvent,
  aPlayer,
  assertCutsLeaveNoTrace,
  aTeamkill,
  clearTables,
  dumpTables,
  type EventOverrides,
  runModules,
  type TestDatabase,
  testDatabase,
} from '@hlstats/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { weaponModules } from './service.ts'

const TABLES = [
  'hlstats_Weapons',
  'hlstats_Weapon_Discoveries',
  'hlstats_Player_Weapons',
  'hlstats_Shot_Sources',
  'hlstats_Events_Statsme',
  'hlstats_Events_Statsme2',
  'hlstats_Players',
  'hlstats_PlayerUniqueIds',
]
const COUNTERS = { hlstats_Weapons: ['kills', 'headshots'] }
const CSS: EventOverrides = { game: 'css' }

let test: TestDatabase

beforeAll(async () => {
  test = await testDatabase()
})

beforeEach(clear)

afterAll(() => test.drop())

async function clear(): Promise<void> {
  await test.database.execute("DELETE FROM hlstats_Weapons WHERE code LIKE 'no\\_such%'")
  await clearTables(test.database, TABLES, COUNTERS)
}

async function apply(...events: GameEvent[]): Promise<void> {
  const modules = await runModules(test.database, weaponModules)
  await modules.apply(events)
}

const weapon = async (code: string) =>
  (
    await test.database.query(
      "SELECT name, kills, headshots, CAST(modifier AS CHAR) AS modifier FROM hlstats_Weapons WHERE game = 'css' AND code = ?",
      [code],
    )
  )[0]

const ofPlayer = async (uniqueId: string) =>
  (
    await test.database.query(
      `SELECT w.weapon, w.kills, w.headshots, w.teamkills, w.deaths, w.shots, w.hits, w.damage
         FROM hlstats_Player_Weapons w JOIN hlstats_PlayerUniqueIds u ON u.playerId = w.player_id
        WHERE u.uniqueId = ?`,
      [uniqueId],
    )
  )[0]

describe('weapons', () => {
  it('count kills of friends as well, but no feigned and no ignored ones', async () => {
    await apply(
      aKill({ headshot: true }, CSS),
      aTeamkill({}, CSS),
      aKill({ feigned: true }, CSS),
      aKill({}, { ...CSS, counted: 'minPlayers' }),
    )
    expect(await weapon('ak47')).toMatchObject({ kills: 2, headshots: 1 })
    expect(await ofPlayer('0:1')).toMatchObject({ weapon: 'ak47', kills: 1, headshots: 1, teamkills: 1 })
    expect(await ofPlayer('0:2')).toMatchObject({ weapon: 'ak47', kills: 0, deaths: 1 })
  })

  it('that nobody listed get a row when they are first used, with a note of when', async () => {
    await apply(aKill({ weapon: 'no_such_gun' }, { ...CSS, timestamp: '2026-01-02T03:04:05.678Z' }))
    await apply(aKill({ weapon: 'no_such_gun' }, CSS), aKill({ weapon: 'NO_SUCH_GUN' }, CSS))
    expect(await weapon('no_such_gun')).toMatchObject({ name: 'no_such_gun', kills: 3 })
    expect(Number(((await weapon('no_such_gun')) as { modifier: string }).modifier)).toBe(1)
    expect(
      await test.database.query(
        'SELECT game, code, CAST(first_seen AS CHAR) AS seen FROM hlstats_Weapon_Discoveries',
      ),
    ).toEqual([{ game: 'css', code: 'no_such_gun', seen: '2026-01-02 03:04:05' }])
  })
})

describe('summaries of plugins', () => {
  const player = aPlayer(1)
  const counts = { kills: 2, headshots: 1, teamkills: 0, damage: 150, deaths: 1 }

  it('are stored as they came, and give the player his shots', async () => {
    await apply(
      anEvent('WEAPON_STATS', { player, weapon: 'ak47', shots: 10, hits: 4, ...counts }, CSS),
      anEvent(
        'WEAPON_TARGETS',
        {
          player,
          weapon: 'ak47',
          head: 1,
          chest: 2,
          stomach: 3,
          leftArm: 4,
          rightArm: 5,
          leftLeg: 6,
          rightLeg: 7,
        },
        CSS,
      ),
    )
    expect(
      await test.database.query(
        'SELECT weapon, shots, hits, headshots, damage, kills, deaths FROM hlstats_Events_Statsme',
      ),
    ).toEqual([{ weapon: 'ak47', shots: 10, hits: 4, headshots: 1, damage: 150, kills: 2, deaths: 1 }])
    expect(
      await test.database.query(
        'SELECT head, chest, stomach, leftarm, rightarm, leftleg, rightleg FROM hlstats_Events_Statsme2',
      ),
    ).toEqual([{ head: 1, chest: 2, stomach: 3, leftarm: 4, rightarm: 5, leftleg: 6, rightleg: 7 }])
    // Kills have lines of their own.
    expect(await ofPlayer('0:1')).toMatchObject({ shots: 10, hits: 4, damage: 150, kills: 0 })
  })

  it('end the counting of lines about the same shots', async () => {
    const fire = anEvent('WEAPON_FIRE', { player, weapon: 'ak47' }, CSS)
    const hit = anEvent(
      'WEAPON_HIT',
      { player, weapon: 'ak47', damage: 30, damageArmor: 0, hitgroup: 'head' },
      CSS,
    )
    const damage = anEvent('PLAYER_DAMAGE', { player, weapon: 'ak47', damage: 5 }, CSS)
    await apply(fire, hit, damage)
    expect(await ofPlayer('0:1')).toMatchObject({ shots: 1, hits: 1, damage: 35 })
    await apply(anEvent('WEAPON_STATS', { player, weapon: 'ak47', shots: 10, hits: 4, ...counts }, CSS), fire)
    await apply(fire, hit, damage)
    expect(await ofPlayer('0:1')).toMatchObject({ shots: 11, hits: 5, damage: 185 })
  })
})

describe('a batch', () => {
  it('leaves what its events would have left one by one, wherever it is cut', async () => {
    await assertCutsLeaveNoTrace(200, async (batches) => {
      await clear()
      const modules = await runModules(test.database, weaponModules)
      for (const batch of batches) await modules.apply(batch)
      return dumpTables(test.database, TABLES)
    })
  })
})
