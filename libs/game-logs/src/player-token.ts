import { Cursor } from './cursor.ts'

/** In game units. */
export interface Position {
  readonly x: number
  readonly y: number
  readonly z: number
}

/** What L4D writes of a player besides: `<ALIVE><80+12><setpos_exact …; setang 18.14 -34.47 0.00><Area 70>` */
export interface SurvivorState {
  /** `ALIVE`, `INCAP`, `LIMPING`, `DEAD` … */
  readonly condition: string
  readonly health: number
  /** Health that pills gave and that fades. */
  readonly bonusHealth: number
  /** Where he looks, in degrees. */
  readonly angle: Position | undefined
  /** Of the navigation mesh; -1 when not logged. */
  readonly area: number
}

/** `"Name<uid><id><team>"`, with roles and L4D's long tail. */
export interface PlayerToken {
  /** As logged, whatever is in it. */
  readonly name: string
  /** The user id (slot number) of the engine. */
  readonly uid: number
  /** `STEAM_1:0:111`, `[U:1:222]`, `76561197960265950`, `BOT`, `Console`, `HLTV`, `STEAM_ID_PENDING`, '' … */
  readonly rawId: string
  readonly team: string
  /** Fifth group of some mods, the character in L4D; '' without. */
  readonly role: string
  /** `[x y z]` behind the token, or L4D's `<setpos_exact …>` in it. */
  readonly position: Position | undefined
  /** Only in L4D's long form. */
  readonly survivor: SurvivorState | undefined
}

const OPEN = 60
const CLOSE = 62
const QUOTE = 34
const MINUS = 45
const NO_ID = '<<none>>'
const LONGEST_UID = 10
// No engine has more bits for it, nor has the column that it ends up in.
const MOST_UID = 2_147_483_647
// The longest that an engine of the family allows, in bytes: Source 2 and CS:GO; the others stop at 31.
const LONGEST_NAME = 128
// L4D's places are the longest groups.
const LONGEST_GROUP = 160
const SETPOS = ['<setpos_exact ', '<setpos ']
const ID_STARTS = ['STEAM_', 'VALVE_', '[', 'BOT', 'Console', 'HLTV', 'UNKNOWN', '<']

/** Where the group that closes at `close` opens; -1 when it does not open at or after `from`. */
function groupStart(text: string, close: number, from: number): number {
  const first = Math.max(from, close - LONGEST_GROUP)
  for (let at = close - 1; at >= first; at -= 1) {
    const code = text.charCodeAt(at)
    if (code === OPEN) return at
    // No group holds a group but CS2's id `<none>`, and none holds a quote.
    if (code === CLOSE)
      return text.startsWith(NO_ID, close + 1 - NO_ID.length) ? close + 1 - NO_ID.length : -1
    if (code === QUOTE) return -1
  }
  return -1
}

/** Where the group opens that ends directly before `open`; -1 when there is none. */
function groupBefore(text: string, open: number, from: number): number {
  if (open <= from || text.charCodeAt(open - 1) !== CLOSE) return -1
  return groupStart(text, open - 1, from)
}

/** The number in the group from `open` to before `end`, with a sign for players who just left; NaN for anything else. */
function uidIn(text: string, open: number, end: number): number {
  const first = text.charCodeAt(open + 1) === MINUS ? open + 2 : open + 1
  const digits = end - 1 - first
  if (digits < 1 || digits > LONGEST_UID) return Number.NaN
  let uid = 0
  for (let at = first; at < end - 1; at += 1) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    uid = uid * 10 + digit
  }
  if (uid > MOST_UID) return Number.NaN
  return first === open + 1 ? uid : -uid
}

function looksLikeId(text: string, open: number, end: number): boolean {
  if (open + 2 === end) return true
  const code = text.charCodeAt(open + 1)
  if (code >= 48 && code <= 57) return true
  return ID_STARTS.some((start) => text.startsWith(start, open + 1))
}

/** L4D: `<uid><id><team><role><state><health><setpos_exact x y z; …><Area n>`; the dead have `<setpos …>`. */
function readLongToken(text: string, from: number, last: number): PlayerToken | undefined {
  const place = text.startsWith('<Area', last) ? groupBefore(text, last, from) : last
  const words = SETPOS.find((start) => text.startsWith(start, place))
  if (place < 0 || words === undefined) return undefined
  const health = groupBefore(text, place, from)
  const state = groupBefore(text, health, from)
  const role = groupBefore(text, state, from)
  const team = groupBefore(text, role, from)
  const id = groupBefore(text, team, from)
  const uidOpen = groupBefore(text, id, from)
  const uid = uidOpen < 0 ? Number.NaN : uidIn(text, uidOpen, id)
  if (Number.isNaN(uid) || uidOpen - from > LONGEST_NAME) return undefined
  const cursor = new Cursor(text)
  cursor.at = place + words.length
  const position = cursor.position()
  return {
    name: text.slice(from, uidOpen),
    uid,
    rawId: text.slice(id + 1, team - 1),
    team: text.slice(team + 1, role - 1),
    role: text.slice(role + 1, state - 1),
    position,
    survivor: readSurvivor(cursor, text.slice(state + 1, health - 1), health),
  }
}

/** Reads on behind the place; the health stands before it, at `health`. */
function readSurvivor(cursor: Cursor, condition: string, health: number): SurvivorState {
  const angle = cursor.take('; setang ') ? cursor.position() : undefined
  const area = cursor.take('><Area ') ? cursor.number() : undefined
  cursor.at = health + 1
  const points = cursor.number() ?? 0
  const bonusHealth = cursor.take('+') ? (cursor.number() ?? 0) : 0
  return { condition, health: points, bonusHealth, angle, area: area ?? -1 }
}

/** `<uid><id><team><role>`: the groups opening at `id`, `team` and `role`, the token ending before `end`. */
function readRoleToken(
  text: string,
  from: number,
  groups: { uid: number; id: number; team: number; role: number; end: number },
  position: Position | undefined,
): PlayerToken | undefined {
  const uid = uidIn(text, groups.uid, groups.id)
  if (Number.isNaN(uid) || groups.uid - from > LONGEST_NAME) return undefined
  if (!looksLikeId(text, groups.id, groups.team)) return undefined
  return {
    name: text.slice(from, groups.uid),
    uid,
    rawId: text.slice(groups.id + 1, groups.team - 1),
    team: text.slice(groups.team + 1, groups.role - 1),
    role: text.slice(groups.role + 1, groups.end - 1),
    position,
    survivor: undefined,
  }
}

/**
 * Reads the token between two quotes, the name starting at `from`, the closing quote being at `quote`. The groups are
 * found from the right end, so that a name cannot bring an identity of its own. `position` is what stood behind it.
 */
export function readToken(
  text: string,
  from: number,
  quote: number,
  position: Position | undefined,
): PlayerToken | undefined {
  const team = groupBefore(text, quote, from)
  const id = groupBefore(text, team, from)
  const uidOpen = groupBefore(text, id, from)
  if (uidOpen < 0) return undefined
  const uid = uidIn(text, uidOpen, id)
  // A fourth group: a role, L4D's tail, or a name that ends in `>`.
  const outer = groupBefore(text, uidOpen, from)
  if (outer >= 0 && (Number.isNaN(uid) || !looksLikeId(text, id, team))) {
    const groups = { uid: outer, id: uidOpen, team: id, role: team, end: quote }
    const token = readLongToken(text, from, team) ?? readRoleToken(text, from, groups, position)
    if (token !== undefined) return token
  }
  if (Number.isNaN(uid) || uidOpen - from > LONGEST_NAME) return undefined
  return {
    name: text.slice(from, uidOpen),
    uid,
    rawId: text.slice(id + 1, team - 1),
    team: text.slice(team + 1, quote - 1),
    role: '',
    position,
    survivor: undefined,
  }
}

/** `"Name<uid><id>"`: CS:GO and CS2 leave the team out where a player changes it. */
export function readTeamlessToken(text: string, from: number, quote: number): PlayerToken | undefined {
  const id = groupBefore(text, quote, from)
  const uidOpen = groupBefore(text, id, from)
  if (uidOpen < 0) return undefined
  const uid = uidIn(text, uidOpen, id)
  // An empty last group is a team, not an id.
  if (Number.isNaN(uid) || id + 2 === quote || !looksLikeId(text, id, quote)) return undefined
  const name = text.slice(from, uidOpen)
  if (name.length > LONGEST_NAME) return undefined
  return {
    name,
    uid,
    rawId: text.slice(id + 1, quote - 1),
    team: '',
    role: '',
    position: undefined,
    survivor: undefined,
  }
}
