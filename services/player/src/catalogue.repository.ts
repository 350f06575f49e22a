import type { Database } from '@hlstats/database'
import { BaseRepository } from '@hlstats/infrastructure'
import { Catalogue } from './catalogue.ts'
import type { Action } from './rules/action.ts'
import { type ClanTagPattern, clanTagMatcher } from './rules/clan-tag.ts'
import { globalOptions, serverOptions } from './rules/options.ts'

const RELOAD_AFTER_MS = 30_000

interface OptionRow {
  serverId: number
  address: string
  parameter: string | null
  value: string | null
}

interface ServerRow {
  readonly address: string
  readonly values: Map<string, string>
}

interface ActionRow {
  id: number
  game: string
  code: string
  reward_player: number
  reward_team: number
  team: string
  for_PlayerActions: string
  for_PlayerPlayerActions: string
  for_TeamActions: string
  for_WorldActions: string
}

/** Reads what operators configure, and reads it again after half a minute or when an unknown server talks. */
export class CatalogueRepository extends BaseRepository {
  readonly #report: (problems: readonly string[]) => void
  readonly #now: () => number
  #current: { readonly catalogue: Catalogue; readonly readAt: number } | undefined

  constructor(
    database: Database,
    report: (problems: readonly string[]) => void,
    now: () => number = () => performance.now(),
  ) {
    super(database)
    this.#report = report
    this.#now = now
  }

  async current(serverIds: Iterable<number>): Promise<Catalogue> {
    const known = this.#current
    const fresh = known !== undefined && this.#now() - known.readAt < RELOAD_AFTER_MS
    if (fresh && [...serverIds].every((id) => known.catalogue.knows(id))) return known.catalogue
    const catalogue = await this.#read()
    this.#report(catalogue.problems)
    this.#current = { catalogue, readAt: this.#now() }
    return catalogue
  }

  async #read(): Promise<Catalogue> {
    const options = globalOptions(await this.#globalValues())
    const servers = [...(await this.#serverRows())].map(
      ([id, { address, values }]) => [id, serverOptions(values, `server ${id}`, address)] as const,
    )
    return new Catalogue({
      options: options.options,
      servers: new Map(servers.map(([id, parsed]) => [id, parsed.options])),
      problems: [...options.problems, ...servers.flatMap(([, parsed]) => parsed.problems)],
      modifiers: await this.#modifiers(),
      actions: await this.#actions(),
      realGames: new Map(
        (
          await this.query<{ code: string; realgame: string }>('SELECT code, realgame FROM hlstats_Games')
        ).map(({ code, realgame }) => [code, realgame]),
      ),
      clanTagOf: clanTagMatcher(
        await this.query<ClanTagPattern>('SELECT id, pattern, position FROM hlstats_ClanTags'),
      ),
    })
  }

  async #globalValues(): Promise<Map<string, string>> {
    const rows = await this.query<{ keyname: string; value: string }>(
      'SELECT keyname, value FROM hlstats_Options WHERE opttype < 2',
    )
    return new Map(rows.map(({ keyname, value }) => [keyname, value]))
  }

  async #serverRows(): Promise<Map<number, ServerRow>> {
    const rows = await this.query<OptionRow>(
      `SELECT s.serverId, s.address, c.parameter, c.value FROM hlstats_Servers s LEFT JOIN hlstats_Servers_Config c USING (serverId)`,
    )
    const servers = new Map<number, ServerRow>()
    for (const { serverId, address, parameter, value } of rows) {
      const server = servers.get(serverId) ?? { address, values: new Map<string, string>() }
      if (parameter !== null) server.values.set(parameter, value ?? '')
      servers.set(serverId, server)
    }
    return servers
  }

  async #modifiers(): Promise<Map<string, Map<string, number>>> {
    const rows = await this.query<{ game: string; code: string; modifier: string }>(
      'SELECT game, code, CAST(modifier AS CHAR) AS modifier FROM hlstats_Weapons',
    )
    const games = new Map<string, Map<string, number>>()
    for (const { game, code, modifier } of rows) {
      const weapons = games.get(game) ?? new Map<string, number>()
      games.set(game, weapons.set(code, Number(modifier)))
    }
    return games
  }

  async #actions(): Promise<Map<string, Map<string, Action[]>>> {
    const rows = await this.query<ActionRow>(
      `SELECT id, game, code, reward_player, reward_team, team,
              for_PlayerActions, for_PlayerPlayerActions, for_TeamActions, for_WorldActions
         FROM hlstats_Actions ORDER BY id`,
    )
    const games = new Map<string, Map<string, Action[]>>()
    for (const row of rows) {
      const actions = games.get(row.game) ?? new Map<string, Action[]>()
      games.set(row.game, actions.set(row.code, [...(actions.get(row.code) ?? []), actionOf(row)]))
    }
    return games
  }
}

function actionOf(row: ActionRow): Action {
  return {
    id: row.id,
    code: row.code,
    rewardPlayer: row.reward_player,
    rewardTeam: row.reward_team,
    team: row.team,
    forPlayer: row.for_PlayerActions === '1',
    forPlayerPlayer: row.for_PlayerPlayerActions === '1',
    forTeam: row.for_TeamActions === '1',
    forWorld: row.for_WorldActions === '1',
  }
}
