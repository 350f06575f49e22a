/** What sort of id a token carries; `none`: nothing that names anybody. */
export type IdKind = 'steam' | 'bot' | 'console' | 'tv' | 'pending' | 'none' | 'other'

/** One identity in every notation that exists for it. */
export interface NormalisedId {
  readonly kind: IdKind
  /** HLstatsX's: `Y:Z` for Steam, else the id as logged. */
  readonly uniqueId: string
  /** `STEAM_0:Y:Z`, undefined when it is no Steam id. */
  readonly steam2: string | undefined
  /** `[U:1:N]` */
  readonly steam3: string | undefined
  /** Decimal, as text: it does not fit a number. */
  readonly steamId64: string | undefined
}

const STEAM2 = /^STEAM_\d{1,3}:([01]):(\d{1,10})$/
const STEAM3 = /^\[U:1:(\d{1,10})\]$/
const STEAM64 = /^7656119\d{10}$/
const STEAM_PREFIX = /^STEAM_\d+:/
const BOT = /^(?:BOT|0|00000000:\d+:0)$/
// CS2 writes what happens to lie in memory where the id of a dead or gone player should be.
const BROKEN = /[^\x21-\x7e]/
const FIRST_ACCOUNT = 76561197960265728n
const LAST_ACCOUNT = 0xffff_ffff
const PENDING = new Set(['UNKNOWN', 'STEAM_ID_PENDING', 'STEAM_ID_LAN', 'VALVE_ID_PENDING', 'VALVE_ID_LAN'])
const WORDS = new Map<string, IdKind>([
  ['', 'none'],
  ['<none>', 'none'],
  ['Console', 'console'],
  ['HLTV', 'tv'],
  ['GOTV', 'tv'],
  ['SourceTV', 'tv'],
])

function steam(account: number, uniqueId: string): NormalisedId {
  if (account > LAST_ACCOUNT) return plain('other', uniqueId)
  return {
    kind: 'steam',
    uniqueId,
    steam2: `STEAM_0:${account % 2}:${Math.floor(account / 2)}`,
    steam3: `[U:1:${account}]`,
    steamId64: String(FIRST_ACCOUNT + BigInt(account)),
  }
}

function plain(kind: IdKind, uniqueId: string): NormalisedId {
  return { kind, uniqueId, steam2: undefined, steam3: undefined, steamId64: undefined }
}

function uniqueIdOf(account: number): string {
  return `${account % 2}:${Math.floor(account / 2)}`
}

/** Every notation of the id in a token: `STEAM_1:0:111`, `[U:1:222]`, `76561197960265950`, `BOT`, `Console` … */
export function normaliseId(rawId: string): NormalisedId {
  const word = WORDS.get(rawId)
  if (word !== undefined) return plain(word, rawId)
  if (BOT.test(rawId)) return plain('bot', rawId)
  if (BROKEN.test(rawId)) return plain('none', rawId)
  if (PENDING.has(rawId)) return plain('pending', rawId)
  const two = STEAM2.exec(rawId)
  if (two) return steam(Number(two[2]) * 2 + Number(two[1]), `${two[1]}:${two[2]}`)
  const three = STEAM3.exec(rawId)
  if (three) return steam(Number(three[1]), uniqueIdOf(Number(three[1])))
  if (STEAM64.test(rawId)) {
    const account = Number(BigInt(rawId) - FIRST_ACCOUNT)
    if (account >= 0) return steam(account, uniqueIdOf(account))
  }
  return plain('other', rawId.replace(STEAM_PREFIX, ''))
}
