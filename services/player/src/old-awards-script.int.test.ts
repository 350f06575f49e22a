import { dispositionOf } from '@hlstats/errors'
import type { GameEvent } from '@hlstats/events'
import {
  aKill,
  aPlayer,
  Chance,
  type ModuleRun,
  runModules,
  type TestDatabase,
  testDatabase,
  withConnection,
} from '@hlstats/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { playerModules } from './service.ts'

// What hlstats-awards.pl does once a day (activity, prune, optimize, awards, ribbons), in statements of our own, over a
// connection with the server's default isolation, as a Perl script has it.

let place: TestDatabase

beforeEach(async () => {
  place = await testDatabase()
})

afterEach(() => place.drop())

const EVENT_TABLES = [
  'Frags',
  'Teamkills',
  'Suicides',
  'PlayerActions',
  'Connects',
  'Entries',
  'Chat',
  'Statsme',
].map((name) => `hlstats_Events_${name}`)
const UPKEEP: readonly string[] = [
  ...[...EVENT_TABLES, 'hlstats_Players_History'].map(
    (table) => `DELETE FROM ${table} WHERE eventTime < DATE_SUB(NOW(), INTERVAL 28 DAY)`,
  ),
  'DELETE FROM hlstats_Trend WHERE timestamp < UNIX_TIMESTAMP() - 172800',
  ...[...EVENT_TABLES, 'hlstats_Players', 'hlstats_Players_History'].map(
    (table) => `OPTIMIZE TABLE ${table}`,
  ),
  `UPDATE hlstats_Players SET activity = IF(UNIX_TIMESTAMP() - last_event >= 2419200, -1,
     100 / 2419200 * (2419200 - (UNIX_TIMESTAMP() - last_event))) WHERE game = 'css'`,
  "UPDATE hlstats_Players SET hideranking = 3 WHERE hideranking = 0 AND activity < 0 AND game = 'css'",
]
// It asks for each winner, and then writes him down.
const WINNER = `SELECT f.killerId AS winner, COUNT(*) AS kills FROM hlstats_Events_Frags f
  JOIN hlstats_Players p ON p.playerId = f.killerId WHERE p.hideranking = 0 AND f.weapon = 'ak47'
  GROUP BY f.killerId ORDER BY kills DESC, p.skill DESC LIMIT 1`
const WRITE_WINNER = `UPDATE hlstats_Awards SET g_winner_id = ?, g_winner_count = ?, d_winner_id = ?, d_winner_count = ?
  WHERE game = 'css' AND awardType = 'W' AND code = 'ak47'`
const AWARDS: readonly string[] = [
  `INSERT IGNORE INTO hlstats_Players_Awards (awardTime, awardId, playerId, count, game)
     SELECT CURRENT_DATE(), awardId, d_winner_id, d_winner_count, game FROM hlstats_Awards WHERE d_winner_id IS NOT NULL`,
  "DELETE FROM hlstats_Players_Ribbons WHERE game = 'css'",
  `INSERT INTO hlstats_Players_Ribbons (playerId, ribbonId, game)
     SELECT playerId, 1, game FROM hlstats_Players_Awards WHERE game = 'css' GROUP BY playerId, game`,
  "REPLACE INTO hlstats_Options (keyname, value, opttype) VALUES ('awards_d_date', CURRENT_DATE(), 2)",
]

/** As the consumer does: what may pass is tried again from the start. */
async function applyWithRetries(modules: ModuleRun, batch: readonly GameEvent[]): Promise<number> {
  for (let retries = 0; ; retries += 1) {
    try {
      await modules.apply(batch)
      return retries
    } catch (error) {
      if (dispositionOf(error) !== 'retry') throw error
    }
  }
}

function someKills(count: number): GameEvent[] {
  const chance = new Chance(count)
  return Array.from({ length: count }, () => {
    const number = 1 + chance.below(30)
    const data = {
      killer: aPlayer(number),
      victim: aPlayer(31 + chance.below(30), { team: 'TERRORIST' }),
      weapon: 'ak47',
    }
    return aKill(data, { timestamp: new Date().toISOString() })
  })
}

describe('the old awards script beside us', () => {
  it('takes nothing from what is counted meanwhile, gets its awards, and hides nobody who plays', async () => {
    const { database, url } = place
    await database.execute(
      "INSERT INTO hlstats_Awards (awardType, game, code, name, verb) VALUES ('W', 'css', 'ak47', 'AK', 'kills')",
    )
    await database.execute(
      "INSERT INTO hlstats_Players (playerId, lastName, game, last_event) VALUES (9000, 'Long gone', 'css', 1000000)",
    )
    const old = new Array(3_000).fill("('2020-01-01', 9000, 9000, 'ak47')")
    await database.execute(
      `INSERT INTO hlstats_Events_Frags (eventTime, killerId, victimId, weapon) VALUES ${old.join(', ')}`,
    )

    const modules = await runModules(database, playerModules)
    await modules.apply(someKills(100))
    let counting = true
    const script = withConnection(url, async (connection) => {
      let runs = 0
      do {
        for (const statement of UPKEEP) await connection.query(statement)
        const [best] = await connection.query(WINNER)
        const winner = [best.winner, Number(best.kills)]
        await connection.query(WRITE_WINNER, [...winner, ...winner])
        for (const statement of AWARDS) await connection.query(statement)
        runs += 1
      } while (counting)
      return runs
    })
    const batches = 25
    for (let batch = 0; batch < batches; batch += 1) await applyWithRetries(modules, someKills(60))
    counting = false
    expect(await script).toBeGreaterThan(0)

    const [sums] = await database.query(
      `SELECT SUM(kills) AS kills, SUM(deaths) AS deaths,
              (SELECT COUNT(*) FROM hlstats_Events_Frags) AS frags,
              (SELECT SUM(kills) FROM hlstats_Players_History) AS history FROM hlstats_Players`,
    )
    const kills = 100 + batches * 60
    expect(sums).toEqual({ kills, deaths: kills, frags: kills, history: kills })
    const [award] = await database.query<{ winner: number }>(
      "SELECT g_winner_id AS winner FROM hlstats_Awards WHERE code = 'ak47' AND game = 'css'",
    )
    expect(award?.winner).toBeGreaterThan(0)
    expect(
      await database.query('SELECT playerId, hideranking FROM hlstats_Players WHERE hideranking <> 0'),
    ).toEqual([{ playerId: 9000, hideranking: 3 }])
    expect(await database.query('SELECT DISTINCT playerId FROM hlstats_Players_Ribbons')).toHaveLength(
      (await database.query('SELECT DISTINCT playerId FROM hlstats_Players_Awards')).length,
    )
  })
})
