import { isIPv4 } from 'node:net'
import { StatsError } from '@hlstats/errors'
import type { Database } from './database.ts'
import { type ServerKey, storeKeys } from './server-keys.ts'
import type { SqlRow } from './sql-value.ts'

export interface ServerAddress {
  readonly ip: string
  readonly port: number
}

export interface NewServer {
  readonly address: ServerAddress
  readonly game: string
  readonly name: string
  /** Admin mod on the server: its own defaults are taken; '' for none. */
  readonly mod: string
  /** Settings that differ from the defaults. */
  readonly settings: Readonly<Record<string, string>>
  /** With what it proves who it is; without any its address does. */
  readonly keys?: readonly ServerKey[]
}

// Ours alone: HLstatsX:CE read the clock of the machine.
const OWN_SETTINGS = ['TimeZone']

/** `1.2.3.4:27015`: servers are recognised by the address their datagrams come from, so a host name is no use. */
export function parseServerAddress(text: string): ServerAddress {
  const [ip = '', port = '', ...rest] = text.split(':')
  if (
    rest.length === 0 &&
    isIPv4(ip) &&
    /^\d{1,5}$/.test(port) &&
    Number(port) >= 1 &&
    Number(port) <= 65_535
  ) {
    return { ip, port: Number(port) }
  }
  throw new StatsError(
    'INPUT_INVALID',
    `"${text}" is not an address: write the game server's IPv4 address and port, like 192.0.2.10:27015`,
  )
}

/** Registers a game server with the settings its game and mod start from; returns its id. */
export async function addServer(database: Database, server: NewServer): Promise<number> {
  return database.transaction(async () => {
    await assertGame(database, server.game)
    await assertFree(database, server.address)
    const settings = await startSettings(database, server)
    const { serverId } = await database.prisma.server.create({
      data: { address: server.address.ip, port: server.address.port, game: server.game, name: server.name },
      select: { serverId: true },
    })
    await database.prisma.serverConfig.createMany({
      data: [...settings].map(([parameter, value]) => ({ serverId, parameter, value })),
    })
    await storeKeys(database, serverId, server.keys ?? [])
    return serverId
  })
}

/** Throws with all game codes when this is none. */
export async function assertGame(database: Database, game: string): Promise<void> {
  const games = await database.query<{ code: string; name: string }>(
    'SELECT code, name FROM hlstats_Games ORDER BY code',
  )
  if (games.some(({ code }) => code === game)) return
  const known = games.map(({ code, name }) => `  ${code.padEnd(12)} ${name}`).join('\n')
  throw new StatsError('INPUT_INVALID', `game "${game}" is unknown: use one of\n${known}`)
}

async function assertFree(database: Database, { ip, port }: ServerAddress): Promise<void> {
  const [taken] = await database.query<{ serverId: number; name: string }>(
    'SELECT serverId, name FROM hlstats_Servers WHERE address = ? AND port = ?',
    [ip, port],
  )
  if (taken === undefined) return
  throw new StatsError(
    'INPUT_INVALID',
    `${ip}:${port} is registered already: server ${taken.serverId}, "${taken.name}"`,
  )
}

// Later sources win: defaults of every server, of the mod, of the game, and what the operator says.
async function startSettings(
  database: Database,
  { game, mod, settings }: NewServer,
): Promise<Map<string, string>> {
  const general = await settingRows(
    database,
    'SELECT parameter, value FROM hlstats_Servers_Config_Default',
    [],
  )
  const ofMod = await settingRows(
    database,
    'SELECT parameter, value FROM hlstats_Mods_Defaults WHERE code = ?',
    [mod],
  )
  const ofGame = await settingRows(
    database,
    'SELECT parameter, value FROM hlstats_Games_Defaults WHERE code = ?',
    [game],
  )
  const known = new Map([...general, ...ofMod, ['Mod', mod] as const, ...ofGame])
  for (const [parameter, value] of Object.entries(settings)) {
    if (!known.has(parameter) && !OWN_SETTINGS.includes(parameter)) {
      const names = [...known.keys(), ...OWN_SETTINGS].sort().join(', ')
      throw new StatsError('INPUT_INVALID', `setting "${parameter}" is unknown: use one of ${names}`)
    }
    known.set(parameter, value)
  }
  return known
}

async function settingRows(
  database: Database,
  sql: string,
  parameters: string[],
): Promise<[string, string][]> {
  const rows = await database.query<SqlRow & { parameter: string; value: string }>(sql, parameters)
  return rows.map(({ parameter, value }) => [parameter, value])
}
