import { join } from 'node:path'
import { loadConfig } from '@hlstats/config'
import { type Database, type ServerKeyKind, serverKeyDigest } from '@hlstats/database'
import { decodeMessage, type GameEvent } from '@hlstats/events'
import { BrokerConnection, QueueSource } from '@hlstats/infrastructure'
import { startService } from '@hlstats/service'
import { Metrics, silentLogger } from '@hlstats/telemetry'
import { ingressConfig } from './config.ts'
import { type LogText, openSettings, playLog } from './play-log.ts'
import { buildIngress } from './service.ts'
import { UnknownSenders } from './unknown-senders.ts'

export const AL = 'Al<2><STEAM_1:0:111><CT>'
const BO = 'Bo<3><STEAM_1:0:222><TERRORIST>'
interface Tables {
  readonly database: Database
}

/** A short match: everything in it depends on lines before it. */
export const MATCH: readonly LogText[] = [
  'Loading map "de_nuke"',
  'Started map "de_nuke" (CRC "1")',
  '"Al<2><STEAM_ID_PENDING><>" connected, address "10.1.2.3:27005"',
  '"Al<2><STEAM_1:0:111><>" entered the game',
  '"Al<2><STEAM_1:0:111><>" joined team "CT"',
  '"Bo<3><STEAM_1:0:222><>" joined team "TERRORIST"',
  'World triggered "Round_Start"',
  `"${AL}" triggered "headshot"`,
  'World triggered "killlocation" (attacker_position "1 2 3") (victim_position "4 5 6")',
  `"${AL}" killed "${BO}" with "ak47"`,
  'Team "CT" triggered "CTs_Win" (CT "1") (T "0")',
  'World triggered "Round_End"',
  `"${AL}" killed "${BO}" with "knife"`,
  'World triggered "Round_Start"',
  `"${BO}" killed "${AL}" with "usp"`,
  '"Bo<3><STEAM_1:0:222><TERRORIST>" joined team "CT"',
  '"Bo<3><STEAM_1:0:222><CT>" committed suicide with "world"',
  '"Bo<3><STEAM_1:0:222><CT>" disconnected (reason "bye")',
]

/** Makes a game server known, counting everything. */
export async function register(
  { database }: Tables,
  serverId: number,
  port: number,
  address = '127.0.0.1',
): Promise<void> {
  await database.execute('DELETE FROM hlstats_Servers WHERE serverId = ?', [serverId])
  await database.execute(
    "INSERT INTO hlstats_Servers (serverId, address, port, name, game) VALUES (?, ?, ?, 'test', 'cstrike')",
    [serverId, address, port],
  )
  const options = { MinPlayers: '0', IgnoreBots: '0', BonusRoundIgnore: '1', TimeZone: 'UTC' }
  for (const [parameter, value] of Object.entries(options)) {
    await database.execute(
      'REPLACE INTO hlstats_Servers_Config (serverId, parameter, value) VALUES (?, ?, ?)',
      [serverId, parameter, value],
    )
  }
}

/** Reads what the match service would get, in the order in which it comes; the result stops it. */
export async function readQueue(
  broker: { readonly url: string },
  onEvent: (event: GameEvent) => void,
): Promise<() => Promise<void>> {
  const [logger, metrics] = [silentLogger(), new Metrics()]
  const connection = new BrokerConnection({ url: broker.url }, 'consume', { logger, metrics })
  const source = new QueueSource(
    { service: 'match', partitions: 8, replica: { name: 'test' }, declare: true },
    { connection, logger, metrics },
  )
  // As every service does: what the journal sends again after a kill is skipped by its number.
  const positions = new Map<string, number>()
  await source.start((delivery) => {
    const { stream, partition, records } = decodeMessage(delivery.body)
    for (const { record, entries } of records) {
      if (record <= (positions.get(`${stream}/${partition}`) ?? 0)) continue
      positions.set(`${stream}/${partition}`, record)
      for (const entry of entries) if (entry.ok) onEvent(entry.event)
    }
    delivery.ack()
  })
  return async () => {
    await source.stop()
    await connection.close()
  }
}

/** What an event says, without what is different in each run. */
export const said = ({
  eventType,
  data,
  counted,
  map,
  playerCount,
}: GameEvent | ReturnType<typeof playLog>[number]) => ({
  eventType,
  data,
  counted,
  map,
  playerCount,
})
/** What the rules alone make of these lines. */
export async function expectedEvents({ database }: Tables, texts: readonly string[]) {
  const rows = await database.query<{ code: string; reward: number; team: string; f: string }>(
    "SELECT code, reward_team AS reward, team, for_PlayerActions AS f FROM hlstats_Actions WHERE game = 'cstrike'",
  )
  const actions = new Map(
    rows.map(({ code, reward, team, f }) => [
      code,
      {
        rewardTeam: reward,
        team,
        forPlayer: f === '1',
        forPlayerPlayer: false,
        forTeam: f !== '1',
        forWorld: false,
      },
    ]),
  )
  return playLog(texts, openSettings({ bonusRoundIgnore: true, actions })).map(said)
}

/** An ingress in this process, on a free port, with a journal in this folder. */
export async function startIngress(
  urls: { readonly database: string; readonly broker: string },
  folder: string,
  changes: Readonly<Record<string, string>> = {},
) {
  const config = loadConfig(ingressConfig, {
    DATABASE_URL: urls.database,
    AMQP_URL: urls.broker,
    INGRESS_JOURNAL_DIR: join(folder, 'journal'),
    INGRESS_UDP_PORT: '0',
    INGRESS_LOG_HTTP_PORT: '0',
    INGRESS_RELOAD_MS: '100',
    ...changes,
  })
  const [logger, metrics, strangers] = [silentLogger(), new Metrics(), new UnknownSenders()]
  let ports = { udpPort: 0, logHttpPort: 0 }
  const service = await startService({
    name: 'ingress',
    config: { ...config, httpPort: 0 },
    logger,
    metrics,
    build: async (context) => {
      ports = await buildIngress({ config, logger, metrics, strangers }, context)
    },
  })
  const dropped = (reason: string) => metrics.value('hlstats_ingress_dropped_total', { reason })
  return { service, ...ports, metrics, strangers, dropped }
}

/** Gives a server a key, as the command line does. */
export async function giveKey(
  { database }: Tables,
  serverId: number,
  kind: ServerKeyKind,
  key: string,
): Promise<void> {
  await database.execute('INSERT INTO hlstats_Server_Keys (server_id, kind, digest) VALUES (?, ?, ?)', [
    serverId,
    kind,
    serverKeyDigest(kind, key),
  ])
}

interface Post {
  /** Where the body begins in the server's log; undefined: it does not say. */
  readonly begin: number | undefined
  readonly headers?: Readonly<Record<string, string>>
}

/** Posts a body as CS2 does. */
export async function postLog(url: string, text: string | Buffer, { begin, headers = {} }: Post) {
  const body = Buffer.from(text)
  const offsets =
    begin === undefined
      ? {}
      : { 'x-logbytes-beginoffset': String(begin), 'x-logbytes-endoffset': String(begin + body.length) }
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'text/plain',
      'x-server-instance-token': '0816dd577479d82a',
      'x-server-addr': '0.0.0.0:27015',
      ...offsets,
      ...headers,
    },
  })
  return { status: response.status, headers: Object.fromEntries(response.headers) }
}
