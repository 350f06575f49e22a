import type { Database } from '@hlstats/database'
import type { EventData, EventType, GameEvent, PlayerRef } from '@hlstats/events'
import {
  anEvent,
  aPlayer,
  type ModuleRun,
  runModules,
  type TestDatabase,
  testDatabase,
} from '@hlstats/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { playerModules } from './service.ts'

// What the original daemon wrote for these lines, with the seed's data, MinPlayers 1 and SkillMode 0.

let test: TestDatabase
let database: Database
let modules: ModuleRun
let servers = 0

beforeAll(async () => {
  test = await testDatabase()
  database = test.database
  modules = await runModules(database, playerModules)
})

afterAll(() => test.drop())

interface Scene {
  readonly serverId: number
  add<T extends EventType>(type: T, data: EventData[T], overrides?: Partial<GameEvent>): void
  play(): Promise<void>
}

/** A server of its own, and what happens on it: played as one batch. */
async function aScene(game: string, options: Record<string, string>): Promise<Scene> {
  servers += 1
  const serverId = servers
  await database.execute(
    'INSERT INTO hlstats_Servers (serverId, address, port, game) VALUES (?, ?, 27015, ?)',
    [serverId, `10.0.0.${serverId}`, game],
  )
  for (const [parameter, value] of Object.entries({ SuicidePenalty: '5', ...options })) {
    await database.execute(
      'INSERT INTO hlstats_Servers_Config (serverId, parameter, value) VALUES (?, ?, ?)',
      [serverId, parameter, value],
    )
  }
  const events: GameEvent[] = []
  return {
    serverId,
    add: (type, data, overrides = {}) => {
      const event = anEvent(type, data, { game, serverId, stream: 'transcript', ...overrides })
      events.push(event as unknown as GameEvent)
    },
    play: () => modules.apply(events),
  }
}

async function player(game: string, uniqueId: string) {
  const [row] = await database.query<Record<string, number>>(
    `SELECT p.* FROM hlstats_Players p JOIN hlstats_PlayerUniqueIds u USING (playerId)
      WHERE u.game = ? AND u.uniqueId = ?`,
    [game, uniqueId],
  )
  return row
}

async function actions(serverId: number) {
  const rows = await database.query<{ code: string; bonus: number }>(
    `SELECT a.code, e.bonus FROM hlstats_Events_PlayerActions e JOIN hlstats_Actions a ON a.id = e.actionId
      WHERE e.serverId = ? ORDER BY e.id`,
    [serverId],
  )
  return rows.map(({ code, bonus }) => `${code} ${bonus}`)
}

const named = (number: number, name: string, team: string): PlayerRef => aPlayer(number, { name, team })

describe('T1, Counter-Strike: Source', () => {
  it('gives both players the points, streaks and actions of the original', async () => {
    const scene = await aScene('css', { SkillMode: '0' })
    const alice = named(111, 'Alice', 'CT')
    const bob = named(112, 'Bob', 'TERRORIST')
    scene.add('MAP_CHANGE', { phase: 'loading', previousMap: '' })
    scene.add('MAP_CHANGE', { phase: 'started', previousMap: '' })
    scene.add('PLAYER_SEEN', { player: alice })
    scene.add('PLAYER_SEEN', { player: bob })
    scene.add('ROUND_START', { action: 'Round_Start' })
    scene.add('PLAYER_KILL', { killer: alice, victim: bob, weapon: 'ak47', headshot: true })
    scene.add('PLAYER_SUICIDE', { player: bob, weapon: 'world' })
    scene.add('ACTION_PLAYER', { player: alice, action: 'headshot' })
    scene.add('PLAYER_KILL', {
      killer: alice,
      victim: bob,
      weapon: 'awp',
      headshot: true,
      headshotPaid: true,
    })
    scene.add('ACTION_PLAYER_PLAYER', { player: alice, victim: bob, action: 'domination' })
    scene.add('ACTION_TEAM', { team: 'CT', action: 'SFUI_Notice_CTs_Win' })
    scene.add('ROUND_END', { action: 'Round_End', winner: '' })
    scene.add('CHAT_MESSAGE', { player: alice, mode: 1, message: 'hello ', command: false, dead: false })
    scene.add('PLAYER_DISCONNECT', { player: bob, reason: '', inferred: false })
    await scene.play()

    expect(await player('css', alice.uniqueId)).toMatchObject({
      skill: 1012,
      kills: 2,
      headshots: 2,
      kill_streak: 2,
      last_skill_change: 12,
      lastName: 'Alice',
    })
    expect(await player('css', bob.uniqueId)).toMatchObject({
      skill: 986,
      deaths: 2,
      suicides: 1,
      death_streak: 2,
      last_skill_change: -14,
    })
    expect(await actions(scene.serverId)).toEqual(['headshot 1', 'headshot 1', 'kill_streak_2 1'])
  })
})
