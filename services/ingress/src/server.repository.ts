import { BaseRepository } from '@hlstats/infrastructure'

export interface ServerRow {
  readonly serverId: number
  readonly address: string
  readonly port: number
  readonly game: string
  readonly maxPlayers: number
}

export interface ServerOptionRow {
  readonly serverId: number
  readonly parameter: string
  readonly value: string
}

export interface ServerKeyRow {
  readonly serverId: number
  readonly kind: string
  readonly digest: string
}

/** Game servers that send from there are registered, as ones of this game. */
export interface NetworkRow {
  readonly network: string
  readonly game: string
}

export interface ActionRow {
  readonly game: string
  readonly code: string
  readonly rewardTeam: number
  readonly team: string
  readonly forPlayer: string
  readonly forPlayerPlayer: string
  readonly forTeam: string
  readonly forWorld: string
}

/** Everything that ingress reads from the database, as one picture. */
export interface ServerCatalogue {
  readonly servers: readonly ServerRow[]
  readonly serverOptions: readonly ServerOptionRow[]
  readonly serverKeys: readonly ServerKeyRow[]
  readonly networks: readonly NetworkRow[]
  readonly options: ReadonlyMap<string, string>
  /** Game code → engine and mod family. */
  readonly families: ReadonlyMap<string, string>
  readonly actions: readonly ActionRow[]
}

/** Reads the game servers and what decides how their lines count. */
export class ServerRepository extends BaseRepository {
  async load(): Promise<ServerCatalogue> {
    const servers = await this.query<ServerRow>(
      'SELECT serverId, address, port, game, max_players AS maxPlayers FROM hlstats_Servers ORDER BY serverId',
    )
    const serverOptions = await this.query<ServerOptionRow>(
      'SELECT serverId, parameter, value FROM hlstats_Servers_Config',
    )
    const serverKeys = await this.query<ServerKeyRow>(
      'SELECT server_id AS serverId, kind, digest FROM hlstats_Server_Keys ORDER BY server_id, kind',
    )
    const networks = await this.query<NetworkRow>(
      'SELECT network, game FROM hlstats_Server_Networks ORDER BY network',
    )
    const options = await this.query<{ keyname: string; value: string }>(
      'SELECT keyname, value FROM hlstats_Options WHERE opttype <= 1',
    )
    const games = await this.query<{ code: string; realgame: string }>(
      'SELECT code, realgame FROM hlstats_Games',
    )
    const actions = await this.query<ActionRow>(
      `SELECT game, code, reward_team AS rewardTeam, team, for_PlayerActions AS forPlayer,
              for_PlayerPlayerActions AS forPlayerPlayer, for_TeamActions AS forTeam, for_WorldActions AS forWorld
         FROM hlstats_Actions ORDER BY id`,
    )
    return {
      servers,
      serverOptions,
      serverKeys,
      networks,
      options: new Map(options.map(({ keyname, value }) => [keyname, value])),
      families: new Map(games.map(({ code, realgame }) => [code, realgame])),
      actions,
    }
  }
}
