import type { Cursor } from './cursor.ts'
import type { LineBase } from './line-base.ts'
import { findStamp } from './log-time.ts'
import type { PlayerToken } from './player-token.ts'
import { takeLastPlayer, type Verb } from './subject.ts'

/**
 * Something that a player did or suffered and that no statistic knows: `"P<…>" used adrenaline`, `"P<…>" used pills on
 * "Q<…>"`, `"P<…>" was killed by the bomb.`
 */
export interface PlayerNoteLine extends LineBase {
  readonly kind: 'playerNote'
  readonly player: PlayerToken
  readonly note: string
  readonly other: PlayerToken | undefined
  /** What follows the words; '' without. */
  readonly detail: string
}

/** The words, and whether a second player follows them. */
const NOTES: readonly (readonly [words: string, withOther: boolean])[] = [
  ['is incapacitated', false],
  ['bled out and starts falling', false],
  ['is dying instead of incapping', false],
  ['was incapped from unknown attacker', false],
  ['incapped self with ', false],
  ['died from unknown attacker', false],
  ['starts reviving ', true],
  ['stopped holding revive key and stops reviving ', true],
  ['shoved and stops reviving ', true],
  ['was moved and stops reviving ', true],
  ['revived ', true],
  ['landed', false],
  ['used adrenaline', false],
  ['used pills on ', true],
  ['used first aid kit on ', true],
  ['left safe area', false],
  ['was killed by the bomb', false],
  ['executed votemap', false],
  ['called vote ', false],
  ['stats: ', false],
]

function noteReader(words: string, withOther: boolean): Verb['read'] {
  return (cursor: Cursor, player: PlayerToken): PlayerNoteLine | undefined => {
    const { time, stamp } = cursor
    const start = cursor.at
    const other = withOther && cursor.take('"') ? takeLastPlayer(cursor) : undefined
    // Two of L4D's long tokens do not fit a line: the second is cut, unless another line is glued on there.
    if (withOther && (other === undefined ? findStamp(cursor.text, start) >= 0 : !cursor.isDone()))
      return undefined
    const detail = cursor.rest().trim()
    return { kind: 'playerNote', time, stamp, player, note: words.trim(), other, detail }
  }
}

export const NOTE_VERBS: readonly Verb[] = NOTES.map(([words, withOther]) => ({
  words,
  read: noteReader(words, withOther),
}))
