import type { Database } from '@hlstats/database'
import { dispositionOf } from '@hlstats/errors'
import type { GameEvent } from '@hlstats/events'
import {
  aHistory,
  aKill,
  aPlayer,
  Chance,
  dumpTables,
  type ModuleRun,
  runModules,
  type TestDatabase,
  testDatabase,
  testDatabaseKinds,
} from '@hlstats/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { recompute } from '../cli/src/recompute/recompute.ts'
import { recomputationReport } from '../cli/src/recompute/report.ts'
import { matchModules } from '../services/match/src/service.ts'
import { playerModules } from '../services/player/src/service.ts'
import { weaponModules } from '../services/weapon/src/service.ts'
import { goldenLogs, readGolden, readLog } from './parity/golden.ts'
import { eventsOf } from './parity/replay.ts'
import { configureServer, count } from './parity/run.ts'

const TABLES = [
  'Players',
  'Players_History',
  'Player_Weapons',
  'Player_Totals',
  'Weapons',
  'Maps_Counts',
].map((name) => `hlstats_${name}`)
const DAMAGED: Readonly<Record<string, readonly string[]>> = {
  hlstats_Players: ['kills', 'deaths', 'headshots', 'suicides', 'teamkills', 'shots', 'hits'],
  hlstats_Players_History: ['kills', 'deaths', 'headshots', 'suicides', 'teamkills', 'shots', 'hits'],
  hlstats_Player_Weapons: ['kills', 'headshots', 'teamkills', 'deaths', 'shots', 'hits', 'damage'],
  hlstats_Player_Totals: ['assists', 'flash_assists'],
  hlstats_Weapons: ['kills'],
  hlstats_Maps_Counts: ['kills', 'headshots'],
}

let open: TestDatabase | undefined

afterEach(async () => {
  await open?.drop()
  open = undefined
})

/** Some hours of play on two servers whose plugins sum up all shots. */
async function played(database: Database, seed: number): Promise<void> {
  for (const serverId of [1, 2]) {
    await database.execute(
      "INSERT INTO hlstats_Servers (serverId, address, port, name, game) VALUES (?, '10.0.0.1', ?, 'test', 'css')",
      [serverId, 27_000 + serverId],
    )
  }
  const byLine = new Set(['WEAPON_FIRE', 'WEAPON_HIT', 'PLAYER_DAMAGE'])
  const events = aHistory({ seed, events: 1_500 }).filter(({ eventType }) => !byLine.has(eventType))
  await count(database, events.map(withoutTeamkillHeadshot))
}

/** Whether a team kill was one is written nowhere but in the weapon's total. */
function withoutTeamkillHeadshot(event: GameEvent): GameEvent {
  if (event.eventType !== 'PLAYER_TEAMKILL') return event
  return { ...event, data: { ...event.data, headshot: false } }
}

async function damage(database: Database, chance: Chance): Promise<void> {
  await database.execute('DELETE FROM hlstats_Player_Weapons WHERE kills % 3 = 1')
  for (const [table, columns] of Object.entries(DAMAGED)) {
    for (const column of columns) {
      const amount = 1 + chance.below(9)
      const rows = `${chance.pick(['kills', 'deaths', 'hits'].filter((name) => columns.includes(name)).concat(column))} % 2 = 0`
      const value =
        chance.below(2) === 0
          ? `${column} + ${amount}`
          : `CASE WHEN ${column} > ${amount} THEN ${column} - ${amount} ELSE 0 END`
      const game = table === 'hlstats_Weapons' ? "game = 'css' AND " : ''
      await database.execute(`UPDATE ${table} SET ${column} = ${value} WHERE ${game}${rows}`)
    }
  }
}

function someKills(batch: number): GameEvent[] {
  return Array.from({ length: 20 }, (_, index) =>
    aKill(
      { killer: aPlayer(1 + ((batch + index) % 9)), victim: aPlayer(20 + index, { team: 'TERRORIST' }) },
      { timestamp: new Date(Date.UTC(2026, 0, 5) + batch * 1_000).toISOString() },
    ),
  )
}

/** As the consumer does: what may pass is tried again from the start. */
async function applyWithRetries(modules: ModuleRun, batch: readonly GameEvent[]): Promise<void> {
  for (;;) {
    try {
      return await modules.apply(batch)
    } catch (error) {
      if (dispositionOf(error) !== 'retry') throw error
    }
  }
}

describe.each(testDatabaseKinds)('recompute on $kind', (kind) => {
  it('finds nothing in what the services counted, and gives back exactly what was damaged', async () => {
    open = await kind.open()
    const { database } = open
    await played(database, 4)
    const found = await recompute(database, { game: 'css', apply: false })
    expect(found.evidence).toMatchObject({ complete: true, shotsAreEvents: true })
    expect(found.players).toBeGreaterThan(5)
    expect(found.differences).toEqual([])

    const original = await dumpTables(database, TABLES)
    for (const seed of [1, 2, 3]) {
      await damage(database, new Chance(seed))
      const damaged = await dumpTables(database, TABLES)
      const shown = await recompute(database, { game: 'css', apply: false })
      expect(new Set(shown.differences.map(({ table }) => table))).toEqual(new Set(TABLES))
      expect(recomputationReport(shown, false)).toMatch(/hlstats_Players_History[\s\S]*nothing was changed/)
      expect(await dumpTables(database, TABLES)).toEqual(damaged)
      await recompute(database, { game: 'css', apply: true })
      expect(await dumpTables(database, TABLES)).toEqual(original)
    }
  })

  it('takes nothing away that pruned events can not speak of, and raises what the rest proves', async () => {
    open = await kind.open()
    const { database } = open
    await played(database, 5)
    const [{ middle } = { middle: 0 }] = await database.query<{ middle: number }>(
      'SELECT MAX(id) / 2 AS middle FROM hlstats_Events_Frags',
    )
    await database.execute('UPDATE hlstats_Players SET createdate = createdate - 864000')
    await database.execute('DELETE FROM hlstats_Events_Frags WHERE id < ?', [Math.floor(middle)])
    const pruned = await recompute(database, { game: 'css', apply: false })
    expect(pruned.evidence.complete).toBe(false)
    expect(pruned.differences).toEqual([])
    expect(recomputationReport(pruned, false)).toMatch(/only raised/)

    await database.execute('UPDATE hlstats_Players SET kills = 0')
    await recompute(database, { game: 'css', apply: true })
    expect(
      await database.query(
        `SELECT p.playerId FROM hlstats_Players p WHERE p.kills <>
           (SELECT COUNT(*) FROM hlstats_Events_Frags f WHERE f.killerId = p.playerId)`,
      ),
    ).toEqual([])
  })
})

describe('recompute', () => {
  it('may add its differences while batches are counted, and both are right afterwards', async () => {
    open = await testDatabase()
    const { database } = open
    await played(database, 8)
    await damage(database, new Chance(8))
    // In one transaction, as services stand that have come to the same record.
    const modules = await runModules(database, (parts) => [
      ...playerModules(parts),
      ...weaponModules(parts),
      ...matchModules(parts),
    ])
    let adding = true
    const counted = (async () => {
      let batches = 0
      for (; adding; batches += 1) await applyWithRetries(modules, someKills(batches))
      return batches
    })()
    for (const _round of [1, 2, 3]) {
      await recompute(database, { game: 'css', apply: true })
      await damage(database, new Chance(9))
    }
    await recompute(database, { game: 'css', apply: true })
    adding = false
    expect(await counted).toBeGreaterThan(1)
    const after = await recompute(database, { game: 'css', apply: false })
    expect(after.differences).toEqual([])
  })

  it('refuses while the services have not counted the same, and a game that nobody has played', async () => {
    open = await testDatabase()
    const { database } = open
    await played(database, 6)
    for (const [service, record] of [
      ['player', 7],
      ['weapon', 5],
      ['match', 7],
    ] as const) {
      await database.execute(
        "INSERT INTO hlstats_Stream_Positions (service, partition_no, stream, record) VALUES (?, 3, 's', ?)",
        [service, record],
      )
    }
    await expect(recompute(database, { game: 'css', apply: true, patienceMs: 0 })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(/weapon is 2 records behind in stream s, partition 3.*stop ingress/),
    })
    await database.execute('UPDATE hlstats_Stream_Positions SET record = 7')
    expect((await recompute(database, { game: 'css', apply: false, patienceMs: 0 })).differences).toEqual([])
    await expect(recompute(database, { game: 'doom', apply: false })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(/doom.*css/),
    })
  })

  it('leaves points alone that are not recorded, and gives back those that are', async () => {
    open = await testDatabase()
    const { database } = open
    await played(database, 7)
    const clean =
      'NOT EXISTS (SELECT 1 FROM hlstats_Events_Suicides e WHERE e.playerId = p.playerId) ' +
      'AND NOT EXISTS (SELECT 1 FROM hlstats_Events_Teamkills e WHERE e.killerId = p.playerId)'
    const skills = () =>
      database.query<{ playerId: number; skill: number }>(
        `SELECT playerId, skill, ${clean} AS clean FROM hlstats_Players p ORDER BY playerId`,
      )
    const before = await skills()
    await database.execute('UPDATE hlstats_Players SET skill = skill + 10')
    const { differences } = await recompute(database, { game: 'css', apply: false })
    expect(differences.length).toBeLessThan(before.length)
    for (const { deltas } of differences) expect(deltas).toEqual({ skill: -10 })
  })
})

describe.skipIf(goldenLogs().length === 0)('recompute after a real log', () => {
  const logs = goldenLogs().filter(({ name }) =>
    /L0607006|broder_vs_epsilon|csgo-log_example|L0522000/.test(name),
  )

  it.each(logs)('$name shows no difference', async ({ name, path }) => {
    open = await testDatabase()
    const { database } = open
    const golden = readGolden(name)
    await configureServer(database, golden)
    await count(database, await eventsOf(database, readLog(path).lines))
    expect((await recompute(database, { game: golden.game, apply: false })).differences).toEqual([])
  })
})
