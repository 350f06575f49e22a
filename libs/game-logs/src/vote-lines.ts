import type { Cursor } from './cursor.ts'
import type { LineBase } from './line-base.ts'

/** `Vote succeeded "Kick Flower"`, `Vote failed "Kick Flower" with code 3`, L4D's `Vote failed "ChangeDifficulty Hard"` */
export interface VoteLine extends LineBase {
  readonly kind: 'vote'
  readonly passed: boolean
  /** `Kick`, `ChangeDifficulty` … */
  readonly issue: string
  /** What the vote is about: a player's name, a map, a difficulty. */
  readonly subject: string
  /** Why it failed, as a number of the engine; -1 when not logged. */
  readonly code: number
}

/** `Kick Vote details:  VoteInitiatorSteamID: [U:1:1]  VoteTargetSteamID: [U:1:2]  Valid: 1  …  Name: Flower  Proxy: 0` */
export interface VoteDetailsLine extends LineBase {
  readonly kind: 'voteDetails'
  readonly initiatorId: string
  readonly targetId: string
  readonly valid: boolean
  readonly name: string
}

/** `STEAMAUTH: Client Flower received failure code 6` */
export interface AuthFailureLine extends LineBase {
  readonly kind: 'authFailure'
  readonly name: string
  readonly code: number
}

/** Reads what follows `Vote succeeded "` and `Vote failed "`. The last quote ends the subject, which is a name at times. */
export function readVote(passed: boolean): (cursor: Cursor) => VoteLine | undefined {
  return (cursor) => {
    const { text, at, time, stamp } = cursor
    const close = text.lastIndexOf('"')
    if (close < at) return undefined
    const typed = text.slice(at, close)
    const space = typed.indexOf(' ')
    cursor.at = close + 1
    const code = cursor.take(' with code ') ? cursor.number() : -1
    if (code === undefined || !cursor.isDone()) return undefined
    const issue = space < 0 ? typed : typed.slice(0, space)
    return {
      kind: 'vote',
      time,
      stamp,
      passed,
      issue,
      subject: space < 0 ? '' : typed.slice(space + 1),
      code,
    }
  }
}

/** Reads what follows `Kick Vote details:  VoteInitiatorSteamID: `. The name may hold anything: it ends at the last word. */
export function readVoteDetails(cursor: Cursor): VoteDetailsLine | undefined {
  const initiatorId = cursor.until('  VoteTargetSteamID: ')
  const targetId = cursor.until('  Valid: ')
  const valid = cursor.number()
  if (initiatorId === undefined || targetId === undefined || cursor.until('  Name: ') === undefined)
    return undefined
  const { text, at, time, stamp } = cursor
  const end = text.lastIndexOf('  Proxy: ')
  if (end < at) return undefined
  return {
    kind: 'voteDetails',
    time,
    stamp,
    initiatorId,
    targetId,
    valid: valid === 1,
    name: text.slice(at, end),
  }
}

/** Reads what follows `STEAMAUTH: Client `. */
export function readAuthFailure(cursor: Cursor): AuthFailureLine | undefined {
  const { text, at, time, stamp } = cursor
  const words = ' received failure code '
  const end = text.lastIndexOf(words)
  if (end < at) return undefined
  cursor.at = end + words.length
  const code = cursor.number()
  if (code === undefined || !cursor.isDone()) return undefined
  return { kind: 'authFailure', time, stamp, name: text.slice(at, end), code }
}
