import { type Cursor, numberOf, positionOf } from './cursor.ts'
import type { LineBase } from './line-base.ts'
import type { PlayerToken, Position } from './player-token.ts'
import { NO_PROPERTIES, type Properties, readProperties } from './properties.ts'
import { takeLastPlayer, takePlace, type Verb } from './subject.ts'

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

/** Weapon and properties up to the end of the line: ` with "ak47" (headshot)`. */
function readWeapon(cursor: Cursor): { weapon: string; properties: Properties } | undefined {
  if (!cursor.take(' with "')) return undefined
  const weapon = cursor.untilQuote()
  const properties = readProperties(cursor)
  return weapon === undefined || properties === undefined ? undefined : { weapon, properties }
}

function readKill(cursor: Cursor, player: PlayerToken): KillLine | KillPetLine | undefined {
  if (cursor.text.startsWith('npc_', cursor.at)) {
    const pet = readKillPet(cursor, player)
    if (pet !== undefined) return pet
  }
  const victim = takeLastPlayer(cursor)
  const flagsAt = cursor.at
  const used = readWeapon(cursor)
  if (victim === undefined || used === undefined) return undefined
  const { weapon, properties } = used
  // Flags stand alone, or together in one pair of brackets: `(throughsmoke headshot)`.
  const flags =
    properties === NO_PROPERTIES ? '' : cursor.text.slice(flagsAt + ' with ""'.length + weapon.length)
  return {
    kind: 'kill',
    time: cursor.time,
    stamp: cursor.stamp,
    player,
    victim,
    weapon,
    headshot: flags.includes('headshot'),
    penetrated: flags.includes('penetrated'),
    throughSmoke: flags.includes('throughsmoke'),
    noScope: flags.includes('noscope'),
    attackerBlind: flags.includes('attackerblind'),
    customKill: properties.customkill ?? '',
    playerPosition: positionOf(properties.attacker_position ?? properties.killerpos) ?? player.position,
    victimPosition: positionOf(properties.victim_position ?? properties.victimpos) ?? victim.position,
    properties,
  }
}

function objectName(object: string): string {
  const open = object.lastIndexOf('<')
  return open < 0 ? object : object.slice(0, open)
}

function readKillPet(cursor: Cursor, player: PlayerToken): KillPetLine | undefined {
  const start = cursor.at
  const object = cursor.untilQuote()
  if (object !== undefined && cursor.take(' owned by "')) {
    const victim = takeLastPlayer(cursor)
    const used = readWeapon(cursor)
    if (victim !== undefined && used !== undefined) {
      const { time, stamp } = cursor
      return { kind: 'killPet', time, stamp, player, object: objectName(object), victim, ...used }
    }
  }
  cursor.at = start
  return undefined
}

function readKillOther(cursor: Cursor, player: PlayerToken): KillOtherLine | undefined {
  const target = cursor.untilQuote()
  const position = takePlace(cursor)
  const used = readWeapon(cursor)
  if (target === undefined || used === undefined) return undefined
  const object = objectName(target)
  const entity = numberOf(target.slice(object.length + 1), -1)
  return {
    kind: 'killOther',
    time: cursor.time,
    stamp: cursor.stamp,
    player,
    object,
    entity,
    position,
    ...used,
  }
}

function readSuicide(cursor: Cursor, player: PlayerToken): SuicideLine | undefined {
  const weapon = cursor.untilQuote()
  const properties = readProperties(cursor)
  if (weapon === undefined || properties === undefined) return undefined
  return {
    kind: 'suicide',
    time: cursor.time,
    stamp: cursor.stamp,
    player,
    weapon,
    playerPosition: positionOf(properties.attacker_position ?? properties.position) ?? player.position,
    properties,
  }
}

function readIncap(cursor: Cursor, victim: PlayerToken): IncapLine | undefined {
  const player = takeLastPlayer(cursor)
  const used = readWeapon(cursor)
  if (player === undefined || used === undefined) return undefined
  return { kind: 'incap', time: cursor.time, stamp: cursor.stamp, player, victim, ...used }
}

function readAssist(flash: boolean): Verb['read'] {
  return (cursor, player): AssistLine | undefined => {
    const victim = takeLastPlayer(cursor)
    if (victim === undefined || !cursor.isDone()) return undefined
    return { kind: 'assist', time: cursor.time, stamp: cursor.stamp, player, victim, flash }
  }
}

export const KILL_VERBS: readonly Verb[] = [
  { words: 'killed "', read: readKill },
  { words: 'killed other "', read: readKillOther },
  { words: 'committed suicide with "', read: readSuicide },
  { words: 'assisted killing "', read: readAssist(false) },
  { words: 'flash-assisted killing "', read: readAssist(true) },
  { words: 'was incapped by "', read: readIncap },
]
