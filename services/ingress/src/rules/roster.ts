import type { NotCounted, PlayerRef } from '@hlstats/events'
import type { PlayerToken } from '@hlstats/game-logs'
import {
  everybody,
  type GameServer,
  playerKey,
  putPending,
  putPlayer,
  type RosterEntry,
  removePlayer,
} from './game-server.ts'
import { type Identity, identify, pendingKey } from './identity.ts'
import { cut, LIMITS } from './limits.ts'
import { emit, refOf, type Turn } from './turn.ts'

/** How exactly the state knows when a player was last named: finer steps would store more and decide nothing. */
const SEEN_STEP_MS = 10_000
// More than any server has slots, and as many as an action may name as members of a team.
const MOST_PLAYERS = 256

/** Whom a line named. Without an entry he is not on the server as far as we can tell: his id is pending, or he has gone. */
export interface Sighting {
  readonly ref: PlayerRef
  readonly entry: RosterEntry | undefined
  readonly identity: Identity
}

interface SightingOptions {
  /** Lines that may come after the player has left do not bring him back. */
  readonly create?: boolean
  readonly address?: string
}

/** Why a player disconnected when no line said so. */
export const INFERRED = {
  /** His id is there again, with another slot. */
  reconnected: 'reconnected',
  idle: 'idle',
  /** Bots do not stay for the next map. */
  mapChange: 'map change',
  /** He is another player by his new name. */
  renamed: 'renamed',
  /** Statistics that came after he had left. */
  absent: 'absent',
} as const

/** Brings the roster up to what a token says: who left unseen, who came, who changed team or role. */
export function see(turn: Turn, token: PlayerToken, options: SightingOptions = {}): Sighting | undefined {
  const identity = identify(turn, token, options.address)
  if (identity === undefined) return undefined
  if (identity.known) dismissDoubles(turn, identity)
  const present = identity.known ? turn.server.roster.get(playerKey(identity)) : undefined
  if (present !== undefined) {
    const entry = refresh(turn, present, identity)
    return { ref: refOf(entry), entry, identity }
  }
  if (options.create !== false && mayCome(turn, identity)) {
    const entry = arrive(turn, identity, options.address ?? '')
    return { ref: refOf(entry), entry, identity }
  }
  return { ref: refOf({ ...identity, ...NEWCOMER }), entry: undefined, identity }
}

/** Finds whom a token names, without taking its word for who came, left or changed team. */
export function find(turn: Turn, token: PlayerToken): Sighting | undefined {
  const identity = identify(turn, token)
  if (identity === undefined) return undefined
  const present = turn.server.roster.get(playerKey(identity))
  const entry = present && seenNow(turn, present)
  return { ref: refOf(entry ?? { ...identity, ...NEWCOMER }), entry, identity }
}

/**
 * Tells whose line it is when a name or a text imitates a whole line: who is there under this slot, id and name. Slot and
 * id alone would do for whoever writes another player's into the chat.
 */
export function isPresent(server: GameServer, token: PlayerToken): boolean {
  const shown = cut(token.name, LIMITS.name)
  return everybody(server).some(
    ({ uid, rawId, name }) => uid === token.uid && rawId === token.rawId && name === shown,
  )
}

/** The entry of a sighting as it is now: a later token of the same line may have changed or removed it. */
export function current(turn: Turn, sighting: Sighting): RosterEntry | undefined {
  return turn.server.roster.get(playerKey(sighting.identity))
}

export function botGate(turn: Turn, entry: { readonly bot: boolean }): true | NotCounted {
  return turn.settings.ignoreBots && entry.bot ? 'bot' : true
}

export function selectTeam(turn: Turn, entry: RosterEntry, team: string): RosterEntry {
  return changeTeam(turn, entry, { team, shownTeam: team, teamChangedAt: turn.at })
}

/**
 * CS:GO's `switched from team <A> to <B>`, which HLstatsX:CE does not read: it sees the change in the first token after
 * it, and from there on forgives the death that changing teams costs.
 */
export function switchTeam(turn: Turn, entry: RosterEntry, team: string): RosterEntry {
  return changeTeam(turn, entry, { team })
}

function changeTeam(turn: Turn, entry: RosterEntry, change: Partial<RosterEntry>): RosterEntry {
  const changed = putPlayer(turn.server, { ...entry, ...change })
  emit(
    turn,
    'PLAYER_CHANGE_TEAM',
    { player: refOf(changed), previousTeam: entry.team },
    botGate(turn, changed),
  )
  return changed
}

export function selectRole(turn: Turn, entry: RosterEntry, role: string): RosterEntry {
  const changed = putPlayer(turn.server, { ...entry, role })
  emit(
    turn,
    'PLAYER_CHANGE_ROLE',
    { player: refOf(changed), previousRole: entry.role },
    botGate(turn, changed),
  )
  return changed
}

export function connect(turn: Turn, entry: RosterEntry, address: string): RosterEntry {
  const connected = putPlayer(turn.server, { ...entry, connected: true, address: address || entry.address })
  emit(
    turn,
    'PLAYER_CONNECT',
    { player: refOf(connected), address: connected.address },
    botGate(turn, connected),
  )
  return connected
}

export function leave(turn: Turn, entry: RosterEntry, reason: string, inferred: boolean): void {
  removePlayer(turn.server, entry)
  emit(turn, 'PLAYER_DISCONNECT', { player: refOf(entry), reason, inferred }, botGate(turn, entry))
}

const NEWCOMER = {
  address: '',
  connected: false,
  seenAt: 0,
  shownTeam: '',
  teamChangedAt: 0,
  builtAt: {},
} as const

/** Slot 0 is nobody's, but in CS2. Whom this line has just shown to be gone does not come back in it. */
function mayCome(turn: Turn, identity: Identity): boolean {
  if (!identity.known || turn.gone.has(playerKey(identity))) return false
  return identity.uid !== 0 || turn.settings.family === 'cs2'
}

/** The same id in another slot: he came again, and nobody said that he had left. */
function dismissDoubles(turn: Turn, { uid, uniqueId }: Identity): void {
  const isDouble = (entry: RosterEntry) => entry.uniqueId === uniqueId && entry.uid !== uid
  let found = false
  for (const entry of turn.server.roster.values()) found ||= isDouble(entry)
  // Every token of every line comes by here, and next to none has a double: everybody is put in order only for these.
  if (!found) return
  for (const entry of everybody(turn.server).filter(isDouble)) {
    if (turn.newcomers.has(playerKey(entry))) continue
    turn.gone.add(playerKey(entry))
    leave(turn, entry, INFERRED.reconnected, true)
  }
}

function refresh(turn: Turn, present: RosterEntry, identity: Identity): RosterEntry {
  let entry = present
  // An empty team comes from lines that do not know it; only a map change makes a team empty.
  if (identity.team !== '' && identity.team !== entry.team) entry = selectTeam(turn, entry, identity.team)
  if (identity.team !== '' && identity.team !== entry.shownTeam) {
    entry = putPlayer(turn.server, { ...entry, shownTeam: identity.team, teamChangedAt: turn.at })
  }
  if (identity.role !== '' && identity.role !== entry.role) entry = selectRole(turn, entry, identity.role)
  return seenNow(turn, entry)
}

function seenNow(turn: Turn, entry: RosterEntry): RosterEntry {
  const silentMs = turn.at - entry.seenAt
  if (silentMs >= 0 && silentMs < SEEN_STEP_MS) return entry
  return putPlayer(turn.server, { ...entry, seenAt: turn.at })
}

/** Whoever has been silent longest goes before there are too many: only a forged log comes this far. */
function makeRoom(turn: Turn): void {
  if (turn.server.roster.size < MOST_PLAYERS) return
  const [silent] = everybody(turn.server).sort((a, b) => a.seenAt - b.seenAt)
  if (silent !== undefined) leave(turn, silent, INFERRED.idle, true)
}

function arrive(turn: Turn, identity: Identity, address: string): RosterEntry {
  makeRoom(turn)
  const { known: _known, ...who } = identity
  const key = pendingKey(identity)
  const pending = turn.server.pendingConnects.get(key)
  const entry = putPlayer(turn.server, {
    ...NEWCOMER,
    ...who,
    shownTeam: who.team,
    address: pending?.address ?? address,
    seenAt: turn.at,
  })
  turn.newcomers.add(playerKey(entry))
  emit(turn, 'PLAYER_SEEN', { player: refOf(entry) }, botGate(turn, entry))
  if (pending === undefined || turn.settings.mode === 'LAN') return entry
  putPending(turn.server, key, undefined)
  return connect(turn, entry, pending.address)
}
