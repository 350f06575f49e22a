import { createHash } from 'node:crypto'
import { StatsError } from '@hlstats/errors'
import type { Database } from './database.ts'

/** What a game server can prove with who it is: `sv_logsecret` in its datagrams, or the token in the URL it posts to. */
export type ServerKeyKind = 'logSecret' | 'httpToken'

/** A key as the table has it. */
export interface ServerKey {
  readonly kind: ServerKeyKind
  readonly digest: string
}

/** New keys for a registered server: each in place of the one it has of that kind, or of all of them. */
export interface KeyChange {
  readonly address: { readonly ip: string; readonly port: number }
  readonly removeAll: boolean
  readonly keys: readonly ServerKey[]
}

/** What is kept of a key: reading the table opens nothing. One digest for each kind, so that neither stands for the other. */
export function serverKeyDigest(kind: ServerKeyKind, key: string): string {
  return createHash('sha256').update(`${kind}:${key}`).digest('hex')
}

/** Changes the keys of a registered server; resolves with its id. */
export async function changeKeys(database: Database, change: KeyChange): Promise<number> {
  const { ip, port } = change.address
  return database.transaction(async () => {
    const [row] = await database.query<{ serverId: number }>(
      'SELECT serverId FROM hlstats_Servers WHERE address = ? AND port = ?',
      [ip, port],
    )
    if (row === undefined) {
      const remedy = `hlstats servers add ${ip}:${port} --game <code>`
      throw new StatsError('INPUT_INVALID', `no server ${ip}:${port} is registered: ${remedy}`)
    }
    const { serverId } = row
    if (change.removeAll) await database.prisma.serverKey.deleteMany({ where: { serverId } })
    await storeKeys(database, serverId, change.keys)
    return serverId
  })
}

/** Stores keys of a server in place of those that it has of these kinds. */
export async function storeKeys(
  database: Database,
  serverId: number,
  keys: readonly ServerKey[],
): Promise<void> {
  for (const { kind, digest } of keys) {
    const taken = await database.prisma.serverKey.findFirst({
      where: { kind, digest, serverId: { not: serverId } },
    })
    // Whoever has the key of another server would send as that one.
    if (taken !== null) {
      throw new StatsError(
        'INPUT_INVALID',
        `server ${taken.serverId} has this ${kind} already: each server needs one of its own`,
      )
    }
    await database.prisma.serverKey.upsert({
      where: { serverId_kind: { serverId, kind } },
      create: { serverId, kind, digest },
      update: { digest },
    })
  }
}
