import { addServer, type Database, parseServerAddress } from '@hlstats/database'
import { CATEGORY_OF, eventIdOf, type GameEvent, MESSAGE_VERSION } from '@hlstats/events'
import { parseLine, toInstant } from '@hlstats/game-logs'
import { runModules, sqliteTestDatabase, type TestDatabase, testDatabaseKinds } from '@hlstats/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KnownServer, knownServers } from '../../../services/ingress/src/known-server.ts'
import { advance, singleLines } from '../../../services/ingress/src/rules/advance.ts'
import { type GameServer, newGameServer } from '../../../services/ingress/src/rules/game-server.ts'
import { isPresent } from '../../../services/ingress/src/rules/roster.ts'
import { ServerRepository } from '../../../services/ingress/src/server.repository.ts'
import { matchModules } from '../../../services/match/src/service.ts'
import { playerModules } from '../../../services/player/src/service.ts'
import { weaponModules } from '../../../services/weapon/src/service.ts'
import { TotalsCheck } from '../totals-check.ts'
import { seededRandom } from './random.ts'
import { Simulation } from './simulation.ts'

const SERVERS = 7
const GAMES = ['cstrike', 'css', 'csgo', 'cs2', 'tf']
const startedAt = new Date('2026-11-22T20:00:00Z')

/** What ingress makes of lines: its parser and its rules, but no socket and no journal. */
class Reader {
  readonly #known: ReadonlyMap<string, KnownServer>
  readonly #states = new Map<string, GameServer>()
  readonly #sequences = new Map<string, number>()
  #received = Date.UTC(2026, 0, 1)

  constructor(known: ReadonlyMap<string, KnownServer>) {
    this.#known = known
  }

  read(address: string, text: string): GameEvent[] {
    const known = this.#known.get(address)
    if (known === undefined) throw new Error(`${address} is not registered`)
    const state = this.#states.get(address) ?? newGameServer()
    this.#states.set(address, state)
    this.#received += 1
    const parsed = parseLine(text, (player) => isPresent(state, player))
    return singleLines(parsed).flatMap((line) => {
      if (line.time === undefined) return []
      const at = toInstant(line.time, known.timeZone)
      return advance(state, known.settings, line, at).map((draft) => {
        const sequence = (this.#sequences.get(address) ?? 0) + 1
        this.#sequences.set(address, sequence)
        const { serverId, game } = known.settings
        return {
          ...draft,
          eventId: eventIdOf({ stream: 'simulation', serverId, sequence }),
          category: CATEGORY_OF[draft.eventType],
          version: MESSAGE_VERSION,
          timestamp: new Date(at).toISOString(),
          receivedAt: new Date(this.#received).toISOString(),
          serverId,
          game,
          stream: 'simulation',
          sequence,
          // The draft's type and data belong together; spread apart, the compiler cannot see it any more.
        } as GameEvent
      })
    })
  }
}

describe.each(testDatabaseKinds)('the totals of a simulation on $kind', ({ open }) => {
  let db: TestDatabase

  beforeAll(async () => {
    db = await open()
  })
  afterAll(() => db.drop())

  it.each([
    { seed: 11, roaming: 0 },
    { seed: 12, roaming: 5 },
  ])(
    'are what the rules and modules count, wherever the lines are cut off ($seed)',
    async ({ seed, roaming }) => {
      const { database } = db
      const addresses = Array.from({ length: SERVERS }, (_, index) => `192.0.2.${seed}:${27_015 + index}`)
      const simulation = new Simulation({
        seed,
        servers: SERVERS,
        games: GAMES,
        roaming,
        addresses,
        startedAt,
      })
      await register(database, simulation)
      const reader = new Reader(knownServers(await new ServerRepository(database).load()))
      const services = await Promise.all(
        [playerModules, weaponModules, matchModules].map((build) => runModules(database, build)),
      )
      const check = await TotalsCheck.open(database, simulation)
      const random = seededRandom(seed)
      for (let cut = 0; cut < 6; cut += 1) {
        const events: GameEvent[] = []
        const count = random.integer(1, cut === 0 ? 200 : 2_000)
        for (let line = 0; line < count; line += 1) {
          const server = random.pick(simulation.servers as [Simulation['servers'][number]])
          events.push(...reader.read(server.address, server.next()))
        }
        for (const service of services) await service.apply(events)
        expect(await check.differences()).toEqual([])
      }
      expect(simulation.totals().map(({ kills }) => kills > 100)).toEqual(GAMES.map(() => true))
    },
  )
})

describe('the totals of a simulation', () => {
  const isKill = ({ eventType, counted }: GameEvent) => eventType === 'PLAYER_KILL' && counted === true

  /** The first kill after which somebody dies who had killed before. */
  function revenge(events: readonly GameEvent[]): { kill: number; death: number } {
    for (const [death, event] of events.entries()) {
      if (event.eventType !== 'PLAYER_KILL') continue
      const { victim } = event.data
      const kill = events.findIndex(
        (other) => other.eventType === 'PLAYER_KILL' && other.data.killer.uniqueId === victim.uniqueId,
      )
      if (kill >= 0 && kill < death) return { kill, death }
    }
    throw new Error('nobody died who had killed')
  }

  it.each<[string, (events: GameEvent[]) => GameEvent[]]>([
    ['a lost kill', (events) => events.toSpliced(events.findIndex(isKill), 1)],
    ['a doubled kill', (events) => [...events, ...events.filter(isKill).slice(0, 1)]],
    [
      'a lost message',
      (events) =>
        events.toSpliced(
          events.findIndex((e) => e.eventType === 'CHAT_MESSAGE'),
          1,
        ),
    ],
    [
      'a kill that comes after the death of its killer',
      (events) => {
        const { kill, death } = revenge(events)
        const [moved] = events.slice(kill, kill + 1)
        return moved === undefined ? events : events.toSpliced(death + 1, 0, moved).toSpliced(kill, 1)
      },
    ],
  ])('show %s', async (_name, harm) => {
    const db = await sqliteTestDatabase()
    try {
      const simulation = new Simulation({ seed: 21, games: ['cs2'], startedAt })
      await register(db.database, simulation)
      const reader = new Reader(knownServers(await new ServerRepository(db.database).load()))
      const check = await TotalsCheck.open(db.database, simulation)
      const events = simulation.servers.flatMap((server) =>
        server.take(300).flatMap((line) => reader.read(server.address, line)),
      )
      for (const build of [playerModules, weaponModules, matchModules]) {
        await (await runModules(db.database, build)).apply(harm(events))
      }
      expect(await check.differences()).not.toEqual([])
    } finally {
      await db.drop()
    }
  })
})

async function register(database: Database, { servers }: Simulation): Promise<void> {
  for (const { address, game, name } of servers) {
    await addServer(database, {
      address: parseServerAddress(address),
      game,
      name,
      mod: '',
      settings: {},
    })
  }
}
