import {
  clearTables,
  PLAYER_COUNTERS,
  PLAYER_TABLES,
  type TestDatabase,
  testDatabase,
} from '@hlstats/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventsOf, withTick } from './parity/replay.ts'
import { configureServer, count } from './parity/run.ts'

const AL = 'Al<2><STEAM_1:0:111><CT>'
const BO = 'Bo<3><STEAM_1:0:222><TERRORIST>'
const CY = 'Cy<4><STEAM_1:0:333><CT>'
const BOT = 'Crash<5><BOT><TERRORIST>'
const CAME = [`"${AL}" joined team "CT"`, `"${BO}" joined team "TERRORIST"`, `"${CY}" joined team "CT"`]
const KILL = `"${AL}" killed "${BO}" with "ak47"`
const END = 'World triggered "Round_End"'

/** With the first value the second number comes out, with the third the fourth; else everything is the same. */
interface Case {
  readonly option: string
  readonly values: Readonly<Record<string, number | string>>
  readonly also?: Readonly<Record<string, string>>
  readonly lines: readonly string[]
  readonly shown: string
}

const skillOf = (id: string) =>
  `SELECT p.skill AS shown FROM hlstats_Players p JOIN hlstats_PlayerUniqueIds u USING (playerId) WHERE u.uniqueId = '${id}'`
const rowsOf = (table: string) => `SELECT COUNT(*) AS shown FROM hlstats_${table}`
const suicide = (player: string) => `"${player}" committed suicide with "world"`
const say = (text: string) => `"${AL}" say "${text}"`
const pay = { PlayerMinKills: '0' }
const RCON = ['"192.0.2.7:5"', '"127.0.0.1:5"'].map((from) => `rcon from ${from}: command "status"`)
const BAN = [...CAME, `Banid: "${AL}" was banned "permanently" by "Console"`]

const SERVER_CASES: readonly Case[] = [
  { option: 'MinPlayers', values: { 3: 1, 4: 0 }, lines: [KILL], shown: rowsOf('Events_Frags') },
  {
    option: 'IgnoreBots',
    values: { 0: 1, 1: 0 },
    lines: [`"${AL}" killed "${BOT}" with "ak47"`],
    shown: rowsOf('Events_Frags'),
  },
  { option: 'BonusRoundIgnore', values: { 0: 1, 1: 0 }, lines: [END, KILL], shown: rowsOf('Events_Frags') },
  {
    option: 'BonusRoundTime',
    values: { 0: 0, 2: 1 },
    also: { BonusRoundIgnore: '1' },
    lines: [END, say('a'), say('b'), say('c'), KILL],
    shown: rowsOf('Events_Frags'),
  },
  {
    option: 'GameType',
    values: { 0: 0, 1: 1 },
    lines: [`"${AL}" killed "${CY}" with "ak47"`],
    shown: rowsOf('Events_Frags'),
  },
  { option: 'SkillMode', values: { 0: 995, 4: 1000 }, also: pay, lines: [KILL], shown: skillOf('0:222') },
  {
    option: 'SuicidePenalty',
    values: { 0: 1000, 7: 993 },
    lines: [say('a'), suicide(AL)],
    shown: skillOf('0:111'),
  },
  {
    option: 'TKPenalty',
    values: { 0: 1000, 7: 993 },
    lines: [`"${AL}" killed "${CY}" with "ak47"`],
    shown: skillOf('0:111'),
  },
  { option: 'TrackServerLoad', values: { 0: 0, 1: 1 }, lines: [KILL], shown: rowsOf('server_load') },
  {
    option: 'Admins',
    values: { '': 1, 'STEAM_1:0:111': 0 },
    also: { LogChat: '1' },
    lines: [say('gg')],
    shown: rowsOf('Events_Chat'),
  },
  {
    option: 'TimeZone',
    values: { UTC: 1767348000 + 4, 'Asia/Tokyo': 1767348000 - 9 * 3600 + 4 },
    lines: [KILL],
    shown: `SELECT MAX(last_event) AS shown FROM hlstats_Servers`,
  },
]

const GLOBAL_CASES: readonly Case[] = [
  { option: 'LogChat', values: { 0: 0, 1: 1 }, lines: [say('gg')], shown: rowsOf('Events_Chat') },
  {
    option: 'LogChatAdmins',
    values: { 0: 0, 1: 1 },
    also: { LogChat: '1', Admins: '0:111' },
    lines: [say('gg')],
    shown: rowsOf('Events_Chat'),
  },
  {
    option: 'Mode',
    values: { Normal: '0:111', NameTrack: 'Al' },
    lines: [],
    shown: `SELECT uniqueId AS shown FROM hlstats_PlayerUniqueIds u JOIN hlstats_Players p USING (playerId) WHERE p.lastName = 'Al'`,
  },
  { option: 'PlayerMinKills', values: { 0: 1005, 50: 1002 }, lines: [KILL], shown: skillOf('0:111') },
  {
    option: 'SkillMinChange',
    values: { 2: 1005, 10: 1010 },
    also: pay,
    lines: [KILL],
    shown: skillOf('0:111'),
  },
  {
    option: 'SkillMaxChange',
    values: { 25: 1005, 3: 1003 },
    also: pay,
    lines: [KILL],
    shown: skillOf('0:111'),
  },
  {
    option: 'SkillRatioCap',
    values: { 0: 225, 1: 207 },
    also: { ...pay, SuicidePenalty: '800' },
    lines: [say('a'), suicide(AL), KILL],
    shown: skillOf('0:111'),
  },
  { option: 'RconRecord', values: { 0: 0, 1: 2 }, lines: RCON, shown: rowsOf('Events_Rcon') },
  {
    option: 'RconIgnoreSelf',
    values: { 0: 2, 1: 1 },
    also: { RconRecord: '1' },
    lines: RCON,
    shown: rowsOf('Events_Rcon'),
  },
  {
    option: 'GlobalBanning',
    values: { 0: 0, 1: 2 },
    lines: BAN,
    shown: 'SELECT MAX(hideranking) AS shown FROM hlstats_Players',
  },
  { option: 'TrackStatsTrend', values: { 0: 0, 1: 1 }, lines: [KILL], shown: rowsOf('Trend') },
  {
    option: 'TimeZone',
    values: { UTC: '2026-01-02 10:00:04', 'America/New_York': '2026-01-02 10:00:04' },
    lines: [KILL],
    shown: 'SELECT CAST(eventTime AS CHAR) AS shown FROM hlstats_Events_Frags',
  },
]

let test: TestDatabase

beforeAll(async () => {
  test = await testDatabase()
})

afterAll(() => test.drop())

const GLOBAL = new Set(GLOBAL_CASES.map(({ option }) => option))
const TABLES = [
  ...['Servers', 'Servers_Config', 'Options', 'Events_Rcon', 'Events_Statsme', 'server_load', 'Trend'],
  ...['Trend_Slots', 'Server_State', 'Server_Members', 'Player_Weapons'],
].map((name) => `hlstats_${name}`)

async function play(
  options: Readonly<Record<string, string>>,
  scope: 'server' | 'global',
  { lines, shown }: Case,
  ofServer: Readonly<Record<string, string>> = {},
) {
  const { database } = test
  await clearTables(database, [...PLAYER_TABLES, ...TABLES], PLAYER_COUNTERS)
  const server = {
    SkillMode: '0',
    TimeZone: '',
    TrackServerLoad: '0',
    Admins: '',
    SuicidePenalty: '0',
    TKPenalty: '0',
    ...ofServer,
  }
  const settings = { MinPlayers: 0, IgnoreBots: 0, server }
  await configureServer(database, { log: '', game: 'css', settings, sections: {} })
  for (const [name, value] of Object.entries(options)) {
    const isGlobal = GLOBAL.has(name) && (name !== 'TimeZone' || scope === 'global')
    if (isGlobal) {
      await database.execute('REPLACE INTO hlstats_Options (keyname, value, opttype) VALUES (?, ?, 1)', [
        name,
        value,
      ])
    } else {
      await database.execute(
        'REPLACE INTO hlstats_Servers_Config (serverId, parameter, value) VALUES (1, ?, ?)',
        [name, value],
      )
    }
  }
  const log = [...CAME, ...lines].map(
    (line, at) => `L 01/02/2026 - 10:00:${String(at + 1).padStart(2, '0')}: ${line}`,
  )
  const events = await eventsOf(database, log)
  await count(database, withTick(events))
  const [row] = await database.query<{ shown: number | string }>(shown)
  return row?.shown
}

const effects = (cases: readonly Case[]) =>
  cases.flatMap((given) =>
    Object.entries(given.values).map(([value, wanted]) => ({ ...given, value, wanted, given })),
  )

it.each(effects(SERVER_CASES))('option $option of a server with "$value" gives $wanted', async (row) => {
  const { option, value, wanted, also = {}, given } = row
  expect(String(await play({ ...also, [option]: value }, 'server', given))).toBe(String(wanted))
})

it.each(effects(GLOBAL_CASES))('global option $option with "$value" gives $wanted', async (row) => {
  const { option, value, wanted, also = {}, given } = row
  expect(String(await play({ ...also, [option]: value }, 'global', given))).toBe(String(wanted))
})

it('global option TimeZone decides the day that events are booked on, in all tables', async () => {
  const stats = `"${AL}" triggered "weaponstats" (weapon "ak47") (shots "9") (hits "3") (kills "1") (headshots "0") (tks "0") (damage "30") (deaths "0")`
  const shown = `SELECT CONCAT_WS(' ', (SELECT CAST(MIN(eventTime) AS CHAR) FROM hlstats_Events_Frags),
       (SELECT CAST(MIN(eventTime) AS CHAR) FROM hlstats_Events_Statsme),
       (SELECT CAST(MIN(eventTime) AS CHAR) FROM hlstats_Players_History)) AS shown`
  const given: Case = { option: 'TimeZone', values: {}, lines: [KILL, stats], shown }
  const server = { TimeZone: 'UTC' }
  expect(await play({ TimeZone: 'Pacific/Kiritimati' }, 'global', given, server)).toBe(
    '2026-01-03 00:00:04 2026-01-03 00:00:05 2026-01-03',
  )
})
