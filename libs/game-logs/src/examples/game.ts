import { BLU, blu, type Examples, RED, red } from './example.ts'

type GameKind =
  | 'worldAction'
  | 'teamAction'
  | 'teamScore'
  | 'teamName'
  | 'teamAlliance'
  | 'matchStatus'
  | 'gameOver'
  | 'accolade'
  | 'matchFlow'
  | 'matchMarker'

export const GAME: Examples<GameKind> = {
  worldAction: [
    { line: 'World triggered "Round_Start"', is: { action: 'Round_Start', map: '', properties: {} } },
    { line: 'World triggered "Match_Start" on "de_dust2"', is: { action: 'Match_Start', map: 'de_dust2' } },
    { line: 'World triggered "Round_Win" (winner "Red")', is: { properties: { winner: 'Red' } } },
    {
      line: 'World triggered "Game_Over" reason "Reached Win Limit"',
      is: { properties: { reason: 'Reached Win Limit' } },
    },
    { line: 'World triggered "Restart_Round_(1_second)', is: { action: 'Restart_Round_(1_second)' } },
  ],
  teamAction: [
    {
      line: 'Team "CT" triggered "SFUI_Notice_CTs_Win" (CT "3") (T "0")',
      is: { team: 'CT', action: 'SFUI_Notice_CTs_Win', players: [], properties: { CT: '3', T: '0' } },
    },
    {
      line: `Team "Red" triggered "pointcaptured" (cp "2") (cpname "#cp_mid") (numcappers "2") (player1 ${RED}) (position1 "1 2 3") (player2 ${BLU}) (position2 "4 5 6") `,
      is: {
        players: [
          { player: red, position: { x: 1, y: 2, z: 3 } },
          { player: blu, position: { x: 4, y: 5, z: 6 } },
        ],
      },
    },
    { line: 'Team "Axis" triggered a "dod_capture_area" - "Town"', is: { article: true, detail: 'Town' } },
    {
      line: 'Team "RED" triggered "Intermission_Win_Limit" due to mp_windifference',
      is: { action: 'Intermission_Win_Limit', detail: 'mp_windifference' },
    },
  ],
  teamScore: [
    {
      line: 'Team "CT" scored "3" with "5" players',
      is: { team: 'CT', phase: 'scored', score: 3, playerCount: 5 },
    },
    { line: 'Team "Red" current score "1" with "6" players', is: { phase: 'current' } },
    { line: 'Team "Red" final score "4" with "6" players', is: { phase: 'final' } },
    { line: '"Allies" scored "15" with "8" players', is: { team: 'Allies', score: 15, playerCount: 8 } },
  ],
  teamName: [
    { line: 'Team playing "CT": The Winners', is: { team: 'CT', name: 'The Winners' } },
    { line: 'MatchStatus: Team playing "TERRORIST": Others', is: { team: 'TERRORIST', name: 'Others' } },
    { line: 'MatchStatus: Team "CT" is unset.', is: { team: 'CT', name: '' } },
  ],
  teamAlliance: [{ line: 'Team "1" formed alliance with team "3"', is: { team: '1', ally: '3' } }],
  matchStatus: [
    {
      line: 'MatchStatus: Score: 3:2 on map "de_inferno" RoundsPlayed: 5',
      is: { scoreCt: 3, scoreT: 2, map: 'de_inferno', roundsPlayed: 5 },
    },
    { line: 'MatchStatus: Score: 0:0 on map "de_inferno" RoundsPlayed: -1', is: { roundsPlayed: -1 } },
  ],
  gameOver: [
    {
      line: 'Game Over: competitive mg_de_cache de_cache score 16:1 after 21 min',
      is: {
        mode: 'competitive',
        mapGroup: 'mg_de_cache',
        map: 'de_cache',
        scoreCt: 16,
        scoreT: 1,
        minutes: 21,
      },
    },
    {
      line: 'Game Over: competitive  de_dust2 score 17:19 after 49 min',
      is: { mode: 'competitive', mapGroup: '', map: 'de_dust2' },
    },
  ],
  accolade: [
    {
      line: 'ACCOLADE, FINAL: {pistolkills},\tIce <3>,\tVALUE: 99,\t<4>,\tVALUE: 5.000000,\tPOS: 1,\tSCORE: 8.095239',
      is: {
        phase: 'FINAL',
        accolade: 'pistolkills',
        name: 'Ice <3>,\tVALUE: 99,\t',
        uid: 4,
        value: 5,
        position: 1,
      },
    },
  ],
  matchFlow: [
    { line: 'Starting Freeze period', is: { phase: 'freezePeriod', text: 'Starting Freeze period' } },
    { line: 'Match pause is enabled - mp_pause_match', is: { phase: 'paused' } },
    { line: 'Match pause is disabled - TimeOutTs', is: { phase: 'unpaused' } },
    { line: 'Tournament mode started', is: { phase: 'tournament' } },
    { line: 'Game reset complete.', is: { phase: 'reset' } },
  ],
  matchMarker: [
    { line: '[MatchZy] Match started', is: { plugin: 'MatchZy', text: 'Match started' } },
    { line: 'Get5Event: {"event":"going_live"}', is: { plugin: 'Get5', text: '{"event":"going_live"}' } },
    { line: 'get5_event: {"matchid": "7","event": "series_start"}', is: { plugin: 'Get5' } },
    { line: 'eBot triggered "Round_Spawn"', is: { plugin: 'eBot', text: '"Round_Spawn"' } },
    { line: 'KTP_MATCH_START (matchid "1") (map "dod_anzio")', is: { plugin: 'KTP' } },
  ],
}
