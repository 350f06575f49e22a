import { createHash } from 'node:crypto'
import type { ActionRule, ServerSettings, TrackingMode } from './rules/server-settings.ts'
import type { ActionRow, ServerCatalogue, ServerRow } from './server.repository.ts'
import { type ServerOptions, serverOptions, trackingMode } from './server-options.ts'

/** A configured game server: how it is recognised, and how its lines count. */
export interface KnownServer {
  /** `ip:port` */
  readonly address: string
  readonly settings: ServerSettings
  readonly timeZone: string
  readonly maxPlayers: number
  /** It has a log secret or a token: its address alone opens nothing. */
  readonly keyed: boolean
  /** Options of it that cannot be used, in words. */
  readonly problems: readonly string[]
}

/** The servers of a catalogue by `ip:port`. Option names compare as the database compares them: without case. */
export function knownServers(catalogue: ServerCatalogue): Map<string, KnownServer> {
  const options = new Map<number, Map<string, string>>()
  for (const { serverId, parameter, value } of catalogue.serverOptions) {
    const own = options.get(serverId) ?? new Map<string, string>()
    options.set(serverId, own.set(parameter.toLowerCase(), value))
  }
  const actions = new Map<string, Map<string, ActionRule>>()
  for (const row of catalogue.actions) {
    const ofGame = actions.get(row.game) ?? new Map<string, ActionRule>()
    actions.set(row.game, ofGame.set(row.code, actionRule(row)))
  }
  const keyed = new Set(catalogue.serverKeys.map(({ serverId }) => serverId))
  const { mode } = trackingMode(catalogue.options.get('Mode'))
  const timeZone = catalogue.options.get('TimeZone')?.trim() || 'UTC'
  const servers = catalogue.servers.map((row) => {
    const own = options.get(row.serverId) ?? new Map<string, string>()
    return knownServer(row, {
      options: serverOptions(own, `server ${row.serverId}`, timeZone),
      family: catalogue.families.get(row.game) ?? 'hl2mp',
      mode,
      actions: actions.get(row.game) ?? new Map(),
      keyed: keyed.has(row.serverId),
    })
  })
  return new Map(servers.map((server) => [server.address, server]))
}

/** The servers that have a key, by its digest. */
export function serversByKey(
  catalogue: ServerCatalogue,
  servers: Iterable<KnownServer>,
): Map<string, KnownServer> {
  const byId = new Map(Array.from(servers, (server) => [server.settings.serverId, server]))
  const keyed = new Map<string, KnownServer>()
  for (const { serverId, digest } of catalogue.serverKeys) {
    const server = byId.get(serverId)
    if (server !== undefined) keyed.set(digest, server)
  }
  return keyed
}

interface ServerFacts {
  readonly options: ServerOptions
  readonly family: string
  readonly mode: TrackingMode
  readonly actions: ReadonlyMap<string, ActionRule>
  readonly keyed: boolean
}

function knownServer(row: ServerRow, { options, keyed, ...facts }: ServerFacts): KnownServer {
  const { serverId, game, maxPlayers } = row
  const address = `${row.address}:${row.port}`
  const { settings, timeZone, problems } = options
  return {
    address,
    timeZone,
    maxPlayers,
    keyed,
    problems,
    settings: { serverId, game, ...facts, ...settings, botId: botIds(address) },
  }
}

function actionRule(row: ActionRow): ActionRule {
  return {
    rewardTeam: Number(row.rewardTeam),
    team: row.team,
    forPlayer: row.forPlayer === '1',
    forPlayerPlayer: row.forPlayerPlayer === '1',
    forTeam: row.forTeam === '1',
    forWorld: row.forWorld === '1',
  }
}

const MOST_BOT_NAMES = 1_000

/** `BOT:` and MD5 of name and address, as HLstatsX:CE has named bots for years: another digest would split them. */
export function botIds(address: string): (name: string) => string {
  const ids = new Map<string, string>()
  return (name) => {
    const known = ids.get(name)
    if (known !== undefined) return known
    const id = `BOT:${createHash('md5').update(name).update(address).digest('hex')}`
    if (ids.size >= MOST_BOT_NAMES) ids.clear()
    ids.set(name, id)
    return id
  }
}
