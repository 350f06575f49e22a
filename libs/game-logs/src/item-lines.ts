import type { Cursor } from './cursor.ts'
import type { LineBase } from './line-base.ts'
import type { PlayerToken } from './player-token.ts'
import { type Properties, readProperties } from './properties.ts'
import type { Verb } from './subject.ts'

/** `"P<…>" picked up "ak47"`, TF2's `picked up item "medkit_small" (healing "35")`, `acquired weapon "crossbow"` */
export interface PickUpLine extends LineBase {
  readonly kind: 'pickUp'
  readonly player: PlayerToken
  readonly item: string
  readonly properties: Properties
}

/** `"P<…>" dropped "ak47"` */
export interface DropLine extends LineBase {
  readonly kind: 'drop'
  readonly player: PlayerToken
  readonly item: string
}

/** `"P<…>" purchased "m4a1"` */
export interface PurchaseLine extends LineBase {
  readonly kind: 'purchase'
  readonly player: PlayerToken
  readonly item: string
}

/** `"P<…>" selected weapon "crossbow"` */
export interface SelectWeaponLine extends LineBase {
  readonly kind: 'selectWeapon'
  readonly player: PlayerToken
  readonly weapon: string
}

/** `"P<…>" left buyzone with [ weapon_knife weapon_glock kevlar(100) ]` */
export interface LeaveBuyZoneLine extends LineBase {
  readonly kind: 'leaveBuyZone'
  readonly player: PlayerToken
  readonly items: readonly string[]
}

/** `"P<…>" money change 1000-200 = $800 (tracked) (purchase: weapon_flashbang)` */
export interface MoneyLine extends LineBase {
  readonly kind: 'money'
  readonly player: PlayerToken
  readonly before: number
  readonly change: number
  readonly after: number
  /** `purchase`, `acquire` …; '' without. */
  readonly cause: string
  /** `weapon_flashbang`, `sellback` …; '' without. */
  readonly item: string
}

function readPickedUp(cursor: Cursor, player: PlayerToken): PickUpLine | undefined {
  const item = cursor.untilQuote()
  const properties = readProperties(cursor)
  if (item === undefined || properties === undefined) return undefined
  return { kind: 'pickUp', time: cursor.time, stamp: cursor.stamp, player, item, properties }
}

function readDropped(cursor: Cursor, player: PlayerToken): DropLine | undefined {
  const item = cursor.untilQuote()
  if (item === undefined || !cursor.isDone()) return undefined
  return { kind: 'drop', time: cursor.time, stamp: cursor.stamp, player, item }
}

function readPurchased(cursor: Cursor, player: PlayerToken): PurchaseLine | undefined {
  const item = cursor.untilQuote()
  if (item === undefined || !cursor.isDone()) return undefined
  return { kind: 'purchase', time: cursor.time, stamp: cursor.stamp, player, item }
}

function readSelected(cursor: Cursor, player: PlayerToken): SelectWeaponLine | undefined {
  const weapon = cursor.untilQuote()
  if (weapon === undefined || !cursor.isDone()) return undefined
  return { kind: 'selectWeapon', time: cursor.time, stamp: cursor.stamp, player, weapon }
}

function readLeftBuyZone(cursor: Cursor, player: PlayerToken): LeaveBuyZoneLine | undefined {
  const list = cursor.until(']')
  if (list === undefined || !cursor.isDone()) return undefined
  const items = list.split(' ').filter((item) => item !== '')
  return { kind: 'leaveBuyZone', time: cursor.time, stamp: cursor.stamp, player, items }
}

function readMoney(cursor: Cursor, player: PlayerToken): MoneyLine | undefined {
  const before = cursor.number()
  const sign = cursor.take('+') ? 1 : cursor.take('-') ? -1 : 0
  const amount = cursor.number()
  if (before === undefined || amount === undefined || sign === 0 || !cursor.take(' = $')) return undefined
  const after = cursor.number()
  if (after === undefined) return undefined
  cursor.take(' (tracked)')
  const cause = cursor.take(' (') ? cursor.until(': ') : ''
  const item = cause === '' ? '' : cursor.until(')')
  if (cause === undefined || item === undefined || !cursor.isDone()) return undefined
  const { time, stamp } = cursor
  return { kind: 'money', time, stamp, player, before, change: sign * amount, after, cause, item }
}

export const ITEM_VERBS: readonly Verb[] = [
  { words: 'picked up "', read: readPickedUp },
  { words: 'picked up item "', read: readPickedUp },
  { words: 'acquired weapon "', read: readPickedUp },
  { words: 'dropped "', read: readDropped },
  { words: 'purchased "', read: readPurchased },
  { words: 'selected weapon "', read: readSelected },
  { words: 'left buyzone with [', read: readLeftBuyZone },
  { words: 'money change ', read: readMoney },
]
