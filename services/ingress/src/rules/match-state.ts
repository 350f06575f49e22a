import type { EventData } from '@hlstats/events'
import { jsonCells, jsonEntry, type LineOf, type Properties } from '@hlstats/game-logs'
import { everybody, setColumns } from './game-server.ts'
import { cut, LIMITS } from './limits.ts'
import { emit, refOf, type Turn } from './turn.ts'
import { count } from './weapons.ts'

type MatchState = EventData['MATCH_STATE']
type Phase = NonNullable<MatchState['phase']>

/** What the world says of a match's phases; `Restart_Round_(1_second)` and its like come with any number of seconds. */
const PHASES: ReadonlyMap<string, Phase> = new Map([
  ['Match_Start', 'start'],
  ['Game_Commencing', 'start'],
  ['Warmup_Start', 'warmup'],
  ['Warmup_End', 'live'],
  ['Game_Over', 'over'],
])
const RESTART = /^Restart_Round_\(/

const CT = 'CT'
const TERRORIST = 'TERRORIST'
/** The teams of Counter-Strike as its lines about scores and its JSON blocks call them. */
const SIDES: Readonly<Record<string, string>> = { CT, T: TERRORIST, score_ct: CT, score_t: TERRORIST }

/** Events of Get5 that say which match is played; all others repeat it. */
const MATCH_BEGINS = new Set(['series_start', 'going_live'])
const MATCH_ENDS = 'series_end'
const EVENT = /"event"\s*:\s*"([^"]*)"/
const MATCH_ID = /"matchid"\s*:\s*(?:"([^"]*)"|(\d+))/
const KTP_MATCH_ID = /^MATCH_(START|END) .*\(matchid "([^"]*)"\)/

export function showPhase(turn: Turn, action: string): void {
  const phase = PHASES.get(action) ?? (RESTART.test(action) ? 'start' : undefined)
  if (phase !== undefined) say(turn, { phase })
}

/** `(CT "3") (T "0")` behind whatever ended a round. */
export function showScores(turn: Turn, properties: Properties): void {
  const scores = ['CT', 'T'].flatMap((key) => scoreOf(key, properties[key]))
  if (scores.length > 0) say(turn, { scores })
}

export function handleTeamScore(turn: Turn, { team, phase, score }: LineOf<'teamScore'>): void {
  if (team === '') return
  const scores = [{ team: cut(team, LIMITS.team), score: count(score) }]
  say(turn, { scores, ...(phase === 'final' ? { final: true } : {}) })
}

export function handleTeamName(turn: Turn, { team, name }: LineOf<'teamName'>): void {
  if (team !== '') say(turn, { names: [{ team: cut(team, LIMITS.team), name: cut(name, LIMITS.name) }] })
}

export function handleMatchStatus(turn: Turn, line: LineOf<'matchStatus'>): void {
  // Before the first round that counts, CS2 says that -1 have been played.
  say(turn, { phase: line.roundsPlayed < 0 ? 'warmup' : 'live', scores: scoresOf(line) })
}

export function handleGameOver(turn: Turn, line: LineOf<'gameOver'>): void {
  say(turn, { phase: 'over', scores: scoresOf(line) })
}

/** The id under which a match plugin keeps the match. */
export function handleMatchMarker(turn: Turn, { plugin, text }: LineOf<'matchMarker'>): void {
  const externalId = plugin === 'KTP' ? ktpMatch(text) : pluginMatch(text)
  if (externalId !== undefined) say(turn, { externalId: cut(externalId, LIMITS.id) })
}

/** CS2 shows scores and players at the start of each round in a block of JSON, with a log line for each of them. */
export function handleJsonPart(turn: Turn, { text }: LineOf<'jsonPart'>): void {
  const entry = jsonEntry(text)
  if (entry === undefined) return
  const { key, value } = entry
  if (key === 'fields') setColumns(turn.server, jsonCells(value))
  // Said before the scores, which are 0 then: those of the match before must not become 0.
  else if (key === 'round_number' && value === '1') say(turn, { phase: 'start' })
  else if (key === 'score_ct' || key === 'score_t') say(turn, { scores: scoreOf(key, value) })
  else if (key.startsWith('player_')) showPlayer(turn, jsonCells(value))
}

function showPlayer(turn: Turn, cells: readonly string[]): void {
  const cell = (column: string) => Number(cells[turn.server.columns.indexOf(column)] ?? '')
  const account = cell('accountid')
  // Bots have the account 0.
  if (!(account > 0)) return
  const uniqueId = `${account % 2}:${Math.floor(account / 2)}`
  const entry = everybody(turn.server).find((known) => known.uniqueId === uniqueId)
  if (entry === undefined) return
  emit(turn, 'MATCH_PLAYER', {
    player: refOf(entry),
    mvps: count(cell('mvp')),
    damage: count(cell('dmg')),
    utilityDamage: count(cell('ud')),
    enemiesFlashed: count(cell('ef')),
  })
}

function ktpMatch(text: string): string | undefined {
  const [, edge, id] = KTP_MATCH_ID.exec(text) ?? []
  return edge === 'END' ? '' : id
}

function pluginMatch(text: string): string | undefined {
  const event = EVENT.exec(text)?.[1] ?? ''
  if (event === MATCH_ENDS) return ''
  if (!MATCH_BEGINS.has(event)) return undefined
  const [, quoted, number] = MATCH_ID.exec(text) ?? []
  return quoted ?? number
}

function scoresOf({ scoreCt, scoreT }: { readonly scoreCt: number; readonly scoreT: number }) {
  return [
    { team: CT, score: count(scoreCt) },
    { team: TERRORIST, score: count(scoreT) },
  ]
}

function scoreOf(key: string, value: string | undefined): { team: string; score: number }[] {
  const team = SIDES[key]
  const score = value === undefined ? Number.NaN : Number.parseInt(value, 10)
  return team === undefined || Number.isNaN(score) ? [] : [{ team, score: count(score) }]
}

function say(turn: Turn, state: MatchState): void {
  emit(turn, 'MATCH_STATE', state)
}
