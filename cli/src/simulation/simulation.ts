import { StatsError } from '@hlstats/errors'
import { Cast, type Person } from './cast.ts'
import type { Dialect } from './dialect.ts'
import { dialectOf } from './dialects.ts'
import { play } from './play.ts'
import { seededRandom } from './random.ts'
import { Scene } from './scene.ts'
import { ScoreSheet } from './score-sheet.ts'
import { SimulatedServer } from './simulated-server.ts'
import type { SimulatedTotals } from './simulated-totals.ts'

export interface SimulationOptions {
  /** The same seed plays the same matches. */
  readonly seed: number
  /** How many servers; they play the games in turn. */
  readonly servers?: number
  /** Game codes: cstrike, css, csgo, cs2, tf. */
  readonly games: readonly string[]
  /** Slots of each server, 6 to 32. */
  readonly players?: number
  /** People of each game who play on all its servers at once, with the same ids. */
  readonly roaming?: number
  /** By the servers' own clocks, which have nothing to do with ours. */
  readonly startedAt: Date
  /** `ip:port` of each server; 127.0.0.1 and a port from 27015 up unless given. */
  readonly addresses?: readonly string[]
}

interface Settings extends Required<Omit<SimulationOptions, 'addresses'>> {
  readonly addressOf: (index: number) => string
}

/** What all servers of one game share. */
interface Production {
  readonly dialect: Dialect
  readonly cast: Cast
  readonly roaming: readonly Person[]
  readonly sheet: ScoreSheet
}

const FIRST_PORT = 27_015
const MOST_SERVERS = 1_000

/**
 * Game servers that play for ever, and what the database must show for the lines that they have handed out. It takes
 * servers with the settings that `hlstats servers add` gives them: everything counts but what Team Fortress 2 logs
 * between two rounds; there are no bots.
 */
export class Simulation {
  readonly servers: readonly SimulatedServer[]
  readonly #seed: number
  readonly #productions = new Map<string, Production>()

  constructor(options: SimulationOptions) {
    const settings = checked(options)
    this.#seed = settings.seed
    this.servers = Array.from({ length: settings.servers }, (_, index) => {
      const dialect = dialectOf(settings.games[index % settings.games.length] ?? '')
      const production = this.#productions.get(dialect.code) ?? newProduction(settings, dialect)
      this.#productions.set(dialect.code, production)
      return newServer(settings, production, index)
    })
  }

  /** What the database must show for exactly the lines handed out so far, by game. */
  totals(): readonly SimulatedTotals[] {
    const seed = this.#seed
    return Array.from(this.#productions, ([game, { cast, sheet }]) =>
      sheet.totals({ game, seed, accounts: cast.accounts }),
    )
  }
}

function newProduction({ seed, roaming }: Settings, dialect: Dialect): Production {
  const cast = new Cast(seed)
  return { dialect, cast, roaming: cast.hire(roaming, true), sheet: new ScoreSheet() }
}

/** More than there are slots, so that some come and others go. */
function poolSize({ players, roaming }: Settings): number {
  return Math.max(0, players + Math.ceil(players / 4) - roaming)
}

function newServer(settings: Settings, production: Production, index: number): SimulatedServer {
  const { seed, startedAt, players } = settings
  const { dialect, sheet, cast, roaming } = production
  const pool = [...roaming, ...cast.hire(poolSize(settings), false)]
  const address = settings.addressOf(index)
  // Its own numbers, so that its lines do not depend on whose turn it was before.
  const random = seededRandom(seed * 7_919 + index)
  const scene = new Scene({ dialect, sheet, address, random, startedAt })
  const name = `Simulated ${dialect.code} ${index + 1}`
  return new SimulatedServer({ address, game: dialect.code, name }, scene, play(scene, pool, players))
}

function checked(options: SimulationOptions): Settings {
  const { seed, games, startedAt, addresses } = options
  const { servers = addresses?.length ?? games.length, players = 12, roaming = 0 } = options
  if (games.length === 0) refuse('no game is named: name at least one')
  for (const game of games) dialectOf(game)
  if (!isWhole(seed, 0, 999_999_999)) refuse(`seed ${seed} is not a whole number from 0 to 999999999`)
  if (!isWhole(servers, 1, MOST_SERVERS)) {
    refuse(`${servers} servers cannot be simulated: write a number from 1 to ${MOST_SERVERS}`)
  }
  if (!isWhole(players, 6, 32)) {
    refuse(
      `${players} players on a server cannot be simulated: write a number from 6 to 32 (with few players nothing counts)`,
    )
  }
  if (!isWhole(roaming, 0, players)) {
    refuse(`${roaming} roaming players are more than the ${players} of a server`)
  }
  if (addresses !== undefined && new Set(addresses).size < servers) {
    refuse(`${servers} servers need as many different addresses: ${new Set(addresses).size} given`)
  }
  const addressOf = (index: number) => addresses?.[index] ?? `127.0.0.1:${FIRST_PORT + index}`
  return { seed, games, servers, players, roaming, startedAt, addressOf }
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max
}

function refuse(message: string): never {
  throw new StatsError('INPUT_INVALID', message)
}
