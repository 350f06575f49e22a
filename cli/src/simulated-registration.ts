import { setTimeout as delay } from 'node:timers/promises'
import { parseServerAddress } from '@hlstats/database'
import { StatsError } from '@hlstats/errors'
import { withDatabase } from './opened-database.ts'
import { operate } from './operate.ts'
import type { SimulatedServer } from './simulation/simulated-server.ts'
import type { Ingress } from './udp-log-sender.ts'
import type { Speaker } from './udp-speakers.ts'
import { unknownSenders } from './unknown-senders.ts'

// Longer than ingress' reload time unless it is told otherwise.
const KNOWN_WITHIN_MS = 60_000
// More than the 250 seconds after which a silent player is taken for gone.
const EMPTY_AFTER_MS = 600_000
const ASK_EVERY_MS = 250
const NO_LIST = 'ingress does not say who is unknown to it'

/** Registers what is not registered yet, when asked to; otherwise says what is missing. */
export async function requireServers(
  servers: readonly SimulatedServer[],
  { register }: { register: boolean },
): Promise<void> {
  const games = new Map((await registered()).map(({ address, game }) => [address, game]))
  const wrong = servers.filter(({ address, game }) => (games.get(address) ?? game) !== game)
  if (wrong.length > 0) {
    const list = wrong.map(({ address, game }) => `${address} plays ${games.get(address)}, not ${game}`)
    throw new StatsError(
      'INPUT_INVALID',
      `servers are registered for other games: ${list.join('; ')}. Name other addresses with --server, or their games with --game`,
    )
  }
  const missing = servers.filter(({ address }) => !games.has(address))
  if (missing.length > 0 && !register) {
    const list = missing.map(({ address, game }) => `${address} (${game})`).join(', ')
    throw new StatsError(
      'INPUT_INVALID',
      `these servers are not registered: ${list}. Use --register, or hlstats servers add <ip:port> --game <code>`,
    )
  }
  if (missing.length === 0) return
  await operate(async (operations) => {
    for (const { address, game, name } of missing) {
      await operations.addServer({ address: parseServerAddress(address), game, name, mod: '', settings: {} })
      console.log(`registered ${address}, ${game}, "${name}"`)
    }
  })
}

/** Resolves when ingress takes lines of all these servers: it reads them from the database from time to time. */
export async function untilKnown(
  servers: readonly SimulatedServer[],
  { ingressUrl }: Ingress,
  speaker: Speaker,
): Promise<void> {
  if ((await strangers(ingressUrl)) === undefined) {
    console.log(
      `${NO_LIST} (${ingressUrl}): servers that were registered just now may lose their first lines`,
    )
    return
  }
  const deadline = performance.now() + KNOWN_WITHIN_MS
  let unknown = servers
  while (unknown.length > 0) {
    if (performance.now() > deadline) {
      const list = unknown.map(({ address }) => address).join(', ')
      throw new StatsError(
        'INPUT_INVALID',
        `ingress at ${ingressUrl} does not know ${list}: is that its database?`,
      )
    }
    unknown = await stillUnknown(unknown, ingressUrl, speaker)
  }
}

/** Says a line that changes nothing for each, and looks who was turned away. */
async function stillUnknown(
  servers: readonly SimulatedServer[],
  ingressUrl: string,
  speaker: Speaker,
): Promise<readonly SimulatedServer[]> {
  const before = (await strangers(ingressUrl)) ?? new Map()
  for (const { address } of servers) {
    await speaker.say({ server: address, line: Buffer.from('L 01/01/2026 - 00:00:00: Log file closed') })
  }
  await delay(ASK_EVERY_MS)
  const after = (await strangers(ingressUrl)) ?? new Map()
  return servers.filter(({ address }) => (after.get(address) ?? 0) > (before.get(address) ?? 0))
}

/** How often each was turned away; undefined where nobody says. */
async function strangers(ingressUrl: string): Promise<ReadonlyMap<string, number> | undefined> {
  try {
    const senders = await unknownSenders(ingressUrl)
    return new Map(senders.map(({ address, count }) => [address, count]))
  } catch {
    return undefined
  }
}

interface Registered {
  readonly address: string
  readonly game: string
  /** Unix seconds by the server's own clock; 0 where it has never said anything. */
  readonly lastEvent: number
}

/**
 * When a server's log may go on: after what it has said already, or after so long a silence that nobody is there any
 * more. A clock that goes back would be no game server's.
 */
export async function nextStart(servers: readonly SimulatedServer[]): Promise<Date> {
  const addresses = new Set(servers.map(({ address }) => address))
  const ends = (await registered())
    .filter(({ address, lastEvent }) => addresses.has(address) && lastEvent > 0)
    .map(({ lastEvent }) => lastEvent * 1_000 + EMPTY_AFTER_MS)
  return new Date(Math.max(Date.now(), ...ends))
}

async function registered(): Promise<readonly Registered[]> {
  const rows = await withDatabase((database) =>
    database.query<{ address: string; port: number; game: string; lastEvent: number }>(
      'SELECT address, port, game, last_event AS lastEvent FROM hlstats_Servers',
    ),
  )
  return rows.map(({ address, port, game, lastEvent }) => ({
    address: `${address}:${port}`,
    game,
    lastEvent: Number(lastEvent),
  }))
}
