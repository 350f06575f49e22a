import { corpusGame, corpusLog, runModules, type TestDatabase, testDatabase } from '@hlstats/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { matchModules } from '../services/match/src/service.ts'
import { eventsOf } from './parity/replay.ts'
import { configureServer } from './parity/run.ts'

const LOGS = [
  'SeatloN+cs2-log/0f870999-5f60-4259-7837-08de566fc039.log',
  'janstuemmel+csgo-log/example.log',
  'Zeikko+csgo_log_simulator/csgo2.log',
  'rahulrahaman+cslogs/18thJuly/L0718022.txt',
  'rahulrahaman+cslogs/7thJune/L0607006.log',
] as const
const TF2_LOG = 'Arie+tf2_line_parser/broder_vs_epsilon.log'
const AVAILABLE = LOGS.filter((path) => corpusLog(path) !== undefined)
const CS2_LOG = AVAILABLE.find((path) => path.startsWith('SeatloN'))

const RESET =
  /: (?:World triggered "(?:Match_Start|Game_Commencing|Warmup_Start|Restart_Round_|Game_Over)|Loading map "|Game Over: )/
const SCORES = [
  /MatchStatus: Score: (?<ct>\d+):(?<t>\d+) /,
  /triggered "[^"]+" \(CT "(?<ct>\d+)"\) \(T "(?<t>\d+)"\)/,
  /Game Over: .* score (?<ct>\d+):(?<t>\d+) after/,
  /Team "CT" scored "(?<ct>\d+)"/,
  /Team "TERRORIST" scored "(?<t>\d+)"/,
]

/** The last score before each line that begins another: what the log itself says was played, 0:0 left out. */
function scoresIn(log: readonly string[]): string[] {
  const found: string[] = []
  let score = { ct: 0, t: 0 }
  let playing = false
  const close = () => {
    if (score.ct + score.t > 0) found.push(`${score.ct}:${score.t}`)
    score = { ct: 0, t: 0 }
    playing = false
  }
  for (const line of log) {
    // A restart shows the old score once more, behind the line that ends it.
    if (/triggered "Round_Start"/.test(line)) playing = true
    const groups = SCORES.map((form) => form.exec(line)?.groups).find((match) => match !== undefined)
    if (groups !== undefined && playing) {
      score = { ct: Number(groups.ct ?? score.ct), t: Number(groups.t ?? score.t) }
    }
    if (RESET.test(line)) close()
  }
  close()
  return found
}

describe('the matches of real logs (skipped where ../shared/corpus is missing)', () => {
  let test: TestDatabase

  beforeAll(async () => {
    test = await testDatabase()
  })

  afterAll(() => test.drop())

  async function play(path: string): Promise<string[]> {
    await test.database.execute('DELETE FROM hlstats_Servers', [])
    for (const name of ['Matches', 'Match_Teams', 'Match_Players', 'Rounds', 'Server_State']) {
      await test.database.execute(`DELETE FROM hlstats_${name}`, [])
    }
    const settings = { MinPlayers: 0, IgnoreBots: 0, server: {} }
    await configureServer(test.database, { log: path, game: corpusGame(path), settings, sections: {} })
    const lines = (corpusLog(path) ?? Buffer.alloc(0)).toString('utf8').split('\n')
    const events = await eventsOf(test.database, lines)
    const modules = await runModules(test.database, matchModules)
    // Small batches: most matches begin, change and end in different ones, as in different replicas.
    for (let start = 0; start < events.length; start += 200)
      await modules.apply(events.slice(start, start + 200))
    return lines
  }

  it.each(AVAILABLE)('have the scores that their own lines show: %s', async (path) => {
    const lines = await play(path)
    const rows = await test.database.query<{ score: string }>(
      `SELECT CONCAT(COALESCE(SUM(CASE WHEN t.team = 'CT' THEN t.score END), 0), ':',
                     COALESCE(SUM(CASE WHEN t.team = 'TERRORIST' THEN t.score END), 0)) AS score
         FROM hlstats_Matches m JOIN hlstats_Match_Teams t ON t.server_id = m.server_id AND t.match_number = m.number
        WHERE t.team IN ('CT', 'TERRORIST') GROUP BY m.number ORDER BY m.number`,
    )
    const scores = rows.map(({ score }) => score).filter((score) => score !== '0:0')
    expect(scores).toEqual(scoresIn(lines))
    expect(scores.length).toBeGreaterThan(0)
  })

  it.skipIf(CS2_LOG === undefined)('show what the JSON of CS2 shows for each player', async () => {
    const lines = await play(CS2_LOG ?? '')
    const last = lines.findLastIndex((line) => /"round_number" : "(?!1")/.test(line))
    const block = lines.slice(
      last,
      lines.findIndex((line, at) => at > last && line.includes('JSON_END')),
    )
    const columns = cellsOf(block.find((line) => line.includes('"fields"')) ?? '')
    const shown = block
      .filter((line) => line.includes('"player_'))
      .map((line) => {
        const cells = cellsOf(line)
        const cell = (name: string) => Number(cells[columns.indexOf(name)])
        const account = cell('accountid')
        return [`${account % 2}:${Math.floor(account / 2)}`, cell('mvp'), Math.round(cell('dmg'))] as const
      })
      .filter(([id]) => id !== '0:0')
    const rows = await test.database.query<{ id: string; mvps: number; damage: number }>(
      `SELECT u.uniqueId AS id, p.mvps, p.damage FROM hlstats_Match_Players p
         JOIN hlstats_PlayerUniqueIds u ON u.playerId = p.player_id
        WHERE p.match_number = (SELECT MAX(number) FROM hlstats_Matches WHERE finished = 1)`,
    )
    const known = rows.map(({ id, mvps, damage }) => `${id} ${mvps} ${Number(damage)}`)
    expect(shown.length).toBeGreaterThan(8)
    expect(known).toEqual(expect.arrayContaining(shown.map((row) => row.join(' '))))
  })

  it.skipIf(corpusLog(TF2_LOG) === undefined)('of other games have the score of their teams', async () => {
    const lines = await play(TF2_LOG)
    const final = lines.flatMap(
      (line) => /Team "(\w+)" final score "(\d+)"/.exec(line)?.slice(1, 3).join(' ') ?? [],
    )
    const rows = await test.database.query<{ row: string }>(
      `SELECT CONCAT(t.team, ' ', t.score) AS row FROM hlstats_Match_Teams t
         JOIN hlstats_Matches m ON m.server_id = t.server_id AND m.number = t.match_number WHERE m.finished = 1`,
    )
    expect(final.length).toBe(2)
    expect(rows.map(({ row }) => row).sort()).toEqual(final.sort())
  })
})

function cellsOf(line: string): string[] {
  const row = /:\s*"([^"]*)",?\s*$/.exec(line.trim())?.[1] ?? ''
  return row.split(',').map((cell) => cell.trim())
}
