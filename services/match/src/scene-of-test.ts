import type { Database } from '@hlstats/database'
import type { GameEvent } from '@hlstats/events'
import { aPlayer, clearTables, runModules, type TestDatabase, testDatabase } from '@hlstats/testkit'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { matchModules } from './service.ts'

/** What the match service writes, and the players that it makes. */
export const TABLES = [
  ...['Server_State', 'Server_Members', 'Matches', 'Match_Players', 'Match_Teams'],
  ...['Rounds', 'Round_Players', 'Round_Scores', 'Match_Actions'],
  ...['Maps_Counts', 'Trend', 'Trend_Slots', 'server_load', 'Shot_Sources', 'Servers'],
  ...['PlayerUniqueIds', 'Players'],
].map((name) => `hlstats_${name}`)

export const [al, bo] = [aPlayer(1), aPlayer(2, { team: 'TERRORIST' })]
export const kill = { killer: al, victim: bo, weapon: 'ak47', headshot: true }

/** The scene of all tests of a file: two servers of which nothing has been counted before each of them. */
export function sceneOfTests(): MatchScene {
  const scene = new MatchScene()
  beforeAll(() => scene.open())
  beforeEach(() => scene.clear())
  afterAll(() => scene.close())
  return scene
}

class MatchScene {
  #test!: TestDatabase

  async open(): Promise<void> {
    this.#test = await testDatabase()
  }

  close(): Promise<void> {
    return this.#test.drop()
  }

  get database(): Database {
    return this.#test.database
  }

  async clear(): Promise<void> {
    await clearTables(this.database, [...TABLES, 'hlstats_Servers_Config'])
    for (const id of [1, 2]) {
      await this.database.execute(
        'INSERT INTO hlstats_Servers (serverId, address, port, game) VALUES (?, ?, 27015, ?)',
        [id, `10.0.0.${id}`, 'css'],
      )
      for (const [parameter, value] of [
        ['TrackServerLoad', '1'],
        ['MinPlayers', '4'],
      ] as const) {
        await this.database.execute(
          'INSERT INTO hlstats_Servers_Config (serverId, parameter, value) VALUES (?, ?, ?)',
          [id, parameter, value],
        )
      }
    }
  }

  /** Counts these events as one batch, of a replica of its own. */
  async apply(...events: GameEvent[]): Promise<void> {
    await this.count([events])
  }

  /** Counts these batches, one replica all of them. */
  async count(batches: readonly (readonly GameEvent[])[]): Promise<void> {
    const modules = await runModules(this.database, matchModules)
    for (const batch of batches) await modules.apply(batch)
  }

  query(sql: string) {
    return this.database.query<Record<string, unknown>>(sql)
  }

  /** The row of the first server. */
  async server(): Promise<Record<string, unknown> | undefined> {
    return (await this.query('SELECT * FROM hlstats_Servers WHERE serverId = 1'))[0]
  }
}
