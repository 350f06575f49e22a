import type { Database } from '@hlstats/database'
import type { GameEvent } from '@hlstats/events'
import { runModules } from '@hlstats/testkit'
import { matchModules } from '../../services/match/src/service.ts'
import { playerModules } from '../../services/player/src/service.ts'
import { weaponModules } from '../../services/weapon/src/service.ts'
import type { Golden } from './golden.ts'
import { SERVER } from './replay.ts'

const BATCH = 500

/** Makes the one server of a golden result: the seed's options, the game's, the admin mod's, then those of the run. */
export async function configureServer(database: Database, { game, settings }: Golden): Promise<void> {
  await database.execute(
    'INSERT INTO hlstats_Servers (serverId, address, port, name, game) VALUES (1, ?, ?, ?, ?)',
    [SERVER.address, SERVER.port, 'parity', game],
  )
  const options: Record<string, string> = {
    ...(await optionsFrom(database, 'SELECT parameter, value FROM hlstats_Servers_Config_Default', [])),
    ...(await optionsFrom(database, 'SELECT parameter, value FROM hlstats_Games_Defaults WHERE code = ?', [
      game,
    ])),
    ...settings.server,
    MinPlayers: String(settings.MinPlayers),
    IgnoreBots: String(settings.IgnoreBots),
    // Reading from a file, the original never enters a bonus round.
    BonusRoundIgnore: '0',
  }
  for (const [parameter, value] of Object.entries(options)) {
    await database.execute(
      'REPLACE INTO hlstats_Servers_Config (serverId, parameter, value) VALUES (1, ?, ?)',
      [parameter, value],
    )
  }
}

/** Gives the events to the modules of all counting services, batch by batch. */
export async function count(database: Database, events: readonly GameEvent[]): Promise<void> {
  for (const build of [playerModules, weaponModules, matchModules]) {
    const modules = await runModules(database, build)
    for (let start = 0; start < events.length; start += BATCH) {
      await modules.apply(events.slice(start, start + BATCH))
    }
  }
}

async function optionsFrom(
  database: Database,
  sql: string,
  params: string[],
): Promise<Record<string, string>> {
  const rows = await database.query<{ parameter: string; value: string }>(sql, params)
  return Object.fromEntries(rows.map(({ parameter, value }) => [parameter, value]))
}
