import { type Database, parseServerAddress } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import type { Command } from 'commander'
import { positiveInteger } from './numbers.ts'
import { withDatabase } from './opened-database.ts'
import type { Ingress, LogDestination, SendReport } from './udp-log-sender.ts'

export interface IngressOptions {
  readonly to: string
  readonly ingressUrl: string
  readonly rate?: number
}

export interface DestinationOptions extends IngressOptions {
  readonly server: string
}

/** The options of every command that sends log lines. */
export function withDestinationOptions(command: Command): Command {
  return command
    .option('--to <host:port>', "ingress' UDP address", '127.0.0.1:27500')
    .option(
      '--ingress-url <url>',
      "ingress' /metrics are read there, to send no faster than it receives",
      'http://127.0.0.1:8080',
    )
    .option('--rate <lines>', 'lines a second; as fast as ingress receives unless given', positiveInteger)
}

/** Where to send and how to speak for that server: checked against the database, because ingress drops in silence. */
export async function findDestination({ server, ...options }: DestinationOptions): Promise<LogDestination> {
  const { ip, port } = parseServerAddress(server)
  const ingress = ingressOf(options)
  const proxyKey = await withDatabase(async (database) => {
    await assertRegistered(database, ip, port)
    return readProxyKey(database)
  })
  return { ...ingress, server, proxyKey }
}

/** Where ingress is, as the options say. */
export function ingressOf({ to, ingressUrl, rate }: IngressOptions): Ingress {
  const [host = '', port = '', ...rest] = to.split(':')
  if (
    host === '' ||
    rest.length > 0 ||
    !/^\d{1,5}$/.test(port) ||
    Number(port) > 65_535 ||
    Number(port) < 1
  ) {
    throw new StatsError('INPUT_INVALID', `--to "${to}" is not host:port`)
  }
  return { host, port: Number(port), ingressUrl, ...(rate === undefined ? {} : { rate }) }
}

/** What was sent and received, in words; a loss is said aloud. */
export function describeReport({ sent, received }: SendReport): string {
  if (received === undefined)
    return `sent ${sent} lines (how many arrived is not known: ingress' /metrics do not answer)`
  const lost = received < sent ? `, ${sent - received} LOST` : ''
  return `sent ${sent} lines, ingress received ${Math.min(sent, received)}${lost}`
}

async function assertRegistered(database: Database, ip: string, port: number): Promise<void> {
  const rows = await database.query('SELECT serverId FROM hlstats_Servers WHERE address = ? AND port = ?', [
    ip,
    port,
  ])
  if (rows.length > 0) return
  throw new StatsError(
    'INPUT_INVALID',
    `no server ${ip}:${port} is registered: hlstats servers add ${ip}:${port} --game <code> --name <text>`,
  )
}

/** The key with which one program may speak for all servers. */
export async function readProxyKey(database: Database): Promise<string> {
  const [row] = await database.query<{ value: string }>(
    "SELECT value FROM hlstats_Options WHERE keyname = 'Proxy_Key'",
  )
  if (row !== undefined && row.value !== '') return row.value
  throw new StatsError(
    'INPUT_INVALID',
    'option Proxy_Key is empty, so ingress lets nobody speak for a server: run `hlstats migrate` or set it',
  )
}
