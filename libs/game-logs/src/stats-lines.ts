import { type Cursor, numberOf } from './cursor.ts'
import type { LineBase } from './line-base.ts'
import type { PlayerToken } from './player-token.ts'
import type { ChangeRoleLine } from './presence-lines.ts'
import type { Properties } from './properties.ts'

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

/** `"P<…>" triggered "clantag" (value "tag")` */
export interface ClanTagLine extends LineBase {
  readonly kind: 'clanTag'
  readonly player: PlayerToken
  readonly tag: string
}

/** `"P<…>" triggered "latency" (ping "35")` */
export interface LatencyLine extends LineBase {
  readonly kind: 'latency'
  readonly player: PlayerToken
  readonly pingMs: number
}

/** `"P<…>" triggered "time" (time "75:10")`: minutes and seconds on the server. */
export interface TimeLine extends LineBase {
  readonly kind: 'time'
  readonly player: PlayerToken
  readonly seconds: number
}

type StatsLine = WeaponStatsLine | WeaponTargetsLine | ClanTagLine | LatencyLine | TimeLine | ChangeRoleLine
type Reader = (cursor: Cursor, player: PlayerToken, properties: Properties) => StatsLine | undefined

function weaponStats({ time, stamp }: Cursor, player: PlayerToken, of: Properties): WeaponStatsLine {
  return {
    kind: 'weaponStats',
    time,
    stamp,
    player,
    weapon: of.weapon ?? '',
    shots: numberOf(of.shots),
    hits: numberOf(of.hits),
    kills: numberOf(of.kills),
    headshots: numberOf(of.headshots),
    teamkills: numberOf(of.tks),
    damage: numberOf(of.damage),
    deaths: numberOf(of.deaths),
  }
}

function weaponTargets({ time, stamp }: Cursor, player: PlayerToken, of: Properties): WeaponTargetsLine {
  return {
    kind: 'weaponTargets',
    time,
    stamp,
    player,
    weapon: of.weapon ?? '',
    head: numberOf(of.head),
    chest: numberOf(of.chest),
    stomach: numberOf(of.stomach),
    leftArm: numberOf(of.leftarm),
    rightArm: numberOf(of.rightarm),
    leftLeg: numberOf(of.leftleg),
    rightLeg: numberOf(of.rightleg),
  }
}

function clanTag({ time, stamp }: Cursor, player: PlayerToken, of: Properties): ClanTagLine | undefined {
  return of.value === undefined ? undefined : { kind: 'clanTag', time, stamp, player, tag: of.value }
}

function latency({ time, stamp }: Cursor, player: PlayerToken, of: Properties): LatencyLine | undefined {
  const pingMs = numberOf(of.ping, -1)
  return pingMs < 0 ? undefined : { kind: 'latency', time, stamp, player, pingMs }
}

function playedTime({ time, stamp }: Cursor, player: PlayerToken, of: Properties): TimeLine | undefined {
  const text = of.time ?? ''
  const colon = text.indexOf(':')
  const minutes = numberOf(text, -1)
  const seconds = colon < 0 ? 0 : numberOf(text.slice(colon + 1), -1)
  if (minutes < 0 || seconds < 0) return undefined
  return { kind: 'time', time, stamp, player, seconds: minutes * 60 + seconds }
}

function changeClass(
  { time, stamp }: Cursor,
  player: PlayerToken,
  of: Properties,
): ChangeRoleLine | undefined {
  return of.newclass === undefined
    ? undefined
    : { kind: 'changeRole', time, stamp, player, role: of.newclass }
}

const READERS = new Map<string, Reader>([
  ['weaponstats', weaponStats],
  ['weaponstats2', weaponTargets],
  ['clantag', clanTag],
  ['latency', latency],
  ['time', playedTime],
  ['player_changeclass', changeClass],
])

/** The triggers that statistics plugins write; undefined for any other, and where their properties are missing. */
export function statsOfTrigger(
  cursor: Cursor,
  action: string,
  player: PlayerToken,
  properties: Properties,
): StatsLine | undefined {
  return READERS.get(action)?.(cursor, player, properties)
}
