import { isIPv4 } from 'node:net'
import { StatsError } from '@hlstats/errors'
import type { Database } from './database.ts'
import { assertGame } from './server-registration.ts'

/** Who sends logs from this network is registered by ingress, as a server of this game; without a game not any more. */
export interface NetworkChange {
  /** `192.0.2.0/24` */
  readonly network: string
  readonly game?: string
}

/** Checks `192.0.2.0/24`, and takes one address for a network of its own. */
export function parseNetwork(text: string): string {
  const [ip = '', bits = '32', ...rest] = text.split('/')
  if (rest.length === 0 && isIPv4(ip) && /^\d{1,2}$/.test(bits) && Number(bits) <= 32) return `${ip}/${bits}`
  throw new StatsError(
    'INPUT_INVALID',
    `"${text}" is not a network: write an IPv4 network like 192.0.2.0/24, or one address`,
  )
}

/** Allows a network or takes that back; resolves with false when there was nothing to take back. */
export async function changeNetwork(database: Database, { network, game }: NetworkChange): Promise<boolean> {
  const where = { network: parseNetwork(network) }
  if (game === undefined) return (await database.prisma.serverNetwork.deleteMany({ where })).count > 0
  await assertGame(database, game)
  await database.prisma.serverNetwork.upsert({ where, create: { ...where, game }, update: { game } })
  return true
}
