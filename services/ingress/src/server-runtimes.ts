import type { Metrics } from '@hlstats/telemetry'
import type { KnownServer } from './known-server.ts'
import { type GameServer, newGameServer, partOf, restorePart, stateKeys } from './rules/game-server.ts'
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
}

/** The servers by id, with what is known of them: kept in memory, and stored so that a restart goes on with it. */
export class ServerRuntimes {
  readonly #states: Map<number, GameServer>
  readonly #log: ServerStateLog
  readonly #runtimes = new Map<number, ServerRuntime>()

  /** Reads what earlier lives have stored. */
  static async open(options: { directory: string; fsync: FsyncPolicy }): Promise<ServerRuntimes> {
    const states = new Map<number, GameServer>()
    const log = await ServerStateLog.open(
      { ...options, snapshot: () => snapshotOf(states) },
      ({ serverId, key, value }) => restorePart(stateIn(states, serverId), key, value),
    )
    return new ServerRuntimes(states, log)
  }

  private constructor(states: Map<number, GameServer>, log: ServerStateLog) {
    this.#states = states
    this.#log = log
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

function stateIn(states: Map<number, GameServer>, serverId: number): GameServer {
  const found = states.get(serverId)
  if (found !== undefined) return found
  const state = newGameServer()
  states.set(serverId, state)
  return state
}

function* snapshotOf(states: ReadonlyMap<number, GameServer>): Generator<StateEntry> {
  for (const [serverId, state] of states) {
    for (const key of stateKeys(state)) yield { serverId, key, value: partOf(state, key) }
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
