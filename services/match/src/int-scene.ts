import type { EventData, EventType, GameEvent } from '@hlstats/events'
import {
  anEvent,
  aPlayer,
  clearTables,
  type EventOverrides,
  runModules,
  type TestDatabase,
} from '@hlstats/testkit'
import { matchModules } from './service.ts'

const OWN = [
  ...['Server_State', 'Server_Members', 'Matches', 'Match_Players', 'Match_Teams'],
  ...['Rounds', 'Round_Players', 'Round_Scores'],
  ...['Maps_Counts', 'Trend', 'Trend_Slots', 'server_load', 'Shot_Sources', 'Servers'],
].map((name) => `hlstats_${name}`)
/** For tests: the tables that a batch of match events may change. */
export const TABLES = [...OWN, 'hlstats_PlayerUniqueIds', 'hlstats_Players']

/** For tests: nothing but two servers of CS:S. */
export async function clearMatches({ database }: TestDatabase): Promise<void> {
  await clearTables(database, [...TABLES, 'hlstats_Servers_Config'])
  for (const id of [1, 2]) {
    await database.execute(
      'INSERT INTO hlstats_Servers (serverId, address, port, game) VALUES (?, ?, 27015, ?)',
      [id, `10.0.0.${id}`, 'css'],
    )
    for (const [parameter, value] of [
      ['TrackServerLoad', '1'],
      ['MinPlayers', '4'],
    ] as const) {
      await database.execute(
        'INSERT INTO hlstats_Servers_Config (serverId, parameter, value) VALUES (?, ?, ?)',
        [id, parameter, value],
      )
    }
  }
}

/** For tests: counts these events as one batch of a replica of its own. */
export async function applyTo({ database }: TestDatabase, events: readonly unknown[]): Promise<void> {
  const modules = await runModules(database, matchModules)
  await modules.apply(events as GameEvent[])
}

/** For tests: events of one server, one second apart. */
export function aServerLog() {
  let second = 0
  return <T extends EventType>(type: T, data: EventData[T], overrides: EventOverrides = {}) => {
    second += 1
    const timestamp = new Date(Date.UTC(2026, 0, 1, 10, 0, second)).toISOString()
    return anEvent(type, data, {
      game: 'css',
      stream: 's',
      map: 'de_nuke',
      timestamp,
      receivedAt: timestamp,
      ...overrides,
    })
  }
}

export const [al, bo] = [aPlayer(1), aPlayer(2, { team: 'TERRORIST' })]
export const kill = { killer: al, victim: bo, weapon: 'ak47', headshot: true }
