import type { LineBase } from './line-base.ts'
import type { PlayerToken, Position } from './player-token.ts'
import type { Properties } from './properties.ts'

/**
 * `"P<…>" triggered "Defused_The_Bomb" (position "1 2 3")`, `triggered a "dod_control_point" - "hill"`. Any code that
 * has no kind of its own.
 */
export interface PlayerActionLine extends LineBase {
  readonly kind: 'playerAction'
  readonly player: PlayerToken
  readonly action: string
  /** `triggered a` instead of `triggered`. */
  readonly article: boolean
  /** What stands behind the action: TFC's `with "rpg"`, DoD's `- "hill"`; '' without. */
  readonly detail: string
  readonly position: Position | undefined
  /** The token in `(objectowner "Name<…>")`. */
  readonly objectOwner: PlayerToken | undefined
  readonly properties: Properties
}

/** `"P<…>" triggered "domination" against "V<…>" (position "…") (victim_position "…")`, L4D's tongue grab. */
export interface PlayerPlayerActionLine extends LineBase {
  readonly kind: 'playerPlayerAction'
  readonly player: PlayerToken
  readonly victim: PlayerToken
  readonly action: string
  readonly article: boolean
  /** `against "V" with "weapon"`; '' without. */
  readonly weapon: string
  readonly position: Position | undefined
  readonly victimPosition: Position | undefined
  readonly properties: Properties
}

/** One of the capturers of a point. */
export interface Capper {
  readonly player: PlayerToken
  readonly position: Position | undefined
}

/** `Team "CT" triggered "CTs_Win" (CT "3") (T "0")`, TF2's `pointcaptured` and DoD:S' `captured_loc` with their players. */
export interface TeamActionLine extends LineBase {
  readonly kind: 'teamAction'
  readonly team: string
  readonly action: string
  readonly article: boolean
  /** DoD's `triggered a "dod_control_point" - "hill"`; '' without. */
  readonly detail: string
  readonly players: readonly Capper[]
  readonly properties: Properties
}

/** `World triggered "Round_Start"`, `World triggered "Match_Start" on "de_dust2"` */
export interface WorldActionLine extends LineBase {
  readonly kind: 'worldAction'
  readonly action: string
  /** The map in `on "…"`; '' without. */
  readonly map: string
  readonly properties: Properties
}

/** `"P<…>" triggered "weaponstats" (weapon "ak47") (shots "10") (hits "5") …`, with or without the prefix `[STATSME] `. */
export interface WeaponStatsLine extends LineBase {
  readonly kind: 'weaponStats'
  readonly player: PlayerToken
  readonly weapon: string
  readonly shots: number
  readonly hits: number
  readonly kills: number
  readonly headshots: number
  readonly teamkills: number
  readonly damage: number
  readonly deaths: number
}

/** `"P<…>" triggered "weaponstats2" (weapon "ak47") (head "1") (chest "2") …`: hits by body part. */
export interface WeaponTargetsLine extends LineBase {
  readonly kind: 'weaponTargets'
  readonly player: PlayerToken
  readonly weapon: string
  readonly head: number
  readonly chest: number
  readonly stomach: number
  readonly leftArm: number
  readonly rightArm: number
  readonly leftLeg: number
  readonly rightLeg: number
}

/** `"P<…>" picked up "ak47"`, TF2's `picked up item "medkit_small" (healing "35")` */
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

export type ActionLine =
  | PlayerActionLine
  | PlayerPlayerActionLine
  | TeamActionLine
  | WorldActionLine
  | WeaponStatsLine
  | WeaponTargetsLine
  | PickUpLine
  | DropLine
  | PurchaseLine
  | LeaveBuyZoneLine
  | MoneyLine
