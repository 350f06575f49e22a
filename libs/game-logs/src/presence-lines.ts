import { type Cursor, positionOf } from './cursor.ts'
import type { LineBase } from './line-base.ts'
import type { PlayerToken, Position } from './player-token.ts'
import { readProperties } from './properties.ts'
import type { Verb } from './subject.ts'

/** `"P<…>" connected, address "1.2.3.4:27005"` */
export interface ConnectLine extends LineBase {
  readonly kind: 'connect'
  readonly player: PlayerToken
  /** As logged: `1.2.3.4:27005`, `none` or ''. */
  readonly source: string
  /** Without the port; '' for `none` and for an empty address. */
  readonly address: string
}

/** `"P<…>" entered the game` */
export interface EntryLine extends LineBase {
  readonly kind: 'entry'
  readonly player: PlayerToken
}

/** `"P<…>" disconnected (reason "Disconnect")`; `kicked`: `Kick: "P<…>" was kicked by "Console" (message "…")`. */
export interface DisconnectLine extends LineBase {
  readonly kind: 'disconnect'
  readonly player: PlayerToken
  readonly reason: string
  readonly kicked: boolean
  /** Who kicked: `Console`, an admin's name; '' when not logged. */
  readonly by: string
}

/** `"P<…>" STEAM USERID validated`, `VALVE USERID validated` */
export interface ValidatedLine extends LineBase {
  readonly kind: 'validated'
  readonly player: PlayerToken
}

/** `Banid: "P<…>" was kicked and banned "for 30.00 minutes" by "Console"` */
export interface BanLine extends LineBase {
  readonly kind: 'ban'
  readonly player: PlayerToken
  readonly kicked: boolean
  /** 0: permanent; -1: not logged. */
  readonly minutes: number
  readonly by: string
}

/**
 * `"P<…>" joined team "CT"`; `switched`: CS:GO's and CS2's `"P<…>" switched from team <TERRORIST> to <CT>`, whose token
 * has no team.
 */
export interface JoinTeamLine extends LineBase {
  readonly kind: 'joinTeam'
  readonly player: PlayerToken
  readonly team: string
  /** Of the token, or of `switched from`. */
  readonly previousTeam: string
  readonly switched: boolean
}

/** `"P<…>" changed role to "scout"`, and AMXX's `triggered "player_changeclass" (newclass "…")`. */
export interface ChangeRoleLine extends LineBase {
  readonly kind: 'changeRole'
  readonly player: PlayerToken
  readonly role: string
}

/** `"Old<…>" changed name to "New"`: the token has the old name. */
export interface ChangeNameLine extends LineBase {
  readonly kind: 'changeName'
  readonly player: PlayerToken
  readonly name: string
}

/** `"P<…>" spawned as "Scout"`, L4D's `"P<…>" spawned` with role ''. */
export interface SpawnLine extends LineBase {
  readonly kind: 'spawn'
  readonly player: PlayerToken
  readonly role: string
}

/** `"P<…>" position_report (position "1 2 3")` */
export interface PositionReportLine extends LineBase {
  readonly kind: 'positionReport'
  readonly player: PlayerToken
  readonly position: Position | undefined
}

/** `"P<…>" api_request "playerinfo" (value "queryId")` */
export interface ApiRequestLine extends LineBase {
  readonly kind: 'apiRequest'
  readonly player: PlayerToken
  readonly request: string
  readonly value: string
}

function readConnected(cursor: Cursor, player: PlayerToken): ConnectLine | undefined {
  const source = cursor.untilQuote()
  if (source === undefined || !cursor.isDone()) return undefined
  const { time, stamp } = cursor
  return { kind: 'connect', time, stamp, player, source, address: withoutPort(source) }
}

/** `1.2.3.4` of `1.2.3.4:27005`; '' of `none`. */
export function withoutPort(source: string): string {
  if (source === 'none') return ''
  const colon = source.lastIndexOf(':')
  return colon < 0 ? source : source.slice(0, colon)
}

function readEntered(cursor: Cursor, player: PlayerToken): EntryLine | undefined {
  if (!cursor.isDone()) return undefined
  return { kind: 'entry', time: cursor.time, stamp: cursor.stamp, player }
}

function readDisconnected(cursor: Cursor, player: PlayerToken): DisconnectLine | undefined {
  const { text, end, time, stamp } = cursor
  let reason = ''
  if (cursor.take(' (reason "')) {
    // The client may choose the text, so it is taken whole; some reasons end in a line break, and the line with them.
    const isClosed = text.startsWith('")', end - 2) && end - 2 >= cursor.at
    reason = text.slice(cursor.at, isClosed ? end - 2 : end).trimEnd()
    cursor.at = end
  }
  if (!cursor.isDone()) return undefined
  return { kind: 'disconnect', time, stamp, player, reason, kicked: false, by: '' }
}

function readKicked(cursor: Cursor, player: PlayerToken): DisconnectLine | undefined {
  const { time, stamp } = cursor
  const by = cursor.take(' by "') ? cursor.untilQuote() : ''
  const properties = readProperties(cursor)
  if (by === undefined || properties === undefined) return undefined
  const reason = properties.message ?? properties.reason ?? ''
  return { kind: 'disconnect', time, stamp, player, reason, kicked: true, by }
}

const BAN_MINUTES = /^for (\d{1,9}(?:\.\d{1,6})?) minutes$/

function readBanned(kicked: boolean): Verb['read'] {
  return (cursor, player): BanLine | undefined => {
    const { time, stamp } = cursor
    const term = cursor.untilQuote()
    const by = cursor.take(' by "') ? cursor.untilQuote() : ''
    if (term === undefined || by === undefined || readProperties(cursor) === undefined) return undefined
    const minutes = term === 'permanently' ? 0 : Number(BAN_MINUTES.exec(term)?.[1])
    return Number.isNaN(minutes) ? undefined : { kind: 'ban', time, stamp, player, kicked, minutes, by }
  }
}

function readValidated(cursor: Cursor, player: PlayerToken): ValidatedLine | undefined {
  if (!cursor.isDone()) return undefined
  return { kind: 'validated', time: cursor.time, stamp: cursor.stamp, player }
}

function readJoinedTeam(cursor: Cursor, player: PlayerToken): JoinTeamLine | undefined {
  const team = cursor.untilQuote()
  if (team === undefined || readProperties(cursor) === undefined) return undefined
  const { time, stamp } = cursor
  return { kind: 'joinTeam', time, stamp, player, team, previousTeam: player.team, switched: false }
}

function readSwitchedTeam(cursor: Cursor, player: PlayerToken): JoinTeamLine | undefined {
  const previousTeam = cursor.until('> to <')
  const team = cursor.until('>')
  if (previousTeam === undefined || team === undefined || !cursor.isDone()) return undefined
  return {
    kind: 'joinTeam',
    time: cursor.time,
    stamp: cursor.stamp,
    player,
    team,
    previousTeam,
    switched: true,
  }
}

function readChangedRole(cursor: Cursor, player: PlayerToken): ChangeRoleLine | undefined {
  const role = cursor.untilQuote()
  if (role === undefined || readProperties(cursor) === undefined) return undefined
  return { kind: 'changeRole', time: cursor.time, stamp: cursor.stamp, player, role }
}

function readChangedName(cursor: Cursor, player: PlayerToken): ChangeNameLine | undefined {
  const name = cursor.untilLastQuote()
  if (name === undefined) return undefined
  return { kind: 'changeName', time: cursor.time, stamp: cursor.stamp, player, name }
}

function readSpawned(cursor: Cursor, player: PlayerToken): SpawnLine | undefined {
  const role = cursor.take(' as "') ? cursor.untilQuote() : ''
  cursor.take(' with m_filter on')
  if (role === undefined || readProperties(cursor) === undefined) return undefined
  return { kind: 'spawn', time: cursor.time, stamp: cursor.stamp, player, role }
}

function readPositionReport(cursor: Cursor, player: PlayerToken): PositionReportLine | undefined {
  const properties = readProperties(cursor)
  if (properties === undefined) return undefined
  const { time, stamp } = cursor
  return { kind: 'positionReport', time, stamp, player, position: positionOf(properties.position) }
}

function readApiRequest(cursor: Cursor, player: PlayerToken): ApiRequestLine | undefined {
  const request = cursor.untilQuote()
  const properties = readProperties(cursor)
  if (request === undefined || properties === undefined) return undefined
  const { time, stamp } = cursor
  return { kind: 'apiRequest', time, stamp, player, request, value: properties.value ?? '' }
}

/** The form without a term: `was kicked and banned by "Console" (reason "…")` */
function readBannedBy(cursor: Cursor, player: PlayerToken): BanLine | undefined {
  const { time, stamp } = cursor
  const by = cursor.take(' by "') ? cursor.untilQuote() : ''
  if (by === undefined || readProperties(cursor) === undefined) return undefined
  return { kind: 'ban', time, stamp, player, kicked: true, minutes: -1, by }
}

/** Its token has no team. */
export const SWITCHED_TEAM: Verb = { words: 'switched from team <', read: readSwitchedTeam }

export const PRESENCE_VERBS: readonly Verb[] = [
  { words: 'connected, address "', read: readConnected },
  { words: 'Connected, address "', read: readConnected },
  { words: 'entered the game', read: readEntered },
  { words: 'Entered the game', read: readEntered },
  { words: 'disconnected', read: readDisconnected },
  { words: 'Disconnected', read: readDisconnected },
  { words: 'was kicked and banned "', read: readBanned(true) },
  { words: 'was kicked and banned', read: readBannedBy },
  { words: 'was banned "', read: readBanned(false) },
  { words: 'was kicked', read: readKicked },
  { words: 'STEAM USERID validated', read: readValidated },
  { words: 'STEAM USERID Validated', read: readValidated },
  { words: 'VALVE USERID validated', read: readValidated },
  { words: 'joined team "', read: readJoinedTeam },
  SWITCHED_TEAM,
  { words: 'changed role to "', read: readChangedRole },
  { words: 'changed name to "', read: readChangedName },
  { words: 'spawned', read: readSpawned },
  { words: 'position_report', read: readPositionReport },
  { words: 'api_request "', read: readApiRequest },
]
