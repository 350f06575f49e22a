import { parseLine, toInstant } from '@hlstats/game-logs'
import { describe, expect, it } from 'vitest'
import { openSettings } from '../../../services/ingress/src/play-log-of-test.ts'
import { advance, singleLines } from '../../../services/ingress/src/rules/advance.ts'
import { newGameServer } from '../../../services/ingress/src/rules/game-server.ts'
import { isPresent } from '../../../services/ingress/src/rules/roster.ts'
import { SIMULATED_GAMES } from './dialects.ts'
import type { SimulatedServer } from './simulated-server.ts'
import { Simulation } from './simulation.ts'

const startedAt = new Date('2026-11-22T20:00:00Z')
const LINES = 3_000

function aServer(game: string, seed = 7): SimulatedServer {
  const [server] = new Simulation({ seed, games: [game], startedAt }).servers
  if (server === undefined) throw new Error('a simulation has a server')
  return server
}

describe.each(SIMULATED_GAMES)('a simulated server of %s', (game) => {
  it('says the same for the same seed and something else for another', () => {
    const lines = aServer(game).take(LINES)
    expect(aServer(game).take(LINES)).toEqual(lines)
    expect(aServer(game, 8).take(LINES)).not.toEqual(lines)
  })

  it.each([1, 2, 3])('says lines that are read as what they mean, whatever the names (seed %i)', (seed) => {
    const server = aServer(game, seed)
    const settings = openSettings({ game, family: game })
    const state = newGameServer()
    const misread: string[] = []
    for (let count = 0; count < LINES; count += 1) {
      const { line, kind } = server.nextRead()
      const parsed = parseLine(line, (player) => isPresent(state, player))
      if (parsed.kind !== kind) misread.push(`${parsed.kind}, not ${kind}: ${line}`)
      for (const single of singleLines(parsed)) {
        if (single.time !== undefined) advance(state, settings, single, toInstant(single.time, 'UTC'))
      }
    }
    expect(misread).toEqual([])
  })

  it('shows everything that servers log: kills of each kind, people who come, go and change', () => {
    const server = aServer(game)
    const kinds = new Set(Array.from({ length: LINES }, () => server.nextRead().kind))
    for (const kind of ['kill', 'suicide', 'chat', 'changeName', 'disconnect', 'mapStarted'] as const) {
      expect(kinds).toContain(kind)
    }
  })
})

describe('a simulation', () => {
  it('has the same lines of a server whoever else is asked first', () => {
    const simulation = () => new Simulation({ seed: 3, servers: 4, games: ['css', 'tf'], startedAt })
    const [one, other] = [simulation(), simulation()]
    const ahead = other.servers.map((server) => server.take(500))
    const turns = one.servers.map((): string[] => [])
    for (let turn = 0; turn < 500; turn += 1) {
      for (const [index, server] of one.servers.entries()) turns[index]?.push(server.next())
    }
    expect(turns).toEqual(ahead)
    expect(one.totals()).toEqual(other.totals())
  })

  it('lets nobody play on two servers, but those who roam', () => {
    const idsOf = (server: SimulatedServer) =>
      new Set(server.take(LINES).flatMap((line) => line.match(/STEAM_0:\d:\d+/g) ?? []))
    const shared = (roaming: number) => {
      const { servers } = new Simulation({ seed: 3, servers: 2, games: ['cstrike'], roaming, startedAt })
      const [one, other] = servers.map(idsOf)
      return [...(one ?? [])].filter((id) => other?.has(id) && !id.endsWith(':1')).length
    }
    expect([shared(0), shared(4)]).toEqual([0, 4])
  })

  it('writes totals down that later lines do not change', () => {
    const simulation = new Simulation({ seed: 1, games: ['cs2'], startedAt })
    simulation.servers[0]?.take(1_000)
    const then = simulation.totals()
    const copy = structuredClone(then)
    simulation.servers[0]?.take(1_000)
    expect(then).toEqual(copy)
    expect(simulation.totals()).not.toEqual(copy)
  })

  it.each([
    [{ games: ['chess'] }, 'use one of cstrike, css, csgo, cs2, tf'],
    [{ games: [] }, 'name at least one'],
    [{ players: 3 }, 'from 6 to 32'],
    [{ servers: 0 }, 'from 1 to 1000'],
    [{ seed: 1.5 }, 'seed 1.5'],
    [{ roaming: 13 }, 'more than the 12 of a server'],
    [{ addresses: ['127.0.0.1:1', '127.0.0.1:1'] }, '1 given'],
  ])('refuses %j and says what to write', (wrong, message) => {
    const options = { seed: 1, games: ['cstrike'], startedAt, ...wrong }
    expect(() => new Simulation(options)).toThrow(message)
  })
})
