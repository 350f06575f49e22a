import { normaliseId, type PlayerToken } from '@hlstats/game-logs'
import { cut, LIMITS } from './limits.ts'
import type { Turn } from './turn.ts'

/** Who a token names, by the rules of the server's game and tracking mode. */
export interface Identity {
  readonly uid: number
  readonly uniqueId: string
  readonly rawId: string
  readonly name: string
  readonly team: string
  readonly role: string
  readonly bot: boolean
  /** False while the id is still to come (`STEAM_ID_PENDING`): no player can be kept under it. */
  readonly known: boolean
}

const UNKNOWN = 'UNKNOWN'

// The characters of L4D are one player each for all servers of a game; negative ids keep them apart from people.
const L4D_SURVIVORS: Readonly<Record<string, number>> = {
  Zoey: -1,
  Francis: -2,
  Bill: -3,
  Louis: -4,
  Nick: -11,
  Coach: -12,
  Ellis: -13,
  Rochelle: -14,
}
const L4D_INFECTED: Readonly<Record<string, number>> = {
  Smoker: -5,
  Boomer: -6,
  Hunter: -7,
  Tank: -8,
  Spitter: -15,
  Jockey: -16,
  Charger: -17,
}

/** Undefined for what is no player: the console, a broadcast proxy, a token without an id. */
export function identify(turn: Turn, token: PlayerToken, address = ''): Identity | undefined {
  const { family, mode } = turn.settings
  const named = family === 'l4d' ? asCharacter(token) : token
  const id = normaliseId(named.rawId)
  if (id.kind === 'none' || id.kind === 'tv' || id.kind === 'console') return undefined
  const bot = id.kind === 'bot'
  const placed = bot && (family === 'csgo' || family === 'cs2') ? asSourceBot(named) : named
  const lan = mode === 'LAN' && !bot && placed.uid > 0
  const uniqueId = lan ? lanIdOf(turn, placed, address) : idIn(turn, placed, bot ? undefined : id.uniqueId)
  if (uniqueId === '') return undefined
  return {
    uid: placed.uid,
    uniqueId: cut(uniqueId, LIMITS.id),
    rawId: cut(token.rawId, LIMITS.id),
    name: cut(placed.name, LIMITS.name),
    team: cut(placed.team, LIMITS.team),
    role: cut(placed.role, LIMITS.role),
    bot,
    known: mode === 'NameTrack' || (lan ? uniqueId !== UNKNOWN : id.kind !== 'pending'),
  }
}

function asCharacter(token: PlayerToken): PlayerToken {
  if (token.rawId === 'BOT') {
    const uid =
      token.team === 'Survivor' ? (L4D_SURVIVORS[token.name] ?? -4) : (L4D_INFECTED[token.name] ?? -8)
    const id = `BOT-${token.name}`
    return { ...token, uid, rawId: id, name: id }
  }
  if (token.rawId !== '') return token
  if (token.name === 'infected') return { ...token, uid: -9, rawId: 'BOT-Horde', team: 'Infected' }
  if (token.name === 'witch') return { ...token, uid: -10, rawId: 'BOT-Witch', team: 'Infected' }
  return token
}

// Broadcast bots and CS2's bots all come with 0 or a slot of a person: they get ids and a team of their own.
function asSourceBot(token: PlayerToken): PlayerToken {
  if (token.rawId !== 'BOT') return token
  if (token.name.includes('GOTV')) return { ...token, team: 'TV' }
  if (token.name.includes('SourceTV')) return { ...token, uid: -1, team: 'TV' }
  return token.uid === 0 ? { ...token, uid: -2 } : token
}

function idIn({ settings }: Turn, token: PlayerToken, own: string | undefined): string {
  if (settings.mode === 'NameTrack') return token.name
  return own ?? settings.botId(token.name)
}

/** In LAN mode a person is his address, which only the connect line has. */
function lanIdOf({ server }: Turn, token: PlayerToken, address: string): string {
  if (address !== '') return address
  for (const entry of server.roster.values()) {
    if (entry.uid === token.uid && entry.name === token.name) return entry.uniqueId
  }
  return server.pendingConnects.get(pendingKey(token))?.address ?? UNKNOWN
}

export function pendingKey(token: Pick<PlayerToken, 'uid' | 'name'>): string {
  return `${token.uid}/${token.name}`
}
