import type { Database } from '@hlstats/database'
import { type TestDatabase, testDatabase } from '@hlstats/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventsOf, SERVER } from './replay.ts'
import { count } from './run.ts'

// Short games of our own making, and what the original daemon wrote for them with the seed data,
// MinPlayers 1 and SkillMode 0. Where we decided otherwise, the test says so.

let test: TestDatabase
let database: Database

beforeEach(async () => {
  test = await testDatabase()
  database = test.database
})

afterEach(() => test.drop())

/** Plays lines without their time; `+n` before a line lets n seconds pass, otherwise each comes in the same second. */
async function play(game: string, options: Record<string, string>, lines: readonly string[]): Promise<void> {
  await database.execute('INSERT INTO hlstats_Servers (serverId, address, port, game) VALUES (1, ?, ?, ?)', [
    SERVER.address,
    SERVER.port,
    game,
  ])
  const all = {
    MinPlayers: '1',
    SkillMode: '0',
    SuicidePenalty: '5',
    TKPenalty: '50',
    IgnoreBots: '1',
    ...options,
  }
  for (const [parameter, value] of Object.entries(all)) {
    await database.execute(
      'INSERT INTO hlstats_Servers_Config (serverId, parameter, value) VALUES (1, ?, ?)',
      [parameter, value],
    )
  }
  let at = Date.UTC(2026, 0, 2, 10)
  const timed = lines.map((line) => {
    const [, seconds, text] = /^(?:\+(\d+) )?(.*)$/.exec(line) ?? []
    at += Number(seconds ?? 0) * 1_000
    const time = new Date(at).toISOString()
    return `L 01/02/2026 - ${time.slice(11, 19)}: ${text}`
  })
  await count(database, await eventsOf(database, timed))
}

async function players() {
  const rows = await database.query<{ uniqueId: string; [column: string]: number | string }>(
    `SELECT u.uniqueId, p.lastName, p.skill, p.kills, p.deaths, p.headshots, p.suicides, p.kill_streak, p.death_streak,
            p.last_skill_change, p.hideranking
       FROM hlstats_Players p JOIN hlstats_PlayerUniqueIds u USING (playerId)`,
  )
  return Object.fromEntries(rows.map(({ uniqueId, ...row }) => [uniqueId, row]))
}

async function actions(): Promise<string[]> {
  const rows = await database.query<{ code: string; bonus: number }>(
    'SELECT a.code, e.bonus FROM hlstats_Events_PlayerActions e JOIN hlstats_Actions a ON a.id = e.actionId ORDER BY e.id',
  )
  return rows.map(({ code, bonus }) => `${code} ${bonus}`)
}

const server = async () => (await database.query<Record<string, number>>('SELECT * FROM hlstats_Servers'))[0]

describe('T1, Counter-Strike: Source', () => {
  it('is counted as the original did, but for its rounds', async () => {
    const alice = '"Alice<2><STEAM_1:0:111><CT>"'
    const bob = '"Bob<3><[U:1:223]><TERRORIST>"'
    await play('css', {}, [
      'Loading map "de_dust2"',
      'Started map "de_dust2" (CRC "1")',
      '"Alice<2><STEAM_1:0:111><>" joined team "CT"',
      '"Bob<3><[U:1:223]><>" joined team "TERRORIST"',
      '+5 World triggered "Round_Start"',
      `+5 ${alice} killed ${bob} with "ak47" (headshot)`,
      `+5 ${bob} committed suicide with "world"`,
      `+5 ${alice} triggered "headshot"`,
      `${alice} killed ${bob} with "awp"`,
      `${alice} triggered "domination" against ${bob}`,
      '+5 Team "CT" triggered "SFUI_Notice_CTs_Win" (CT "1") (T "0")',
      'World triggered "Round_End"',
      `${alice} say "hello "quoted" world"`,
      `${bob} disconnected (reason "Disconnect by user.")`,
    ])
    expect(await players()).toEqual({
      '0:111': expect.objectContaining({
        skill: 1012,
        kills: 2,
        headshots: 2,
        kill_streak: 2,
        last_skill_change: 12,
      }),
      '1:111': expect.objectContaining({
        skill: 986,
        deaths: 2,
        suicides: 1,
        death_streak: 2,
        last_skill_change: -14,
      }),
    })
    expect(await actions()).toEqual(['headshot 1', 'headshot 1', 'kill_streak_2 1'])
    expect(await database.query('SELECT map, kills, headshots FROM hlstats_Maps_Counts')).toEqual([
      { map: 'de_dust2', kills: 2, headshots: 2 },
    ])
    expect(await server()).toMatchObject({
      kills: 2,
      headshots: 2,
      suicides: 1,
      rounds: 1,
      ct_wins: 1,
      map_changes: 1,
      act_map: 'de_dust2',
    })
  })
})

describe('T2, Team Fortress 2', () => {
  it('pays each action once, where the original paid some twice (1028)', async () => {
    const actor = '"Actor<2><STEAM_1:0:1><Red>"'
    const friend = '"Friend<4><STEAM_1:0:3><Red>"'
    const victim = '"Victim<3><STEAM_1:0:2><Blue>"'
    await database.execute(
      `INSERT INTO hlstats_Actions (game, code, reward_player, for_PlayerActions, for_PlayerPlayerActions)
       VALUES ('tf', 'both', 10, '1', '1'), ('tf', 'only_player', 7, '1', '0')`,
    )
    await play('tf', {}, [
      '"Actor<2><STEAM_1:0:1><>" joined team "Red"',
      '"Victim<3><STEAM_1:0:2><>" joined team "Blue"',
      `+60 ${actor} triggered "domination" against ${victim}`,
      `${actor} triggered "both" against ${victim} (hlx_player_bonuspoints "3")`,
      `${actor} triggered "only_player" against ${victim}`,
      `${actor} killed ${victim} with "player_penetration"`,
      `${actor} killed ${victim} with "knife" (customkill "feign_death")`,
      `${actor} triggered "kill assist" against ${victim}`,
      'Team "Red" triggered "pointcaptured" (cp "0") (cpname "#x") (numcappers "2") ' +
        '(player1 "Actor<2><STEAM_1:0:1><Red>") (position1 "1 2 3") ' +
        '(player2 "Friend<4><STEAM_1:0:3><Red>") (position2 "1 2 3")',
      `+10 ${actor} killed ${friend} with "scattergun"`,
      `${actor} triggered "builtobject" (object "OBJ_SENTRYGUN") (position "1 2 3")`,
    ])
    // 5 + 13 + 13 + 7 + 4 + 2 + 2 + 5 + 5 - 50 + 3
    expect((await players())['0:1']).toMatchObject({ skill: 1009, kills: 1 })
    expect((await players())['0:3']).toMatchObject({ skill: 1005, deaths: 0 })
    expect(await database.query('SELECT weapon FROM hlstats_Events_Frags')).toEqual([{ weapon: 'machina' }])
  })
})

describe('T3, Counter-Strike 2', () => {
  it('counts the human in slot 0 like everybody else, where the original gave him no points', async () => {
    const zero = '"Zero<0><[U:1:10]><CT>"'
    const other = '"Other<1><[U:1:20]><TERRORIST>"'
    await play('cs2', {}, [
      'Loading map "de_mirage"',
      'Started:  ""',
      '"Zero<0><[U:1:10]><>" joined team "CT"',
      '"Other<1><[U:1:20]><>" joined team "TERRORIST"',
      '"Romanov<2><BOT><>" joined team "CT"',
      'World triggered "Round_Start"',
      `+5 ${zero} [1 2 3] killed ${other} [4 5 6] with "ak47"`,
      `+5 ${other} [1 2 3] killed ${zero} [4 5 6] with "ak47"`,
      `+5 ${zero} triggered "Defused_The_Bomb"`,
    ])
    const all = await players()
    expect(all['0:5']).toMatchObject({ skill: 1010, kills: 1, deaths: 1 })
    expect(all['0:10']).toMatchObject({ skill: 1000, kills: 1, deaths: 1 })
    const bot = Object.entries(all).find(([id]) => id.startsWith('BOT:'))?.[1]
    expect(bot).toMatchObject({ skill: 0, hideranking: 1 })
    expect(await database.query('SELECT DISTINCT map FROM hlstats_Events_Frags')).toEqual([
      { map: 'de_mirage' },
    ])
  })
})

describe('T4, Left 4 Dead 2', () => {
  it('pays the minimum for kills and the catalogue for the rest', async () => {
    const ann =
      '"Ann<5><STEAM_1:0:7><Survivor><Manager><ALIVE><80+0><setpos_exact 1.00 2.00 3.00; setang 0 0 0><Area 9>"'
    const area = '<ALIVE><100+0><setpos_exact 4.00 5.00 6.00; setang 0 0 0><Area 9>"'
    const horde = `"infected<285><><Infected><infected>${area}`
    const hunter = `"Hunter<18><BOT><Infected><HUNTER>${area}`
    const tank = `"Tank<21><BOT><Infected><TANK>${area}`
    const smoker = `"Smoker<22><BOT><Infected><SMOKER>${area}`
    await play('l4d2', { IgnoreBots: '0', TKPenalty: '25' }, [
      '"Ann<5><STEAM_1:0:7><>" joined team "Survivor"',
      `+5 ${ann} killed ${horde} with "smg"`,
      `+5 ${ann} killed ${hunter} with "smg" (headshot)`,
      `+5 (INCAP)${ann} was incapped by ${tank} with "tank_claw"`,
      `+5 (TONGUE) Tongue grab starting.  Smoker:${smoker}. Victim:${ann}.`,
    ])
    const all = await players()
    // 2 + 2 + 1 for the hunter, 25 lost to the tank, 6 to the smoker
    expect(all['0:7']).toMatchObject({ skill: 974, kills: 2, headshots: 1, deaths: 1 })
    for (const bot of ['BOT-Horde', 'BOT-Hunter', 'BOT-Tank', 'BOT-Smoker']) {
      expect(all[bot]).toMatchObject({ skill: 1000, hideranking: 1 })
    }
  })
})

describe('T5, Team Fortress 2 with its bonus round ignored', () => {
  it('counts no kill, no action and no streak between the end of a round and the next start', async () => {
    const ann = '"Ann<2><STEAM_1:0:1><Red>"'
    const bob = '"Bob<3><STEAM_1:0:2><Blue>"'
    const kill = `+2 ${ann} killed ${bob} with "scattergun"`
    await play('tf', { BonusRoundIgnore: '1', BonusRoundTime: '20', TKPenalty: '0' }, [
      '"Ann<2><STEAM_1:0:1><>" joined team "Red"',
      '"Bob<3><STEAM_1:0:2><>" joined team "Blue"',
      '+10 World triggered "Round_Start"',
      kill,
      kill,
      kill,
      '+1 World triggered "Round_Win" (winner "Red")',
      kill,
      `+1 ${ann} triggered "flagevent" (event "captured")`,
      '+5 World triggered "Round_Start"',
      kill,
    ])
    expect(await database.query('SELECT COUNT(*) AS rows_ FROM hlstats_Events_Frags')).toEqual([{ rows_: 4 }])
    expect(await actions()).toEqual([])
    expect((await players())['0:1']).toMatchObject({ kills: 4, kill_streak: 3, skill: 1018 })
  })
})

describe('T6, a suicide after a change of team', () => {
  it.each([
    ['within two seconds is no suicide', '+1', 0, 1000],
    ['later is one', '+2', 1, 995],
  ])('%s', async (_name, wait, suicides, skill) => {
    await play('css', {}, [
      '"Ann<2><STEAM_1:0:1><>" joined team "CT"',
      `${wait} "Ann<2><STEAM_1:0:1><CT>" committed suicide with "world"`,
    ])
    expect((await players())['0:1']).toMatchObject({ suicides, skill })
  })
})
