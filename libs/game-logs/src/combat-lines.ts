import type { LineBase } from './line-base.ts'
import type { PlayerToken, Position } from './player-token.ts'
import type { Properties } from './properties.ts'

/**
 * `"K<2><STEAM_1:0:1><CT>" [1 2 3] killed "V<3><BOT><TERRORIST>" [4 5 6] with "ak47" (headshot penetrated)`, also
 * L4D's `(DEATH)` form and the AMXX/SourceMod form with `(attacker_position "1 2 3")`.
 */
export interface KillLine extends LineBase {
  readonly kind: 'kill'
  readonly player: PlayerToken
  readonly victim: PlayerToken
  /** As logged; may be empty. */
  readonly weapon: string
  /** The word `headshot` in any of its places: a flag, beside `penetrated`, or TF2's `(customkill "headshot")`. */
  readonly headshot: boolean
  readonly penetrated: boolean
  readonly throughSmoke: boolean
  readonly noScope: boolean
  readonly attackerBlind: boolean
  /** TF2's `customkill`: `backstab`, `feign_death` …; '' without. */
  readonly customKill: string
  /** From the property `attacker_position` or `killerpos`, else from the token. Game units. */
  readonly playerPosition: Position | undefined
  readonly victimPosition: Position | undefined
  readonly properties: Properties
}

/** `"K<…>" [1 2 3] killed other "prop_physics_multiplayer<555>" [4 5 6] with "deagle" (penetrated)` */
export interface KillOtherLine extends LineBase {
  readonly kind: 'killOther'
  readonly player: PlayerToken
  /** Class of the thing: `prop_physics_multiplayer`, `chicken`. */
  readonly object: string
  /** Its entity number; -1 when not logged. */
  readonly entity: number
  readonly position: Position | undefined
  readonly weapon: string
  readonly properties: Properties
}

/** PVKII: `"K<…>" killed "npc_parrot<12>" owned by "V<…>" with "cutlass"` */
export interface KillPetLine extends LineBase {
  readonly kind: 'killPet'
  readonly player: PlayerToken
  readonly object: string
  readonly victim: PlayerToken
  readonly weapon: string
  readonly properties: Properties
}

/** `"P<…>" [1 2 3] committed suicide with "world"`, with `(attacker_position "1 2 3")` in TF2. */
export interface SuicideLine extends LineBase {
  readonly kind: 'suicide'
  readonly player: PlayerToken
  readonly weapon: string
  readonly playerPosition: Position | undefined
  readonly properties: Properties
}

/** L4D: `(INCAP)"V<…>" was incapped by "A<…>" with "tank_claw"`. `player` is the attacker. */
export interface IncapLine extends LineBase {
  readonly kind: 'incap'
  readonly player: PlayerToken
  readonly victim: PlayerToken
  readonly weapon: string
  readonly properties: Properties
}

/** `"P<…>" assisted killing "V<…>"`, `"P<…>" flash-assisted killing "V<…>"` */
export interface AssistLine extends LineBase {
  readonly kind: 'assist'
  readonly player: PlayerToken
  readonly victim: PlayerToken
  readonly flash: boolean
}

/**
 * `"A<…>" [1 2 3] attacked "V<…>" [4 5 6] with "ak47" (damage "29") (damage_armor "4") (health "71") (armor "95")
 * (hitgroup "chest")`; GoldSrc mods log the damage only.
 */
export interface AttackLine extends LineBase {
  readonly kind: 'attack'
  readonly player: PlayerToken
  readonly victim: PlayerToken
  readonly weapon: string
  /** Health points taken. */
  readonly damage: number
  /** Armour points taken; 0 when not logged. */
  readonly damageArmor: number
  /** Health left to the victim; -1 when not logged. */
  readonly health: number
  /** Armour left to the victim; -1 when not logged. */
  readonly armor: number
  /** `head`, `chest`, `left leg`, `generic` …; '' when not logged. */
  readonly hitgroup: string
  readonly playerPosition: Position | undefined
  readonly victimPosition: Position | undefined
}

/**
 * TF2's `"A<…>" triggered "damage" against "V<…>" (damage "47") (realdamage "30") (weapon "scattergun") (crit "mini")`,
 * its old form without a victim, and TFC's `"A<…>" damaged "V<…>" for 64`.
 */
export interface DamageLine extends LineBase {
  readonly kind: 'damage'
  readonly player: PlayerToken
  readonly victim: PlayerToken | undefined
  /** Health points as the weapon dealt them. */
  readonly damage: number
  readonly weapon: string
  readonly properties: Properties
}

/** TF2: `"P<…>" triggered "healed" against "Q<…>" (healing "120") (airshot "1")` */
export interface HealLine extends LineBase {
  readonly kind: 'heal'
  readonly player: PlayerToken
  readonly patient: PlayerToken | undefined
  /** Health points given. */
  readonly healing: number
  readonly properties: Properties
}

/** TF2 with supstats: `"P<…>" triggered "shot_fired" (weapon "scattergun")`, `… "shot_hit" …` when `hit`. */
export interface ShotLine extends LineBase {
  readonly kind: 'shot'
  readonly player: PlayerToken
  readonly weapon: string
  readonly hit: boolean
}

/** `"V<…>" blinded for 1.01 by "A<…>" from flashbang entindex 568`. `player` is who threw it. */
export interface BlindLine extends LineBase {
  readonly kind: 'blind'
  readonly player: PlayerToken
  readonly victim: PlayerToken
  readonly seconds: number
  readonly entity: number
}

/** `"P<…>" threw flashbang [1 2 3] flashbang entindex 236)`, `"P<…>" sv_throw_hegrenade …` when `detail`. */
export interface ThrowLine extends LineBase {
  readonly kind: 'throw'
  readonly player: PlayerToken
  /** `hegrenade`, `flashbang`, `smokegrenade`, `molotov`, `decoy` … */
  readonly grenade: string
  readonly position: Position | undefined
  /** Entity number of a flashbang; -1 when not logged. */
  readonly entity: number
  /** The numbers of CS2's `sv_throw_…` as text; '' in the plain form. */
  readonly detail: string
}

/** `World triggered "killlocation" (attacker_position "1 2 3") (victim_position "4 5 6")`: belongs to the next kill. */
export interface KillLocationLine extends LineBase {
  readonly kind: 'killLocation'
  readonly playerPosition: Position | undefined
  readonly victimPosition: Position | undefined
}

export type CombatLine =
  | KillLine
  | KillOtherLine
  | KillPetLine
  | SuicideLine
  | IncapLine
  | AssistLine
  | AttackLine
  | DamageLine
  | HealLine
  | ShotLine
  | BlindLine
  | ThrowLine
  | KillLocationLine
