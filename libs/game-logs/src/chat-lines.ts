import type { Cursor } from './cursor.ts'
import type { LineBase } from './line-base.ts'
import type { PlayerToken } from './player-token.ts'
import { takePlayerBefore, type Verb } from './subject.ts'

/** `"P<…>" say "gg"`, with ` (dead)` behind it in CS 1.6. The message is taken whole, quotes included. */
export interface ChatLine extends LineBase {
  readonly kind: 'chat'
  readonly player: PlayerToken
  /** 1 say, 2 say_team, 3 say_squad. */
  readonly mode: 1 | 2 | 3
  readonly message: string
  readonly dead: boolean
  /** The line was cut: no closing quote. */
  readonly truncated: boolean
}

/** `"P<…>" tell "Q<…>" message "hi"` */
export interface PrivateChatLine extends LineBase {
  readonly kind: 'privateChat'
  readonly player: PlayerToken
  readonly receiver: PlayerToken
  readonly message: string
}

const DEAD = '" (dead)'

function readChat(mode: 1 | 2 | 3): Verb['read'] {
  return (cursor, player): ChatLine => {
    const { text, at, end, time, stamp } = cursor
    const dead = text.startsWith(DEAD, end - DEAD.length) && end - DEAD.length >= at
    const close = dead ? end - DEAD.length : end - 1
    const truncated = !dead && (close < at || text.charCodeAt(close) !== 34)
    const message = text.slice(at, truncated ? end : close)
    cursor.at = end
    return { kind: 'chat', time, stamp, player, mode, message, dead, truncated }
  }
}

function readTell(cursor: Cursor, player: PlayerToken): PrivateChatLine | undefined {
  const receiver = takePlayerBefore(cursor, ' message "')
  if (receiver === undefined || !cursor.take(' message "')) return undefined
  const message = cursor.untilLastQuote() ?? cursor.takeRest()
  return { kind: 'privateChat', time: cursor.time, stamp: cursor.stamp, player, receiver, message }
}

export const CHAT_VERBS: readonly Verb[] = [
  { words: 'say "', read: readChat(1) },
  { words: 'say_team "', read: readChat(2) },
  { words: 'say_squad "', read: readChat(3) },
  { words: 'tell "', read: readTell },
]
