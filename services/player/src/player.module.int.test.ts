import type { GameEvent, PlayerRef } from '@hlstats/events'
import {
  aKill,
  anEvent,
  aPlayer,
  clearTables,
  type EventOverrides,
  PLAYER_COUNTERS,
  PLAYER_TABLES,
  runModules,
  type TestDatabase,
  testDatabase,
} from '@hlstats/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { playerModules } from './service.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await testDatabase()
  await addServers(2)
})

beforeEach(() => clearTables(test.database, PLAYER_TABLES, PLAYER_COUNTERS))

afterAll(() => test.drop())

async function addServers(count: number, options: Record<string, string> = {}): Promise<void> {
  const all = { MinPlayers: '1', SuicidePenalty: '5', TKPenalty: '25', ...options }
  for (let id = 1; id <= count; id += 1) {
    await test.database.execute(
      'INSERT INTO hlstats_Servers (serverId, address, port, game) VALUES (?, ?, 27015, ?)',
      [id, `10.0.0.${id}`, 'css'],
    )
    for (const [parameter, value] of Object.entries(all)) {
      await test.database.execute(
        'INSERT INTO hlstats_Servers_Config (serverId, parameter, value) VALUES (?, ?, ?)',
        [id, parameter, value],
      )
    }
  }
}

async function apply(...events: GameEvent[]): Promise<void> {
  const modules = await runModules(test.database, playerModules)
  await modules.apply(events)
}

const CSS: EventOverrides = { game: 'css', playerCount: 8 }

async function rowOf(uniqueId: string) {
  const [row] = await test.database.query<Record<string, number | string>>(
    `SELECT p.*, t.assists, t.flash_assists FROM hlstats_Players p
       JOIN hlstats_PlayerUniqueIds u USING (playerId) LEFT JOIN hlstats_Player_Totals t ON t.player_id = p.playerId
      WHERE u.uniqueId = ?`,
    [uniqueId],
  )
  return row
}

describe('points', () => {
  it('are those after the kills of the same player on another server in the same batch', async () => {
    const [killer, victim] = [aPlayer(1), aPlayer(2, { team: 'TERRORIST' })]
    await apply(
      aKill({ killer, victim }, { ...CSS, serverId: 1 }),
      aKill({ killer, victim }, { ...CSS, serverId: 2 }),
    )
    expect(await rowOf('0:1')).toMatchObject({ kills: 2, skill: 1004 })
    expect(await rowOf('0:2')).toMatchObject({ deaths: 2, skill: 996, death_streak: 1 })
  })

  it('never fall below zero, and the frag tells how far they fell', async () => {
    await apply(aKill({}, CSS))
    await test.database.execute('UPDATE hlstats_Players SET skill = 3')
    await apply(aKill({}, CSS), aKill({}, CSS))
    expect(await rowOf('0:2')).toMatchObject({ skill: 0 })
    const frags = await test.database.query(
      'SELECT killerSkillChange AS k, victimSkillChange AS v FROM hlstats_Events_Frags ORDER BY id',
    )
    expect(frags).toEqual([
      { k: 2, v: -2 },
      { k: 2, v: -2 },
      { k: 2, v: -1 },
    ])
  })

  it('and shots stay at the most that their columns hold, however much a line says', async () => {
    const most = 2 ** 31 - 1
    const player = aPlayer(1)
    const counts = { kills: 0, headshots: 0, teamkills: 0, damage: 0, deaths: 0 }
    const shots = () =>
      anEvent('WEAPON_STATS', { player, weapon: 'ak47', shots: most, hits: most, ...counts }, CSS)
    const bonus = { player, action: 'Planted_The_Bomb', playerBonus: 1_000_000 }
    await apply(shots(), shots(), shots())
    await test.database.execute('UPDATE hlstats_Players SET skill = ?', [most - 1])
    await apply(shots(), anEvent('ACTION_PLAYER', bonus, CSS))
    expect(await rowOf('0:1')).toMatchObject({ shots: 2 ** 32 - 1, skill: most })
    const [stay] = await test.database.query('SELECT map_shots, map_hits FROM hlstats_Player_Sessions')
    expect(stay).toEqual({ map_shots: most, map_hits: most })
  })

  it('change by what operators wrote while the service runs', async () => {
    let now = 0
    const { CatalogueRepository } = await import('./catalogue.repository.ts')
    const catalogues = new CatalogueRepository(
      test.database,
      () => undefined,
      () => now,
    )
    expect((await catalogues.current([1])).server(1).suicidePenalty).toBe(5)
    await test.database.execute(
      "UPDATE hlstats_Servers_Config SET value = '9' WHERE serverId = 1 AND parameter = 'SuicidePenalty'",
    )
    expect((await catalogues.current([1])).server(1).suicidePenalty).toBe(5)
    now = 30_000
    expect((await catalogues.current([1])).server(1).suicidePenalty).toBe(9)
    await test.database.execute(
      "UPDATE hlstats_Servers_Config SET value = '5' WHERE parameter = 'SuicidePenalty'",
    )
  })
})

describe('options', () => {
  afterEach(() => vi.useRealTimers())

  it('are read again after half a minute, also when the clock was set back', async () => {
    const { CatalogueRepository } = await import('./catalogue.repository.ts')
    const catalogues = new CatalogueRepository(test.database, () => undefined)
    const penalty = async () => (await catalogues.current([1])).server(1).suicidePenalty
    const write = (value: string) =>
      test.database.execute(
        "UPDATE hlstats_Servers_Config SET value = ? WHERE serverId = 1 AND parameter = 'SuicidePenalty'",
        [value],
      )
    vi.useFakeTimers({ toFake: ['Date', 'performance'] })
    expect(await penalty()).toBe(5)
    await write('9')
    vi.setSystemTime(Date.now() - 86_400_000)
    vi.advanceTimersByTime(30_000)
    expect(await penalty()).toBe(9)
    await write('5')
  })
})

describe('what does not score', () => {
  it.each(['minPlayers', 'bonusRound', 'warmup', 'bot'] as const)(
    'leaves the counters alone when it is %s',
    async (counted) => {
      await apply(aKill({}, { ...CSS, counted }))
      expect(await rowOf('0:1')).toMatchObject({ kills: 0, skill: 1000 })
      expect(await test.database.query('SELECT * FROM hlstats_Events_Frags')).toEqual([])
    },
  )

  it('makes nobody of a player without a usable id', async () => {
    const nobody: PlayerRef = aPlayer(1, { uniqueId: 'STEAM_ID_PENDING' })
    await apply(anEvent('PLAYER_ENTRY', { player: nobody }, { ...CSS, counted: 'unknownPlayer' }))
    expect(await rowOf('STEAM_ID_PENDING')).toBeUndefined()
  })

  it('hides ignored bots and gives them no points', async () => {
    const bot = aPlayer(3, { uniqueId: 'BOT:x', rawId: 'BOT', bot: true })
    await apply(anEvent('PLAYER_SEEN', { player: bot }, { ...CSS, counted: 'bot' }))
    expect(await rowOf('BOT:x')).toMatchObject({ skill: 0, hideranking: 1, clan: 0 })
  })
})

describe('names and clans', () => {
  it('counts uses per name, founds the clan of a tag and leaves it with the tag', async () => {
    const [tagged, bare] = [aPlayer(1, { name: '[abc]Al' }), aPlayer(1, { name: 'Al' })]
    await apply(anEvent('PLAYER_SEEN', { player: tagged }, CSS), aKill({ killer: tagged }, CSS))
    expect(await test.database.query('SELECT tag, name, game FROM hlstats_Clans')).toEqual([
      { tag: '[abc]', name: 'abc', game: 'css' },
    ])
    expect(Number((await rowOf('0:1'))?.clan)).toBeGreaterThan(0)
    await apply(
      anEvent('PLAYER_CHANGE_NAME', { player: bare, previousName: '[abc]Al' }, CSS),
      aKill({ killer: bare }, CSS),
    )
    expect(await rowOf('0:1')).toMatchObject({ lastName: 'Al', clan: 0 })
    const names = await test.database.query(
      `SELECT n.name, n.numuses, n.kills FROM hlstats_PlayerNames n JOIN hlstats_PlayerUniqueIds u USING (playerId)
        WHERE u.uniqueId = '0:1' ORDER BY n.name`,
    )
    expect(names).toEqual([
      { name: '[abc]Al', numuses: 1, kills: 1 },
      { name: 'Al', numuses: 1, kills: 1 },
    ])
  })
})

describe('a stay on a server', () => {
  const al = aPlayer(1)
  const seen = (overrides: EventOverrides) => anEvent('PLAYER_SEEN', { player: al }, { ...CSS, ...overrides })

  it('is in the live list until the player leaves', async () => {
    await apply(seen({}), aKill({ killer: al }, CSS))
    expect(
      await test.database.query(
        "SELECT name, kills, is_dead FROM hlstats_Livestats WHERE steam_id = 'STEAM_0:0:1'",
      ),
    ).toEqual([{ name: 'Player 1', kills: 1, is_dead: 0 }])
    await apply(anEvent('PLAYER_DISCONNECT', { player: al, reason: '', inferred: false }, CSS))
    expect(
      await test.database.query("SELECT * FROM hlstats_Livestats WHERE steam_id = 'STEAM_0:0:1'"),
    ).toEqual([])
  })

  it('goes on when ingress starts again, and late events of the life before do not move it', async () => {
    const received = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z`
    await apply(
      seen({ stream: 'one', receivedAt: received(1) }),
      aKill({ killer: al }, { ...CSS, stream: 'one', receivedAt: received(2) }),
    )
    await apply(
      seen({ stream: 'two', receivedAt: received(10) }),
      aKill({ killer: al }, { ...CSS, stream: 'two', receivedAt: received(11) }),
      aKill({ killer: al }, { ...CSS, stream: 'one', receivedAt: received(3) }),
    )
    const [stay] = await test.database.query<{ kills_in_life: number; stream: string }>(
      "SELECT kills_in_life, stream FROM hlstats_Player_Sessions WHERE unique_id = '0:1'",
    )
    expect(stay).toEqual({ kills_in_life: 2, stream: 'two' })
    expect(await rowOf('0:1')).toMatchObject({ kills: 3 })
    const [name] = await test.database.query<{ numuses: number }>(
      'SELECT numuses FROM hlstats_PlayerNames LIMIT 1',
    )
    expect(name?.numuses).toBe(1)
  })

  it('adds connection time between signs of life, but not over a silence that nobody plays through', async () => {
    const at = (minute: number) => ({
      ...CSS,
      timestamp: `2026-01-01T10:${String(minute).padStart(2, '0')}:00.000Z`,
    })
    await apply(
      anEvent('PLAYER_SEEN', { player: al }, at(0)),
      anEvent('SERVER_TICK', { players: 1, maxPlayers: 8 }, at(5)),
      anEvent('PLAYER_ENTRY', { player: al }, at(7)),
      anEvent('PLAYER_ENTRY', { player: al }, at(40)),
    )
    expect(await rowOf('0:1')).toMatchObject({ connection_time: 420 })
  })
})

describe('history', () => {
  it('books each event on the day it happened', async () => {
    await apply(
      aKill({}, { ...CSS, timestamp: '2026-01-01T23:59:59.000Z' }),
      aKill({}, { ...CSS, timestamp: '2026-01-02T00:00:01.000Z' }),
      aKill({}, { ...CSS, timestamp: '2026-01-02T00:00:02.000Z' }),
    )
    const days = await test.database.query(
      `SELECT CAST(h.eventTime AS CHAR) AS day, h.kills, h.skill, h.skill_change FROM hlstats_Players_History h
         JOIN hlstats_PlayerUniqueIds u USING (playerId) WHERE u.uniqueId = '0:1' ORDER BY h.eventTime`,
    )
    expect(days).toEqual([
      { day: '2026-01-01', kills: 1, skill: 1002, skill_change: 2 },
      { day: '2026-01-02', kills: 2, skill: 1006, skill_change: 4 },
    ])
    expect(await rowOf('0:1')).toMatchObject({ last_skill_change: 4 })
  })
})

describe('assists and shots', () => {
  it('counts assists beside the kills they helped with', async () => {
    const [helper, victim] = [aPlayer(3), aPlayer(2, { team: 'TERRORIST' })]
    await apply(
      anEvent('PLAYER_ASSIST', { player: helper, victim, flash: false }, CSS),
      anEvent('PLAYER_ASSIST', { player: helper, victim, flash: true }, CSS),
    )
    expect(await rowOf('0:3')).toMatchObject({ assists: 2, flash_assists: 1, kills: 0, skill: 1000 })
  })

  it('counts shots from lines until the server sends summaries, then from those alone', async () => {
    const player = aPlayer(1)
    const fire = () => anEvent('WEAPON_FIRE', { player, weapon: 'ak47' }, CSS)
    const hit = () =>
      anEvent('WEAPON_HIT', { player, weapon: 'ak47', damage: 20, damageArmor: 0, hitgroup: '' }, CSS)
    await apply(hit(), fire(), fire(), hit())
    expect(await rowOf('0:1')).toMatchObject({ shots: 2, hits: 1 })
    const counts = { kills: 0, headshots: 0, teamkills: 0, damage: 0, deaths: 0 }
    await apply(
      anEvent('WEAPON_STATS', { player, weapon: 'ak47', shots: 10, hits: 4, ...counts }, CSS),
      fire(),
      hit(),
    )
    await apply(fire(), hit())
    expect(await rowOf('0:1')).toMatchObject({ shots: 12, hits: 5 })
  })
})
