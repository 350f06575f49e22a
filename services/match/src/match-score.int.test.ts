import { aServerLog } from '@hlstats/testkit'
import { describe, expect, it } from 'vitest'
import { al, bo, kill, sceneOfTests } from './scene-of-test.ts'

const scene = sceneOfTests()

describe('the score of a match', () => {
  const score = (ct: number, t: number) => ({
    scores: [
      { team: 'CT', score: ct },
      { team: 'TERRORIST', score: t },
    ],
  })

  it('is kept per team and round, with names, duration and the id of a plugin, over replicas', async () => {
    const log = aServerLog()
    await scene.apply(
      log('MATCH_STATE', { externalId: 'cup-7' }),
      log('ROUND_START', { action: 'Round_Start' }),
      log('PLAYER_KILL', kill),
      log('ROUND_END', { action: 'CTs_Win', winner: 'CT' }),
      log('MATCH_STATE', score(1, 0)),
    )
    await scene.apply(
      log('MATCH_STATE', { names: [{ team: 'CT', name: 'Astralis' }] }),
      log('MATCH_PLAYER', { player: al, mvps: 1, damage: 120, utilityDamage: 9, enemiesFlashed: 2 }),
      log('ROUND_START', { action: 'Round_Start' }),
      log('ROUND_END', { action: 'Terrorists_Win', winner: 'TERRORIST' }),
      log('MATCH_STATE', { ...score(1, 1), phase: 'over' }),
      log('PLAYER_KILL', kill),
    )
    expect(
      await scene.query(
        'SELECT number, rounds, finished, duration_seconds AS seconds, external_id AS id FROM hlstats_Matches',
      ),
    ).toEqual([{ number: 1, rounds: 2, finished: 1, seconds: 8, id: 'cup-7' }])
    expect(
      await scene.query('SELECT team, wins, score, name FROM hlstats_Match_Teams ORDER BY team'),
    ).toEqual([
      { team: 'CT', wins: 1, score: 1, name: 'Astralis' },
      { team: 'TERRORIST', wins: 1, score: 1, name: '' },
    ])
    expect(
      await scene.query(
        `SELECT round_number AS round, team, score FROM hlstats_Round_Scores WHERE team = 'TERRORIST' ORDER BY 1`,
      ),
    ).toEqual([
      { round: 1, team: 'TERRORIST', score: 0 },
      { round: 2, team: 'TERRORIST', score: 1 },
    ])
    expect(
      await scene.query('SELECT number, duration_seconds AS seconds FROM hlstats_Rounds ORDER BY number'),
    ).toEqual([
      { number: 1, seconds: 2 },
      { number: 2, seconds: 1 },
    ])
    expect(
      await scene.query(
        `SELECT kills, mvps, damage, utility_damage AS utility, enemies_flashed AS flashed
           FROM hlstats_Match_Players WHERE name = 'Player 1'`,
      ),
    ).toEqual([{ kills: 1, mvps: 1, damage: 120, utility: 9, flashed: 2 }])
    expect(await scene.server()).toMatchObject({ kills: 2, rounds: 2 })
  })

  it('begins again without a trace of restarts in which nothing happened, whichever replica sees them', async () => {
    const log = aServerLog()
    await scene.apply(
      log('PLAYER_SEEN', { player: al }),
      log('PLAYER_SEEN', { player: bo }),
      log('ROUND_START', { action: 'Round_Start' }),
    )
    await scene.apply(
      log('MATCH_STATE', { phase: 'start' }),
      log('PLAYER_DISCONNECT', { player: bo, reason: '', inferred: false }),
      log('ROUND_START', { action: 'Round_Start' }),
    )
    await scene.apply(log('MATCH_STATE', { phase: 'start' }))
    for (const table of ['Matches', 'Rounds', 'Match_Players', 'Round_Players']) {
      expect(await scene.query(`SELECT * FROM hlstats_${table}`)).toEqual([])
    }
    await scene.apply(
      log('ROUND_START', { action: 'Round_Start' }),
      log('PLAYER_KILL', { ...kill, victim: al }),
    )
    expect(await scene.query('SELECT number, rounds FROM hlstats_Matches')).toEqual([
      { number: 1, rounds: 1 },
    ])
    expect(await scene.query('SELECT kills, deaths FROM hlstats_Round_Players')).toEqual([
      { kills: 1, deaths: 1 },
    ])
  })

  it('stands beside what players did for it: bombs, hostages, flags, points', async () => {
    const log = aServerLog()
    const plant = { player: bo, action: 'Planted_The_Bomb' }
    await scene.apply(
      log('ACTION_PLAYER', { player: al, action: 'Rescued_A_Hostage' }),
      log('PLAYER_KILL', kill),
      log('ACTION_PLAYER', plant),
      log('ACTION_PLAYER', plant, { counted: 'minPlayers' }),
    )
    await scene.apply(
      log('ACTION_PLAYER', plant),
      log('ACTION_PLAYER', { player: al, action: 'Rescued_A_Hostage' }),
    )
    expect(
      await scene.query(
        `SELECT u.uniqueId AS id, a.action, a.times FROM hlstats_Match_Actions a
           JOIN hlstats_PlayerUniqueIds u ON u.playerId = a.player_id ORDER BY 1`,
      ),
    ).toEqual([
      { id: '0:1', action: 'Rescued_A_Hostage', times: 1 },
      { id: '0:2', action: 'Planted_The_Bomb', times: 2 },
    ])
  })

  it('is of a game and not of its warm-up', async () => {
    const log = aServerLog()
    await scene.apply(log('MATCH_STATE', { phase: 'warmup' }), log('PLAYER_KILL', kill))
    await scene.apply(log('ROUND_START', { action: 'Round_Start' }), log('PLAYER_KILL', kill))
    expect(await scene.query('SELECT * FROM hlstats_Matches')).toEqual([])
    await scene.apply(log('MATCH_STATE', { phase: 'live', ...score(0, 0) }), log('PLAYER_KILL', kill))
    expect(await scene.query('SELECT name, kills FROM hlstats_Match_Players ORDER BY name')).toEqual([
      { name: 'Player 1', kills: 1 },
      { name: 'Player 2', kills: 0 },
    ])
  })
})
