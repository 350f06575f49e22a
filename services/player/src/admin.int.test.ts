import type { EventData, EventType, GameEvent } from '@hlstats/events'
import {
  anEvent,
  aPlayer,
  clearTables,
  PLAYER_COUNTERS,
  PLAYER_TABLES,
  runModules,
  type TestDatabase,
  testDatabase,
} from '@hlstats/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { playerModules } from './service.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await testDatabase()
  await test.database.execute(
    `INSERT INTO hlstats_Servers (serverId, address, port, game) VALUES (1, '192.0.2.1', 27015, 'css')`,
  )
})

beforeEach(() =>
  clearTables(
    test.database,
    [...PLAYER_TABLES, 'hlstats_Options', 'hlstats_Events_Rcon', 'hlstats_Events_Admin'],
    PLAYER_COUNTERS,
  ),
)

afterAll(() => test.drop())

async function setOption(keyname: string, value: string): Promise<void> {
  await test.database.execute('INSERT INTO hlstats_Options (keyname, value, opttype) VALUES (?, ?, 1)', [
    keyname,
    value,
  ])
}

const event = <T extends EventType>(type: T, data: EventData[T]) =>
  anEvent(type, data, { game: 'css', map: 'de_nuke' })

async function apply(...events: GameEvent[]): Promise<void> {
  const modules = await runModules(test.database, playerModules)
  await modules.apply(events)
}

describe('commands to a server', () => {
  const commands = [
    event('RCON_COMMAND', { ok: true, address: '192.0.2.7', command: 'status; rcon_password [redacted]' }),
    event('RCON_COMMAND', { ok: false, address: '192.0.2.8', command: '' }),
    event('RCON_COMMAND', { ok: true, address: '127.0.0.1', command: 'stats' }),
    event('RCON_COMMAND', { ok: true, address: '192.0.2.1', command: 'users' }),
  ]
  const stored = () =>
    test.database.query(
      'SELECT type, remoteIp AS ip, password, command, map, serverId FROM hlstats_Events_Rcon ORDER BY id',
    )
  const place = { password: '', map: 'de_nuke', serverId: 1 }

  it('are kept one by one, never with a password', async () => {
    await apply(...commands)
    expect(await stored()).toEqual([
      { type: 'OK', ip: '192.0.2.7', command: 'status', ...place },
      { type: 'OK', ip: '192.0.2.7', command: 'rcon_password [redacted]', ...place },
      { type: 'BAD', ip: '192.0.2.8', command: '', ...place },
      { type: 'OK', ip: '127.0.0.1', command: 'stats', ...place },
      { type: 'OK', ip: '192.0.2.1', command: 'users', ...place },
    ])
  })

  it('are not kept with RconRecord 0, and those of the machine itself not with RconIgnoreSelf', async () => {
    await setOption('RconIgnoreSelf', '1')
    await apply(...commands)
    expect(await stored()).toHaveLength(3)
    await setOption('RconRecord', '0')
    await apply(...commands)
    expect(await stored()).toHaveLength(3)
  })
})

describe('what admin mods say', () => {
  it('is kept with who says it', async () => {
    await apply(
      event('ADMIN_MESSAGE', { source: 'basechat.smx', message: '"Al" triggered sm_say', playerName: '' }),
      event('ADMIN_MESSAGE', {
        source: 'ADMIN',
        message: 'ADMIN Command: Al used command slap Bo',
        playerName: 'Al',
      }),
    )
    expect(
      await test.database.query('SELECT type, message, playerName FROM hlstats_Events_Admin ORDER BY id'),
    ).toEqual([
      { type: 'Sourcemod (basechat)', message: '"Al" triggered sm_say', playerName: '' },
      { type: 'Admin Mod', message: 'slap Bo', playerName: 'Al' },
    ])
  })
})

describe('a ban', () => {
  const ban = (source: 'banid' | 'vac', minutes: number) =>
    event('PLAYER_BAN', { player: aPlayer(1), minutes, source })
  const hideranking = async () =>
    (await test.database.query<{ hidden: number }>('SELECT hideranking AS hidden FROM hlstats_Players'))[0]
      ?.hidden

  it('for ever and everywhere takes a player out of the ranking, whatever he does later', async () => {
    await apply(ban('vac', 0))
    await apply(event('PLAYER_SEEN', { player: aPlayer(1) }))
    expect(await hideranking()).toBe(2)
  })

  it('by one server does so only with GlobalBanning, and never one of minutes', async () => {
    await apply(event('PLAYER_SEEN', { player: aPlayer(1) }), ban('banid', 0))
    expect(await hideranking()).toBe(0)
    await setOption('GlobalBanning', '1')
    await apply(ban('banid', 5))
    expect(await hideranking()).toBe(0)
    await apply(ban('banid', 0))
    expect(await hideranking()).toBe(2)
  })
})

it('goes on counting a player whom an admin deletes while he plays, as a new one', async () => {
  await apply(event('PLAYER_SEEN', { player: aPlayer(1) }))
  await test.database.execute('DELETE FROM hlstats_Players')
  await test.database.execute('DELETE FROM hlstats_PlayerUniqueIds')
  await apply(event('PLAYER_SUICIDE', { player: aPlayer(1), weapon: 'world' }))
  expect(await test.database.query('SELECT lastName, suicides FROM hlstats_Players')).toEqual([
    { lastName: 'Player 1', suicides: 1 },
  ])
})
