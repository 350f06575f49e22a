import type { RecordName } from '@hlstats/infrastructure'
import type { Metrics } from '@hlstats/telemetry'
import type { KnownServer } from './known-server.ts'
import type { LogPosition } from './log-position.ts'
import {
  type GameServer,
  newGameServer,
  partOf,
  restorePart,
  type StateKey,
  stateKeys,
} from './rules/game-server.ts'
import { type FsyncPolicy, ServerStateLog, type StateEntry } from './server-state-log.ts'

/** A game server that has sent something, in this life or in an earlier one. */
export interface ServerRuntime {
  readonly known: KnownServer
  readonly state: GameServer
  /** Number of its latest event in this stream. */
  sequence: number
  /** The clock of its latest line. */
  latestAt: number
  /** When its latest line came, by our clock. */
  lastLineAt: number
  /** When its next load sample is due; 0 while it is silent. */
  tickAt: number
  idle: boolean
  /** How far its posted log was read. */
  position: LogPosition | undefined
  /** How far it was when everything read was in the journal. */
  safePosition: LogPosition | undefined
  /** What was known of it then, while posted lines are read. */
  safeState?: ReadonlyMap<StateKey, unknown>
}

interface RuntimesOptions {
  readonly directory: string
  readonly fsync: FsyncPolicy
  /** Whether the journal got this record before the last life died. */
  readonly wasAppended: (record: RecordName) => boolean
}

/** A position as it is stored. With a record it holds only if the journal has that: the two are written one after the other. */
interface StoredPosition {
  readonly position: LogPosition | null
  readonly record?: RecordName
}

const POSITION = 'logPosition'

/** The servers by id, with what is known of them: kept in memory, and stored so that a restart goes on with it. */
export class ServerRuntimes {
  readonly #states: Map<number, GameServer>
  readonly #log: ServerStateLog
  readonly #positions: ReadonlyMap<number, LogPosition>
  readonly #runtimes = new Map<number, ServerRuntime>()

  /** Reads what earlier lives have stored. */
  static async open({ directory, fsync, wasAppended }: RuntimesOptions): Promise<ServerRuntimes> {
    const earlier = new EarlierLives(wasAppended)
    let runtimes: ServerRuntimes | undefined
    const snapshot = () => runtimes?.snapshot() ?? []
    const mayCompact = () => runtimes?.isAhead !== true
    const log = await ServerStateLog.open({ directory, fsync, snapshot, mayCompact }, (entry) =>
      earlier.restore(entry),
    )
    runtimes = new ServerRuntimes(earlier, log)
    // Once more whole: what was left out now must not be read by the next life either.
    if (earlier.leftSomethingOut) await log.compact()
    return runtimes
  }

  private constructor({ states, positions }: EarlierLives, log: ServerStateLog) {
    this.#states = states
    this.#positions = positions
    this.#log = log
  }

  /** Some posted lines are in the state and not in the journal yet. */
  get isAhead(): boolean {
    return [...this.#runtimes.values()].some(({ position, safePosition }) => position !== safePosition)
  }

  /** All parts of the state as they are now. */
  *snapshot(): Generator<StateEntry> {
    const positions = new Map(this.#positions)
    for (const [serverId, { safePosition }] of this.#runtimes) {
      if (safePosition !== undefined) positions.set(serverId, safePosition)
    }
    for (const [serverId, position] of positions) yield { serverId, key: POSITION, value: { position } }
    for (const [serverId, state] of this.#states) {
      for (const key of stateKeys(state)) yield { serverId, key, value: partOf(state, key) }
    }
  }

  /** Shows how many servers and people there are. */
  measure(metrics: Metrics): void {
    metrics.gauge({
      name: 'hlstats_ingress_servers',
      help: 'Game servers that have sent something since the start, by whether they still do.',
      labels: ['state'],
      collect: (gauge) => {
        const servers = [...this.#runtimes.values()]
        const idle = servers.filter((server) => server.idle).length
        gauge.set({ state: 'talking' }, servers.length - idle)
        gauge.set({ state: 'idle' }, idle)
      },
    })
    metrics.gauge({
      name: 'hlstats_ingress_players',
      help: 'People on all game servers; no bots.',
      collect: (gauge) => {
        const entries = [...this.#states.values()].flatMap(({ roster }) => [...roster.values()])
        gauge.set(entries.filter(({ bot, uid }) => !bot && uid >= 0).length)
      },
    })
  }

  /** Resolves when the entries are stored. */
  store(entries: readonly StateEntry[]): Promise<void> {
    return this.#log.append(entries)
  }

  close(): Promise<void> {
    return this.#log.close()
  }

  /** The runtime of a server; its options are those of now, whatever they were before. */
  of(known: KnownServer, now: number): ServerRuntime {
    const { serverId } = known.settings
    const found = this.#runtimes.get(serverId)
    if (found?.known === known) return found
    const runtime: ServerRuntime =
      found === undefined
        ? {
            known,
            state: stateIn(this.#states, serverId),
            sequence: 0,
            latestAt: Number.NEGATIVE_INFINITY,
            lastLineAt: now,
            tickAt: 0,
            idle: false,
            position: this.#positions.get(serverId),
            safePosition: this.#positions.get(serverId),
          }
        : Object.assign(found, { known })
    this.#runtimes.set(serverId, runtime)
    return runtime
  }

  all(): Iterable<ServerRuntime> {
    return this.#runtimes.values()
  }

  /** An earlier life stored players of this server. */
  isStored(serverId: number): boolean {
    return (this.#states.get(serverId)?.roster.size ?? 0) > 0
  }
}

/** What earlier lives knew of the servers, put together entry by entry. */
class EarlierLives {
  readonly states = new Map<number, GameServer>()
  readonly positions = new Map<number, LogPosition>()
  readonly #wasAppended: (record: RecordName) => boolean
  /** Servers whose latest lines were lost: their record is not in the journal. */
  readonly #undone = new Set<number>()

  constructor(wasAppended: (record: RecordName) => boolean) {
    this.#wasAppended = wasAppended
  }

  get leftSomethingOut(): boolean {
    return this.#undone.size > 0
  }

  restore({ serverId, key, value }: StateEntry): void {
    if (key === POSITION) this.#restorePosition(serverId, value as StoredPosition)
    // What the lost lines said: the game server sends them again, to a server that must not know it yet.
    else if (!this.#undone.has(serverId)) restorePart(stateIn(this.states, serverId), key, value)
  }

  #restorePosition(serverId: number, { position, record }: StoredPosition): void {
    if (record !== undefined && !this.#wasAppended(record)) {
      this.#undone.add(serverId)
      return
    }
    this.#undone.delete(serverId)
    if (position === null) this.positions.delete(serverId)
    else this.positions.set(serverId, position)
  }
}

function stateIn(states: Map<number, GameServer>, serverId: number): GameServer {
  const found = states.get(serverId)
  if (found !== undefined) return found
  const state = newGameServer()
  states.set(serverId, state)
  return state
}

/** Its position as an entry; with a record it holds only together with that. */
export function positionEntry({ known, position }: ServerRuntime, record?: RecordName): StateEntry {
  return {
    serverId: known.settings.serverId,
    key: POSITION,
    value: { position: position ?? null, ...(record === undefined ? {} : { record }) },
  }
}

/** Takes what changed since it was last asked, as it is now. */
export function takeChanges({ known, state }: ServerRuntime): StateEntry[] {
  const entries = Array.from(state.changed, (key) => ({
    serverId: known.settings.serverId,
    key,
    value: partOf(state, key),
  }))
  state.changed.clear()
  return entries
}
