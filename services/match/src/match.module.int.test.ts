import { aKill, aPlayer, aServerLog, aSuicide, assertCutsLeaveNoTrace, dumpTables } from '@hlstats/testkit'
import { describe, expect, it } from 'vitest'
import { al, bo, kill, sceneOfTests, TABLES } from './scene-of-test.ts'

const scene = sceneOfTests()

describe('a match', () => {
  it('is a map with play on it: its rounds, their winners, and what everybody did', async () => {
    const log = aServerLog()
    await scene.apply(
      log('MAP_CHANGE', { phase: 'loading', previousMap: '' }),
      log('MAP_CHANGE', { phase: 'started', previousMap: '' }),
      log('PLAYER_SEEN', { player: al }),
      log('PLAYER_SEEN', { player: bo }),
      log('PLAYER_SEEN', { player: aPlayer(3, { team: 'Spectator' }) }),
      log('ROUND_START', { action: 'Round_Start' }),
      log('PLAYER_KILL', kill),
    )
    await scene.apply(
      log('ACTION_PLAYER', { player: al, action: 'round_mvp' }),
      log('ROUND_END', { action: 'CTs_Win', winner: 'CT' }),
      log('ROUND_END', { action: 'Round_End', winner: '' }),
      log('ROUND_START', { action: 'Round_Start' }),
      log('PLAYER_KILL', { ...kill, killer: bo, victim: al, headshot: false }),
      log('ROUND_END', { action: 'Round_End', winner: '' }),
      log('MAP_CHANGE', { phase: 'loading', previousMap: 'de_nuke' }, { map: 'de_inferno' }),
    )
    expect(
      await scene.query(
        `SELECT number, game, map, CAST(started_at AS CHAR) AS started, CAST(ended_at AS CHAR) AS ended, rounds
           FROM hlstats_Matches`,
      ),
    ).toEqual([
      {
        number: 1,
        game: 'css',
        map: 'de_nuke',
        started: '2026-01-01 10:00:06',
        ended: '2026-01-01 10:00:14',
        rounds: 2,
      },
    ])
    expect(
      await scene.query(
        'SELECT number, winner, reason, kills, ended_at IS NOT NULL AS ended FROM hlstats_Rounds ORDER BY number',
      ),
    ).toEqual([
      { number: 1, winner: 'CT', reason: 'CTs_Win', kills: 1, ended: 1 },
      { number: 2, winner: '', reason: '', kills: 1, ended: 1 },
    ])
    expect(await scene.query('SELECT team, wins FROM hlstats_Match_Teams')).toEqual([{ team: 'CT', wins: 1 }])
    expect(
      await scene.query(
        'SELECT name, team, kills, deaths, headshots, mvps FROM hlstats_Match_Players ORDER BY name',
      ),
    ).toEqual([
      { name: 'Player 1', team: 'CT', kills: 1, deaths: 1, headshots: 1, mvps: 1 },
      { name: 'Player 2', team: 'TERRORIST', kills: 1, deaths: 1, headshots: 0, mvps: 0 },
    ])
    expect(
      await scene.query(
        'SELECT round_number AS round, COUNT(*) AS players FROM hlstats_Round_Players GROUP BY 1',
      ),
    ).toEqual([
      { round: 1, players: 2 },
      { round: 2, players: 2 },
    ])
  })

  it('goes on in the hands of another replica, and late events of an older ingress do not move it', async () => {
    const log = aServerLog()
    await scene.apply(log('ROUND_START', { action: 'Round_Start' }), log('PLAYER_KILL', kill))
    await scene.apply(
      log('PLAYER_KILL', kill, { stream: 't', receivedAt: '2026-01-01T11:00:00.000Z' }),
      log('ROUND_START', { action: 'Round_Start' }, { stream: 's', receivedAt: '2026-01-01T10:59:00.000Z' }),
      log('PLAYER_KILL', kill, { stream: 's', receivedAt: '2026-01-01T10:59:01.000Z' }),
    )
    expect(await scene.query('SELECT number, kills FROM hlstats_Rounds')).toEqual([{ number: 1, kills: 2 }])
    expect(await scene.server()).toMatchObject({ kills: 3 })
  })
})

describe('an ingress that starts again', () => {
  const [life, nextLife] = ['20260101T090000000-11111111', '20260101T120000000-11111111']

  it('goes on with the match, though the clock of its machine was set back', async () => {
    const log = aServerLog()
    await scene.apply(
      log('ROUND_START', { action: 'Round_Start' }, { stream: life }),
      log('PLAYER_KILL', kill, { stream: life }),
    )
    const back = { stream: nextLife, receivedAt: '2026-01-01T09:00:30.000Z' }
    await scene.apply(
      log('PLAYER_KILL', kill, back),
      log('ROUND_END', { action: 'CTs_Win', winner: 'CT' }, back),
      log('ROUND_START', { action: 'Round_Start' }, back),
    )
    expect(await scene.query('SELECT number, winner, kills FROM hlstats_Rounds ORDER BY number')).toEqual([
      { number: 1, winner: 'CT', kills: 2 },
      { number: 2, winner: '', kills: 0 },
    ])
  })

  it('counts what was won in its life before, when that is delivered late, and moves nothing', async () => {
    const log = aServerLog()
    await scene.apply(
      log('ROUND_START', { action: 'Round_Start' }, { stream: nextLife }),
      log('ROUND_END', { action: 'CTs_Win', winner: 'CT' }, { stream: life }),
      log('ROUND_END', { action: 'Round_End', winner: '' }, { stream: life }),
    )
    expect(await scene.server()).toMatchObject({ rounds: 1, ct_wins: 1, map_rounds: 0, map_ct_wins: 0 })
    expect(await scene.query('SELECT winner, ended_at FROM hlstats_Rounds')).toEqual([
      { winner: '', ended_at: null },
    ])
  })
})

describe('the row of a server', () => {
  it('adds up what the site shows, for the server and for its map', async () => {
    const log = aServerLog()
    const stats = { weapon: 'ak47', kills: 0, headshots: 0, teamkills: 0, damage: 0, deaths: 0 }
    await scene.apply(
      log('MAP_CHANGE', { phase: 'started', previousMap: '' }),
      log('PLAYER_SEEN', { player: al }),
      log('PLAYER_SEEN', { player: bo }),
      log('ROUND_START', { action: 'Round_Start' }),
      log('PLAYER_KILL', kill),
      aKill({ feigned: true }, { game: 'css', stream: 's' }),
      aSuicide({}, { game: 'css', stream: 's', counted: 'bonusRound' }),
      log('PLAYER_SUICIDE', { player: bo, weapon: 'world' }),
      log('ACTION_PLAYER', { player: bo, action: 'Planted_The_Bomb' }),
      log('ACTION_PLAYER', { player: al, action: 'Defused_The_Bomb' }),
      log('WEAPON_STATS', { player: al, shots: 10, hits: 3, ...stats }),
      log('WEAPON_STATS', { player: bo, shots: 7, hits: 2, ...stats }),
      log('ROUND_END', { action: 'Bomb_Defused', winner: 'CT' }),
      log('PLAYER_DISCONNECT', { player: bo, reason: '', inferred: false }),
    )
    expect(await scene.server()).toMatchObject({
      kills: 1,
      headshots: 1,
      suicides: 1,
      rounds: 1,
      ct_wins: 1,
      ts_wins: 0,
      map_rounds: 1,
      map_ct_wins: 1,
      bombs_planted: 1,
      bombs_defused: 1,
      map_changes: 1,
      act_map: 'de_nuke',
      act_players: 1,
      ct_shots: 10,
      ct_hits: 3,
      ts_shots: 7,
      ts_hits: 2,
      map_ct_shots: 10,
      map_started: Date.UTC(2026, 0, 1, 10, 0, 1) / 1000,
    })
    await scene.apply(log('MAP_CHANGE', { phase: 'started', previousMap: 'de_nuke' }))
    expect(await scene.server()).toMatchObject({
      rounds: 1,
      map_rounds: 0,
      map_ct_wins: 0,
      map_ct_shots: 0,
      map_changes: 2,
    })
    expect(await scene.query('SELECT game, map, kills, headshots FROM hlstats_Maps_Counts')).toEqual([
      { game: 'css', map: 'de_nuke', kills: 1, headshots: 1 },
    ])
  })

  it('has nobody on it once the server has fallen silent', async () => {
    const log = aServerLog()
    await scene.apply(log('PLAYER_SEEN', { player: al }), log('PLAYER_SEEN', { player: bo }))
    expect(await scene.server()).toMatchObject({ act_players: 2 })
    await scene.apply(log('SERVER_IDLE', { silentSeconds: 300 }))
    expect(await scene.server()).toMatchObject({ act_players: 0 })
  })
})

describe('samples', () => {
  it('are written per server, and once per game and five minutes, whoever comes first', async () => {
    const log = aServerLog()
    await scene.apply(
      log('PLAYER_KILL', kill),
      log('SERVER_TICK', { players: 9, maxPlayers: 8 }),
      log('SERVER_TICK', { players: 3, maxPlayers: 8 }, { serverId: 2 }),
    )
    await scene.apply(log('SERVER_TICK', { players: 4, maxPlayers: 8 }))
    expect(
      await scene.query(
        'SELECT server_id, act_players, min_players, max_players, map FROM hlstats_server_load ORDER BY 1, 2',
      ),
    ).toEqual([
      { server_id: 1, act_players: 4, min_players: 4, max_players: 8, map: 'de_nuke' },
      { server_id: 1, act_players: 8, min_players: 4, max_players: 8, map: 'de_nuke' },
      { server_id: 2, act_players: 3, min_players: 4, max_players: 8, map: 'de_nuke' },
    ])
    expect(await scene.query('SELECT game, players, kills, servers, max_slots FROM hlstats_Trend')).toEqual([
      { game: 'css', players: 2, kills: 1, servers: 2, max_slots: 16 },
    ])
    expect(await scene.server()).toMatchObject({ max_players: 8, players: 2 })
  })
})

describe('a batch', () => {
  it('leaves what its events would have left one by one, wherever it is cut', async () => {
    // A sample shows the moment at which it was taken, which a batch has only one of.
    const sampled = ['hlstats_Trend', 'hlstats_Players']
    const compared = TABLES.filter((table) => !sampled.includes(table))
    await assertCutsLeaveNoTrace(200, async (batches) => {
      await scene.clear()
      await scene.count(batches)
      await scene.database.execute('UPDATE hlstats_Servers SET players = 0')
      return dumpTables(scene.database, compared)
    })
  })
})
