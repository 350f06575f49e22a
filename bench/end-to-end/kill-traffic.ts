import { type Random, seededRandom } from '../../cli/src/simulation/random.ts'
import { ScoreSheet } from '../../cli/src/simulation/score-sheet.ts'
import type { SimulatedTotals } from '../../cli/src/simulation/simulated-totals.ts'

export interface TrafficOptions {
  readonly servers: number
  readonly playersPerServer: number
  /** The same players on every server, so that all servers want the same rows; otherwise none is shared. */
  readonly shared: boolean
}

/** What the kills on one server came to. */
export interface ServerTotals {
  kills: number
  headshots: number
}

interface Fighter {
  readonly uniqueId: string
  readonly name: string
  readonly token: string
}

interface GameServer {
  readonly sides: readonly [readonly Fighter[], readonly Fighter[]]
  readonly totals: ServerTotals
  clockMs: number
}

/** The game that the servers say they play. */
export const GAME = 'cstrike'
const WEAPONS = [
  'ak47',
  'm4a1',
  'awp',
  'deagle',
  'usp',
  'glock18',
  'mp5navy',
  'galil',
  'famas',
  'knife',
] as const
const TEAMS = ['CT', 'TERRORIST'] as const
const MAP = 'de_dust2'
const FIRST_ACCOUNT = 1_900_000_000
const STARTED_AT = Date.UTC(2026, 0, 10, 12)
const HEADSHOT_CHANCE = 0.3
const MS_BETWEEN_KILLS = 2_000

/** Kills on many servers, of players who never hit a friend, and the totals that they must lead to. */
export class KillTraffic {
  readonly #servers: readonly GameServer[]
  readonly #random: Random = seededRandom(1)
  readonly #sheet = new ScoreSheet()

  constructor({ servers, playersPerServer, shared }: TrafficOptions) {
    this.#servers = Array.from({ length: servers }, (_, index) => {
      const players = Array.from({ length: playersPerServer }, (_unused, slot) =>
        fighter(shared ? slot : index * playersPerServer + slot, slot),
      )
      for (const { uniqueId } of players) this.#sheet.player(uniqueId)
      return {
        sides: [
          players.filter((_player, slot) => slot % 2 === 0),
          players.filter((_player, slot) => slot % 2 === 1),
        ],
        totals: { kills: 0, headshots: 0 },
        clockMs: STARTED_AT,
      }
    })
  }

  /** What a server logs until its players stand on the map. */
  opening(server: number): string[] {
    const game = this.#server(server)
    const players = game.sides.flatMap((side, team) =>
      side.flatMap((player) => {
        const before = player.token.replace(/<[^<>]*>"$/, '<>"')
        return [`${before} entered the game`, `${before} joined team "${TEAMS[team]}"`]
      }),
    )
    return [`Loading map "${MAP}"`, `Started map "${MAP}" (CRC "-1352213912")`, ...players].map((text) => {
      this.#sheet.lines += 1
      return stamped(game.clockMs, text)
    })
  }

  /** The line of the server's next kill. */
  kill(server: number): string {
    const game = this.#server(server)
    const team = this.#random.chance(0.5) ? 0 : 1
    const killer = this.#random.pick(game.sides[team] as [Fighter, ...Fighter[]])
    const victim = this.#random.pick(game.sides[1 - team] as [Fighter, ...Fighter[]])
    const weapon = this.#random.pick(WEAPONS)
    const headshot = this.#random.chance(HEADSHOT_CHANCE)
    this.#count(game, { killer, victim, weapon, headshot })
    game.clockMs += MS_BETWEEN_KILLS
    this.#sheet.lines += 1
    const text = `${killer.token} killed ${victim.token} with "${weapon}"${headshot ? ' (headshot)' : ''}`
    return stamped(game.clockMs, text)
  }

  /** What every kill so far must have come to. */
  get totals(): SimulatedTotals {
    return this.#sheet.totals({
      game: GAME,
      seed: 1,
      accounts: { first: FIRST_ACCOUNT, last: FIRST_ACCOUNT },
    })
  }

  get serverTotals(): readonly ServerTotals[] {
    return this.#servers.map(({ totals }) => totals)
  }

  #count(
    { totals }: GameServer,
    kill: { killer: Fighter; victim: Fighter; weapon: string; headshot: boolean },
  ): void {
    const { killer, victim, weapon, headshot } = kill
    for (const row of [this.#sheet.player(killer.uniqueId), this.#sheet.weapon(weapon), totals]) {
      row.kills += 1
      if (headshot) row.headshots += 1
    }
    this.#sheet.player(victim.uniqueId).deaths += 1
  }

  #server(index: number): GameServer {
    const server = this.#servers[index]
    if (server === undefined) throw new RangeError(`there is no server ${index}`)
    return server
  }
}

function fighter(number: number, slot: number): Fighter {
  const uniqueId = `${number % 2}:${FIRST_ACCOUNT + number}`
  const name = `Player ${number}`
  return { uniqueId, name, token: `"${name}<${slot + 1}><STEAM_0:${uniqueId}><${TEAMS[slot % 2]}>"` }
}

function stamped(ms: number, text: string): string {
  const [date = '', time = ''] = new Date(ms).toISOString().split('T')
  const [year, month, day] = date.split('-')
  return `L ${month}/${day}/${year} - ${time.slice(0, 8)}: ${text}`
}
