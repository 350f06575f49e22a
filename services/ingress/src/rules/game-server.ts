import type { Position } from '@hlstats/events'

/** A player on a game server, keyed by `<uid>/<uniqueId>`. Times are log clock, milliseconds. */
export interface RosterEntry {
  readonly uid: number
  readonly uniqueId: string
  readonly rawId: string
  readonly name: string
  readonly team: string
  readonly role: string
  readonly bot: boolean
  readonly address: string
  /** A connect event was sent for this stay. */
  readonly connected: boolean
  /** In steps of `SEEN_STEP_MS`, so that not every line changes the stored state. */
  readonly seenAt: number
  /** The team of his latest token that had one. */
  readonly shownTeam: string
  /** When a token or a line first showed him in his team; 0: not since he came. */
  readonly teamChangedAt: number
  /** When he last built what: the kind of building → time. */
  readonly builtAt: Readonly<Record<string, number>>
}

export interface RoundState {
  /** A team has won since the last start. */
  readonly won: boolean
  /** The winner has been paid: further team lines of this round pay nothing. */
  readonly paid: boolean
  /** The round has ended and the next one has not started: `bonusSince` is when. */
  readonly bonus: boolean
  readonly bonusSince: number
  /** Last defence of a flag by team: decides whether a drop was a death. */
  readonly flagDefendedAt: Readonly<Record<string, number>>
}

/** What a line says about the next kill of its server. */
export interface KillMarks {
  /** Unique id of the killer whose next kill is a headshot; '' for nobody. */
  readonly headshotBy: string
  readonly killerPosition: Position | null
  readonly victimPosition: Position | null
}

/** A connect line without a usable id: its address counts when the player is known. */
export interface PendingConnect {
  readonly address: string
  readonly at: number
}

/** What ingress knows of one game server. Everything in it is in the stored state, or follows from it. */
export interface GameServer {
  readonly roster: Map<string, RosterEntry>
  readonly pendingConnects: Map<string, PendingConnect>
  map: string
  round: RoundState
  marks: KillMarks
  /** The columns of the JSON block that the game is writing. */
  columns: readonly string[]
  /** When silent players were last looked for. */
  sweptAt: number
  /** Counted from the roster when asked; forgotten when the roster changes. */
  trackable: { readonly ignoreBots: boolean; readonly count: number } | undefined
  /** Parts that changed since the state was last stored. */
  readonly changed: Set<StateKey>
}

/** A part of the state that is stored by itself. */
export type StateKey =
  | 'map'
  | 'round'
  | 'marks'
  | 'columns'
  | 'sweptAt'
  | `player/${string}`
  | `pending/${string}`

export const NO_MARKS: KillMarks = { headshotBy: '', killerPosition: null, victimPosition: null }
// More than any server has slots: only a forged log reaches it.
const MOST_PENDING = 256
const NEW_ROUND: RoundState = { won: false, paid: false, bonus: false, bonusSince: 0, flagDefendedAt: {} }

export function newGameServer(): GameServer {
  return {
    roster: new Map(),
    pendingConnects: new Map(),
    map: '',
    round: NEW_ROUND,
    marks: NO_MARKS,
    columns: [],
    sweptAt: 0,
    trackable: undefined,
    changed: new Set(),
  }
}

/** Everybody on the server, in an order that a restart does not change. */
export function everybody(server: GameServer): RosterEntry[] {
  return [...server.roster].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
}

export function playerKey({ uid, uniqueId }: Pick<RosterEntry, 'uid' | 'uniqueId'>): string {
  return `${uid}/${uniqueId}`
}

export function putPlayer(server: GameServer, entry: RosterEntry): RosterEntry {
  const key = playerKey(entry)
  server.roster.set(key, entry)
  server.trackable = undefined
  server.changed.add(`player/${key}`)
  return entry
}

export function removePlayer(server: GameServer, entry: RosterEntry): void {
  const key = playerKey(entry)
  server.roster.delete(key)
  server.trackable = undefined
  server.changed.add(`player/${key}`)
}

export function putPending(server: GameServer, key: string, pending: PendingConnect | undefined): void {
  const { pendingConnects, changed } = server
  if (pending === undefined) pendingConnects.delete(key)
  else pendingConnects.set(key, pending)
  changed.add(`pending/${key}`)
  const [oldest] = pendingConnects.keys()
  if (pendingConnects.size <= MOST_PENDING || oldest === undefined) return
  pendingConnects.delete(oldest)
  changed.add(`pending/${oldest}`)
}

export function setMap(server: GameServer, map: string): void {
  server.map = map
  server.changed.add('map')
}

export function setRound(server: GameServer, change: Partial<RoundState>): void {
  server.round = { ...server.round, ...change }
  server.changed.add('round')
}

export function setMarks(server: GameServer, change: Partial<KillMarks>): void {
  server.marks = { ...server.marks, ...change }
  server.changed.add('marks')
}

export function setColumns(server: GameServer, columns: readonly string[]): void {
  server.columns = columns
  server.changed.add('columns')
}

export function setSweptAt(server: GameServer, at: number): void {
  server.sweptAt = at
  server.changed.add('sweptAt')
}

/** The present value of one part, as it is stored; null where there is none any more. */
export function partOf(server: GameServer, key: StateKey): unknown {
  if (key.startsWith('player/')) return server.roster.get(key.slice('player/'.length)) ?? null
  if (key.startsWith('pending/')) return server.pendingConnects.get(key.slice('pending/'.length)) ?? null
  return server[key as Exclude<StateKey, `${string}/${string}`>]
}

/** All parts as they are now. */
export function partsOf(server: GameServer): ReadonlyMap<StateKey, unknown> {
  return new Map(Array.from(stateKeys(server), (key) => [key, partOf(server, key)]))
}

/** Makes of the state what it was; what is another now is stored again. */
export function returnTo(server: GameServer, earlier: ReadonlyMap<StateKey, unknown>): void {
  for (const key of new Set([...earlier.keys(), ...stateKeys(server)])) {
    const value = earlier.get(key) ?? null
    if (partOf(server, key) === value) continue
    restorePart(server, key, value)
    server.changed.add(key)
  }
  server.trackable = undefined
}

/** Puts a stored part back; parts of another version of this program are left out. */
export function restorePart(server: GameServer, key: string, value: unknown): void {
  if (key.startsWith('player/')) restoreInto(server.roster, key.slice('player/'.length), value)
  else if (key.startsWith('pending/'))
    restoreInto(server.pendingConnects, key.slice('pending/'.length), value)
  else if (key === 'map') server.map = String(value)
  else if (key === 'round') server.round = { ...NEW_ROUND, ...(value as RoundState) }
  else if (key === 'marks') server.marks = { ...NO_MARKS, ...(value as KillMarks) }
  else if (key === 'columns') server.columns = value as string[]
  else if (key === 'sweptAt') server.sweptAt = Number(value)
}

function restoreInto<T>(parts: Map<string, T>, key: string, value: unknown): void {
  if (value === null) parts.delete(key)
  else parts.set(key, value as T)
}

/** All keys of the state, for writing it whole. */
export function* stateKeys(server: GameServer): Generator<StateKey> {
  yield* ['map', 'round', 'marks', 'columns', 'sweptAt'] as const
  for (const key of server.roster.keys()) yield `player/${key}`
  for (const key of server.pendingConnects.keys()) yield `pending/${key}`
}
