import { parseServerAddress } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import { Command } from 'commander'
import { allowNetworkCommand } from './allow-network.command.ts'
import { withDatabase } from './opened-database.ts'
import { operate } from './operate.ts'
import { serverKeyCommand } from './server-key.command.ts'
import { type KeyOptions, readKeys, withKeyOptions } from './server-keys.ts'
import { textTable } from './text-table.ts'
import { unknownSendersCommand } from './unknown-senders.command.ts'

interface AddOptions extends KeyOptions {
  readonly game: string
  readonly name?: string
  readonly mod: string
  readonly set: Readonly<Record<string, string>>
}

interface ServerRow {
  readonly serverId: number
  readonly address: string
  readonly port: number
  readonly game: string
  readonly name: string
  readonly map: string
  readonly players: number
  readonly kills: number
}

/** `hlstats servers add|list|key|unknown|allow` */
export function serversCommand(): Command {
  const servers = new Command('servers').description('game servers whose logs are counted')
  withKeyOptions(servers.command('add'))
    .description(
      'register a game server; ingress knows it within its reload time (30 s unless set otherwise)',
    )
    .argument('<ip:port>', 'the address its log datagrams come from: its own address and game port')
    .requiredOption('--game <code>', 'game code: cstrike, csgo, cs2, tf …')
    .option('--name <text>', 'name shown to people; the address unless given')
    .option('--mod <code>', 'admin mod whose defaults to take: SOURCEMOD, AMXX …', '')
    .option(
      '--set <name=value>',
      'a setting other than its default, such as MinPlayers=2 (repeatable)',
      collect,
      {},
    )
    .action(add)
  servers.command('list').description('registered game servers').action(list)
  servers.addCommand(serverKeyCommand())
  servers.addCommand(unknownSendersCommand())
  servers.addCommand(allowNetworkCommand())
  return servers
}

async function add(address: string, options: AddOptions): Promise<void> {
  const { game, name, mod, set } = options
  const { keys, told } = readKeys(options)
  const parsed = parseServerAddress(address)
  const server = { address: parsed, game, name: name ?? address, mod, settings: set, keys }
  const serverId = await operate((operations) => operations.addServer(server))
  console.log(`server ${serverId}: ${address}, ${game}, "${server.name}"`)
  for (const line of told) console.log(line)
}

async function list(): Promise<void> {
  const rows = await withDatabase((database) =>
    database.query<ServerRow>(
      `SELECT serverId, address, port, game, name, act_map AS map, act_players AS players, kills
         FROM hlstats_Servers ORDER BY serverId`,
    ),
  )
  if (rows.length === 0) {
    console.log('no game server is registered: hlstats servers add <ip:port> --game <code> --name <text>')
    return
  }
  const titles = ['Id', 'Address', 'Game', 'Name', 'Map', 'Players', 'Kills']
  const columns = titles.map((title) => ({ title, right: ['Id', 'Players', 'Kills'].includes(title) }))
  const cells = rows.map((row) => [
    row.serverId,
    `${row.address}:${row.port}`,
    row.game,
    row.name,
    row.map,
    row.players,
    row.kills,
  ])
  console.log(textTable(columns, cells))
}

function collect(text: string, before: Record<string, string>): Record<string, string> {
  const split = text.indexOf('=')
  if (split > 0) return { ...before, [text.slice(0, split)]: text.slice(split + 1) }
  throw new StatsError('INPUT_INVALID', `--set "${text}" is not name=value`)
}
