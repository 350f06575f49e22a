import { type Database, openDatabase } from '@hlstats/database'
import { toError } from '@hlstats/errors'
import { createMetrics, silentLogger } from '@hlstats/telemetry'
import { readLeaderboard } from '../../cli/src/leaderboard.ts'
import type { ScreenState, ServerLine } from './frame.ts'
import { growthOf, parseMetrics, type Sample, total } from './metrics-page.ts'

export interface Observed {
  readonly databaseUrl: string
  /** The process with the socket. */
  readonly ingressUrl: string
  /** The metrics pages of the services that count. */
  readonly countingPages: readonly string[]
}

type Observation = Omit<ScreenState, 'mode' | 'upSeconds' | 'said' | 'udpPort'>

interface Reading {
  readonly atMs: number
  /** Undefined where they could not be read. */
  readonly servers: readonly ServerRow[] | undefined
  readonly ingress: readonly Sample[]
  readonly counting: readonly Sample[]
}

interface ServerRow extends Omit<ServerLine, 'killsPerMinute'> {
  readonly serverId: number
  readonly port: number
}

const WINDOW_MS = 60_000
const ANSWER_WITHIN_MS = 2_000
const MOST_SERVERS = 100
const MOST_PLAYERS = 50
const FEW_PLAYERS = 5
const MOST_GAMES = 4
const AGE = 'hlstats_event_age_seconds'

/** Looks at a running system from outside, as anybody with its database and pages could. */
export class Observer {
  readonly #observed: Observed
  #database: Database | undefined
  #readings: Reading[] = []

  constructor(observed: Observed) {
    this.#observed = observed
  }

  /** What cannot be read is one of the problems. */
  async look(): Promise<Observation> {
    const problems: string[] = []
    const attempt = async <T>(what: string, otherwise: T, read: () => Promise<T>): Promise<T> => {
      try {
        return await read()
      } catch (error) {
        problems.push(`${what} cannot be read: ${toError(error).message}`)
        return otherwise
      }
    }
    const { ingressUrl, countingPages } = this.#observed
    const page = async (url: string) => parseMetrics(await text(url))
    const [ingress, pages, senders, read] = await Promise.all([
      attempt('ingress', [], () => page(`${ingressUrl}/metrics`)),
      attempt('the counting services', [], () => Promise.all(countingPages.map(page))),
      attempt('unknown senders', [], () => unknownSenders(ingressUrl)),
      attempt('the database', undefined, () => this.#stored()),
    ])
    this.#remember({ atMs: performance.now(), servers: read?.servers, ingress, counting: pages.flat() })
    const servers = this.#servers()
    const registered = new Set(servers.map(({ address }) => address))
    return {
      ...this.#rates(),
      servers,
      killsPerMinute: servers.reduce((sum, { killsPerMinute }) => sum + killsPerMinute, 0),
      parked: read?.parked ?? 0,
      leaderboards: read?.leaderboards ?? [],
      problems,
      backlog: total(ingress, 'hlstats_journal_waiting_records'),
      // Who was registered meanwhile was a stranger before.
      unknownSenders: senders.filter(({ address }) => !registered.has(address)),
      drops: dropsIn(ingress),
    }
  }

  async close(): Promise<void> {
    await this.#database?.close()
  }

  #remember(reading: Reading): void {
    this.#readings = [...this.#readings.filter(({ atMs }) => atMs > reading.atMs - WINDOW_MS), reading]
  }

  #rates(): Pick<Observation, 'eventsPerSecond' | 'age'> {
    const now = this.#readings.at(-1)
    // After a restart its counters begin again, and the window with them.
    const before = this.#readings.find(({ ingress }) => events(ingress) <= events(now?.ingress ?? []))
    if (now === undefined || before === undefined) return { eventsPerSecond: 0, age: undefined }
    const grown = events(now.ingress) - events(before.ingress)
    return {
      eventsPerSecond: (grown * 1_000) / Math.max(1_000, now.atMs - before.atMs),
      age: growthOf(AGE, before.counting, now.counting),
    }
  }

  #servers(): ServerLine[] {
    const known = this.#readings.filter(({ servers }) => servers !== undefined)
    const [before, now] = [known.at(0), known.at(-1)]
    if (before === undefined || now === undefined) return []
    const killsThen = new Map(before.servers?.map(({ serverId, kills }) => [serverId, kills]))
    const minutes = Math.max(1_000, now.atMs - before.atMs) / 60_000
    return (now.servers ?? []).map((row) => ({
      ...row,
      address: `${row.address}:${row.port}`,
      killsPerMinute: (row.kills - (killsThen.get(row.serverId) ?? 0)) / minutes,
    }))
  }

  async #stored() {
    this.#database ??= await openDatabase({
      url: this.#observed.databaseUrl,
      logger: silentLogger(),
      metrics: createMetrics(),
    })
    const database = this.#database
    const servers = await database.query<ServerRow>(
      `SELECT serverId, address, port, name, game, act_map AS map, act_players AS players, kills
         FROM hlstats_Servers ORDER BY act_players DESC, kills DESC, serverId LIMIT ${MOST_SERVERS}`,
    )
    const [parked] = await database.query<{ events: number }>(
      "SELECT COUNT(*) AS events FROM hlstats_Parked WHERE state = 'parked'",
    )
    // By name: what is where on the screen does not jump about.
    const games = [...new Set(servers.map(({ game }) => game))].slice(0, MOST_GAMES).sort()
    const limit = games.length === 1 ? MOST_PLAYERS : FEW_PLAYERS
    const leaderboards = await Promise.all(
      games.map(async (game) => ({ game, rows: await readLeaderboard(database, { game, limit }) })),
    )
    return { servers, parked: Number(parked?.events ?? 0), leaderboards }
  }
}

async function text(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
  return response.text()
}

async function unknownSenders(ingressUrl: string): Promise<ScreenState['unknownSenders']> {
  const { senders } = JSON.parse(await text(`${ingressUrl}/unknown-senders`)) as {
    senders: ScreenState['unknownSenders']
  }
  return senders
}

function events(samples: readonly Sample[]): number {
  return total(samples, 'hlstats_ingress_events_total')
}

function dropsIn(samples: readonly Sample[]): (readonly [string, number])[] {
  const kernel = total(samples, 'hlstats_ingress_kernel_dropped_datagrams')
  return [
    ...samples
      .filter(({ name, value }) => name === 'hlstats_ingress_dropped_total' && value > 0)
      .map(({ labels, value }) => [labels.reason ?? '', value] as const),
    ...(kernel > 0 ? [['by the kernel (receive buffer full)', kernel] as const] : []),
  ]
}
