import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assertEvent, CATEGORY_OF, eventIdOf, type GameEvent, MESSAGE_VERSION } from '@hlstats/events'
import { decodeLines } from '@hlstats/game-logs'
import { corpusLog, goldenResult, repositoryRoot } from '@hlstats/testkit'
import { describe, expect, it } from 'vitest'
import {
  type Differences,
  differencesInWords,
  differencesOf,
  type GoldenRow,
  tablesOfEvents,
  tablesOfGolden,
} from './golden-tables-of-test.ts'
import { knownServers } from './known-server.ts'
import { playLog } from './play-log-of-test.ts'
import type { ServerSettings } from './rules/server-settings.ts'
import type { DraftEvent } from './rules/turn.ts'
import type { ServerCatalogue } from './server.repository.ts'

/** What the Perl daemon of HLstatsX:CE counted for one log. */
interface Golden {
  readonly game: string
  readonly settings: { readonly MinPlayers: number; readonly IgnoreBots: number; readonly server: GoldenRow }
  readonly tables: Readonly<Record<string, readonly GoldenRow[]>>
}

/** Differences that are meant, and why: decisions of docs/parity.md. Any other one fails. */
interface Exception {
  readonly differences: Differences
  readonly because: readonly string[]
}

const SWITCHED =
  'team-switch-lines: a CS:GO or CS2 team change counts at its own line, the daemon waits for a later token'
const HLTV = 'hltv-is-no-player: an HLTV proxy is no player'
const OWN_BUILDING =
  "owner-by-any-id: with ids like [U:1:n] the daemon takes the own building for somebody else's"
const GLUED =
  'lines-that-ran-together: of lines glued into one the daemon takes the player of the first for the killer of the second'
const ONE_ID =
  'one-id-one-player: all players of this anonymised log have one id; whom the daemon disconnects depends on a hash'
const IDLE = 'silent-players: the daemon looks for idle players at random times, and on import among bots too'
const ONE_BAD_ROW =
  'no-row-is-lost-with-another: a chat row that is no UTF-8 costs the daemon all rows of its insert'

const NONE: Exception = { differences: {}, because: [] }
const LOGS: Readonly<Record<string, Exception>> = {
  'Arie+serveme/special_characters.log': {
    differences: { chat: [7, 11] },
    because: [ONE_BAD_ROW],
  },
  'Arie+tf2_line_parser/broder_vs_epsilon.log': NONE,
  'BenLubar+csgo-log-stuff/20140213/L000_000_000_000_27015_201402121109_001.log': {
    differences: { teamBonuses: [9, -1] },
    because: [SWITCHED],
  },
  'BenLubar+csgo-log-stuff/20140216/L000_000_000_000_27015_201402161857_001.log': NONE,
  'BenLubar+l4d2-stats/L127_000_001_001_27018_201305091643_001.log': {
    differences: { disconnects: [1, 1], changeRole: [1, 1] },
    because: [GLUED],
  },
  'BenLubar+l4d2-stats/L127_000_001_001_27018_201305091806_001.log': {
    differences: {
      frags: [5, 0],
      kills: [3, 0],
      headshots: [2, 0],
      playerActions: [2, 0],
      disconnects: [1, 1],
      changeRole: [1, 1],
    },
    because: [GLUED],
  },
  'BenLubar+l4d2-stats/L127_000_001_001_27021_201305091909_001.log': {
    differences: { frags: [4, 0], kills: [4, 0], disconnects: [1, 1] },
    because: [GLUED],
  },
  'JonnyPower+hlds_logs/test_sample.part1.log': {
    differences: { frags: [2, -2], deaths: [1, -2], disconnects: [1, -2] },
    because: [ONE_ID],
  },
  'SeatloN+cs2-log/0f870999-5f60-4259-7837-08de566fc039.log': {
    differences: { changeTeam: [2, 2] },
    because: [SWITCHED],
  },
  'TheBv+logstf-parser/log_3045614.log': NONE,
  'TheBv+logstf-parser/log_hl.log': {
    differences: { playerActions: [6, -6] },
    because: [OWN_BUILDING],
  },
  'Zeikko+csgo_log_simulator/csgo-log': {
    differences: { changeTeam: [4, 9] },
    because: [SWITCHED],
  },
  'Zeikko+csgo_log_simulator/csgo2.log': {
    differences: { disconnects: [7, -7], changeTeam: [1, 2], teamBonuses: [2, 0] },
    because: [SWITCHED, IDLE],
  },
  'afraznein+KTPInfrastructure/corpus__match-skill3.log': {
    differences: { teamBonuses: [20, 46] },
    because: [IDLE],
  },
  'afraznein+KTPInfrastructure/corpus__match-skill7.log': {
    differences: { teamBonuses: [14, 33] },
    because: [IDLE],
  },
  'afraznein+KTPInfrastructure/fixtures__regression-2026-08-13-run4-position5s__game.log': {
    differences: { teamBonuses: [2, 2] },
    because: [IDLE],
  },
  'afraznein+KTPInfrastructure/lan-log-events.day1.tsv': {
    differences: { changeTeam: [1, -1], teamBonuses: [44, -67] },
    because: [IDLE],
  },
  'bananahampster+hampalyzer/L0522000.log': {
    differences: { players: [1, -1], entries: [1, -1], changeTeam: [1, -2] },
    because: [HLTV],
  },
  'bananahampster+hampalyzer/L0522001.log': {
    differences: { players: [1, -1], entries: [1, -1], changeTeam: [1, -2] },
    because: [HLTV],
  },
  'barncow+tf2logparser/full_kothviaduct.log': NONE,
  'barncow+tf2logparser/full_withGarbageAtEnd.log': NONE,
  'fernandolkf+tf2log_analyzer/log_988034.log': {
    differences: { playerActions: [6, -6] },
    because: [OWN_BUILDING],
  },
  'icewind1991+tf-log-parser/log_bball.log': NONE,
  'janstuemmel+csgo-log/example.log': {
    differences: { changeTeam: [1, 1] },
    because: [SWITCHED],
  },
  'noueii+nocs-log-saver/http_raw_logs.partA.log': {
    differences: { changeTeam: [5, 14], teamBonuses: [3, 0] },
    because: [SWITCHED],
  },
  'rahulrahaman+cslogs/31stMay/1. AmraPPGvsBlackMamba.txt': NONE,
  'rahulrahaman+cslogs/31stMay/2. LastChanceUvsATeam.txt': NONE,
  'rahulrahaman+cslogs/31stMay/3. LastChanceVsBlackMamba.txt': NONE,
  'rahulrahaman+cslogs/31stMay/4. AmraPPGVsATeam.txt': NONE,
  'rahulrahaman+cslogs/31stMay/5. AmraPPGvsLastChanceU.txt': NONE,
  'rahulrahaman+cslogs/7thJune/L0607006.log': {
    differences: { teamBonuses: [2, -2] },
    because: [IDLE],
  },
}

describe.skipIf(goldenResult('Arie+serveme/special_characters.log') === undefined)(
  'events of real logs, against what the daemon of HLstatsX:CE counted (skipped where ../shared is missing)',
  () => {
    it.each(Object.entries(LOGS))('%s', (path, expected) => {
      const golden = goldenOf(path)
      const settings = settingsOf(golden)
      const ours = tablesOfEvents(readLog(path, settings), settings.actions)
      const legacy = tablesOfGolden(golden.tables)
      expect(differencesOf(ours, legacy), differencesInWords(ours, legacy)).toEqual(expected.differences)
    })

    it.each(Object.keys(LOGS))('makes nothing but valid events: %s', (path) => {
      const drafts = readLog(path, settingsOf(goldenOf(path)))
      for (const [index, draft] of drafts.entries()) assertEvent(numbered(draft, index + 1))
    })

    it.each(Object.keys(LOGS))('gives the same events when ingress is killed again and again: %s', (path) => {
      const settings = settingsOf(goldenOf(path))
      expect(readLog(path, settings, 7)).toEqual(readLog(path, settings))
    })
  },
)

function goldenOf(path: string): Golden {
  const found = goldenResult<Omit<Golden, 'tables'> & Golden['tables']>(path)
  if (found === undefined) throw new Error(`no golden result for ${path}`)
  return { game: found.game, settings: found.settings, tables: found }
}

/** The seed data's catalogue and the daemon's options, as ingress reads them from the database. */
function settingsOf({ game, settings }: Golden): ServerSettings {
  const options = {
    ...settings.server,
    MinPlayers: settings.MinPlayers,
    IgnoreBots: settings.IgnoreBots,
    // On import the daemon's bonus round never begins.
    BonusRoundIgnore: 0,
  }
  const catalogue: ServerCatalogue = {
    servers: [{ serverId: 1, address: '127.0.0.1', port: 27_015, game, maxPlayers: 0 }],
    serverKeys: [],
    networks: [],
    serverOptions: Object.entries(options).map(([parameter, value]) => ({
      serverId: 1,
      parameter,
      value: String(value),
    })),
    options: new Map(),
    families: new Map(seed('games').map((row) => [String(row.code), String(row.realgame)])),
    actions: seed('actions').map((row) => ({
      game: String(row.game),
      code: String(row.code),
      rewardTeam: Number(row.reward_team),
      team: String(row.team),
      forPlayer: String(row.for_PlayerActions),
      forPlayerPlayer: String(row.for_PlayerPlayerActions),
      forTeam: String(row.for_TeamActions),
      forWorld: String(row.for_WorldActions),
    })),
  }
  const known = knownServers(catalogue).get('127.0.0.1:27015')
  if (known === undefined) throw new Error('the server of the catalogue is not known')
  return known.settings
}

function seed(name: string): GoldenRow[] {
  const file = join(repositoryRoot, 'prisma/seed', `${name}.json`)
  const { columns, rows } = JSON.parse(readFileSync(file, 'utf8')) as {
    columns: string[]
    rows: (string | number)[][]
  }
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? ''])))
}

function readLog(path: string, settings: ServerSettings, restartEvery?: number): DraftEvent[] {
  const log = corpusLog(path)
  if (log === undefined) throw new Error(`${path} is not in the corpus`)
  // One log is a table whose first column names the server, another has a NUL in front of each line.
  const texts = decodeLines(log).lines.map((text) => text.replace(/^\0+|^[^\s]+\t/, ''))
  return playLog(texts, settings, restartEvery)
}

function numbered(draft: DraftEvent, sequence: number): GameEvent {
  const stamp = '2026-01-02T10:00:00.000Z'
  const place = { stream: 's1', serverId: 1, sequence }
  const head = { version: MESSAGE_VERSION, timestamp: stamp, receivedAt: stamp, game: 'test' }
  const category = CATEGORY_OF[draft.eventType]
  return { ...head, ...place, eventId: eventIdOf(place), category, ...draft } as GameEvent
}
