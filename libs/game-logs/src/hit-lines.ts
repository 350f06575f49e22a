import { type Cursor, numberOf, positionOf } from './cursor.ts'
import type { LineBase } from './line-base.ts'
import type { PlayerToken, Position } from './player-token.ts'
import { type Properties, readProperties } from './properties.ts'
import { takeLastPlayer, takePlace, takePlayerBefore, type Verb } from './subject.ts'

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

function readAttack(cursor: Cursor, player: PlayerToken): AttackLine | undefined {
  const victim = takeLastPlayer(cursor)
  if (victim === undefined || !cursor.take(' with "')) return undefined
  const weapon = cursor.untilQuote()
  const properties = readProperties(cursor)
  if (weapon === undefined || properties === undefined) return undefined
  return {
    kind: 'attack',
    time: cursor.time,
    stamp: cursor.stamp,
    player,
    victim,
    weapon,
    damage: numberOf(properties.damage),
    damageArmor: numberOf(properties.damage_armor),
    health: numberOf(properties.health, -1),
    armor: numberOf(properties.armor, -1),
    hitgroup: properties.hitgroup ?? '',
    playerPosition: positionOf(properties.attacker_position) ?? player.position,
    victimPosition: positionOf(properties.victim_position) ?? victim.position,
  }
}

function readDamaged(cursor: Cursor, player: PlayerToken): DamageLine | undefined {
  const victim = takeLastPlayer(cursor)
  if (victim === undefined || !cursor.take(' for ')) return undefined
  const damage = cursor.number()
  const properties = readProperties(cursor)
  if (damage === undefined || properties === undefined) return undefined
  const { time, stamp } = cursor
  return { kind: 'damage', time, stamp, player, victim, damage, weapon: '', properties }
}

function readBlinded(cursor: Cursor, victim: PlayerToken): BlindLine | undefined {
  const seconds = cursor.number()
  if (seconds === undefined || !cursor.take(' by "')) return undefined
  const player = takePlayerBefore(cursor, ' from flashbang entindex ')
  if (player === undefined) return undefined
  cursor.take(' from flashbang entindex ')
  const entity = cursor.number()
  if (entity === undefined || !cursor.isDone()) return undefined
  return { kind: 'blind', time: cursor.time, stamp: cursor.stamp, player, victim, seconds, entity }
}

function readThrew(cursor: Cursor, player: PlayerToken): ThrowLine | undefined {
  const space = cursor.text.indexOf(' ', cursor.at)
  const grenade = cursor.text.slice(cursor.at, space < 0 ? cursor.end : space)
  cursor.at += grenade.length
  const position = takePlace(cursor)
  const entity = cursor.take(' flashbang entindex ') ? cursor.number() : -1
  // CS2 closes a bracket here that it never opened.
  cursor.take(')')
  if (entity === undefined || !cursor.isDone()) return undefined
  return {
    kind: 'throw',
    time: cursor.time,
    stamp: cursor.stamp,
    player,
    grenade,
    position,
    entity,
    detail: '',
  }
}

function readThrowDetail(cursor: Cursor, player: PlayerToken): ThrowLine | undefined {
  const grenade = cursor.until(' ')
  if (grenade === undefined) return undefined
  const detail = cursor.rest()
  const { time, stamp } = cursor
  const position = cursor.position()
  return { kind: 'throw', time, stamp, player, grenade, position, entity: -1, detail }
}

/** TF2's damage, heal and shot triggers: the bulk of its lines. */
export function hitOfTrigger(
  cursor: Cursor,
  action: string,
  actor: { player: PlayerToken; victim: PlayerToken | undefined },
  properties: Properties,
): DamageLine | HealLine | ShotLine | undefined {
  const { time, stamp } = cursor
  const { player, victim } = actor
  const weapon = properties.weapon ?? ''
  if (action === 'damage') {
    return {
      kind: 'damage',
      time,
      stamp,
      player,
      victim,
      damage: numberOf(properties.damage),
      weapon,
      properties,
    }
  }
  if (action === 'healed') {
    return {
      kind: 'heal',
      time,
      stamp,
      player,
      patient: victim,
      healing: numberOf(properties.healing),
      properties,
    }
  }
  if (victim === undefined && (action === 'shot_fired' || action === 'shot_hit')) {
    return { kind: 'shot', time, stamp, player, weapon, hit: action === 'shot_hit' }
  }
  return undefined
}

export const HIT_VERBS: readonly Verb[] = [
  { words: 'attacked "', read: readAttack },
  { words: 'damaged "', read: readDamaged },
  { words: 'blinded for ', read: readBlinded },
  { words: 'threw ', read: readThrew },
  { words: 'sv_throw_', read: readThrowDetail },
]
