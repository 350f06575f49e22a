import { type Action, type ActionList, type ActionScope, findAction } from './rules/action.ts'
import type { ClanTagMatcher } from './rules/clan-tag.ts'
import { type GlobalOptions, type ServerOptions, serverOptions } from './rules/options.ts'

/** What operators configure and the daemon only reads: options, weapons, actions, clan tags. */
export class Catalogue {
  readonly options: GlobalOptions
  readonly clanTagOf: ClanTagMatcher
  readonly problems: readonly string[]
  readonly #tables: CatalogueTables

  constructor(tables: CatalogueTables) {
    this.#tables = tables
    this.options = tables.options
    this.clanTagOf = tables.clanTagOf
    this.problems = tables.problems
  }

  /** The options of a server; a server that nobody configured gets the built-in ones. */
  server(serverId: number): ServerOptions {
    return this.#tables.servers.get(serverId) ?? UNCONFIGURED
  }

  knows(serverId: number): boolean {
    return this.#tables.servers.has(serverId)
  }

  modifierOf(game: string, weapon: string): number {
    return this.#tables.modifiers.get(game)?.get(weapon) ?? 1
  }

  action(game: string, code: string, scope: ActionScope, team = ''): Action | undefined {
    return findAction(this.#tables.actions.get(game), code, scope, team)
  }

  /** Left 4 Dead and its like: kills pay the minimum only. */
  isCoop(game: string): boolean {
    return this.#tables.realGames.get(game) === 'l4d'
  }
}

export interface CatalogueTables {
  readonly options: GlobalOptions
  readonly servers: ReadonlyMap<number, ServerOptions>
  readonly modifiers: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly actions: ReadonlyMap<string, ActionList>
  readonly realGames: ReadonlyMap<string, string>
  readonly clanTagOf: ClanTagMatcher
  /** Values that could not be used, in words for an operator. */
  readonly problems: readonly string[]
}

const UNCONFIGURED = serverOptions(new Map(), '').options
