import { describe, expect, it } from 'vitest'
import { type LogText, openSettings, playLog, stamped } from '../play-log-of-test.ts'
import type { DraftEvent } from './turn.ts'

const AL = '"Al<2><[U:1:223]><CT>" say "hi"'
const play = (texts: readonly LogText[]) => playLog(stamped(texts), openSettings({ family: 'cs2' }))

function matchOf(texts: readonly LogText[]): DraftEvent['data'][] {
  return play(texts).flatMap(({ eventType, data }) => (eventType === 'MATCH_STATE' ? [data] : []))
}

const both = (ct: number, t: number) => ({
  scores: [
    { team: 'CT', score: ct },
    { team: 'TERRORIST', score: t },
  ],
})

describe('the score', () => {
  it('is read from every line that shows it', () => {
    expect(
      matchOf([
        'Team "CT" triggered "SFUI_Notice_CTs_Win" (CT "3") (T "1")',
        'World triggered "SFUI_Notice_Round_Draw" (CT "3") (T "1")',
        'Team "TERRORIST" scored "1" with "5" players',
        'Team "Red" current score "2" with "6" players',
        'Team "Red" final score "2" with "6" players',
        '"Allies" scored "15" with "8" players',
        'MatchStatus: Score: 3:1 on map "de_nuke" RoundsPlayed: 4',
        'Game Over: competitive mg_de_nuke de_nuke score 13:7 after 31 min',
        'Team "Blue" triggered "Round_Win" (CT "x")',
      ]),
    ).toEqual([
      both(3, 1),
      both(3, 1),
      { scores: [{ team: 'TERRORIST', score: 1 }] },
      { scores: [{ team: 'Red', score: 2 }] },
      { scores: [{ team: 'Red', score: 2 }], final: true },
      { scores: [{ team: 'Allies', score: 15 }] },
      { phase: 'live', ...both(3, 1) },
      { phase: 'over', ...both(13, 7) },
    ])
  })

  it('has a name for each team where the log has one', () => {
    expect(matchOf(['MatchStatus: Team playing "CT": Astralis', 'Team playing "TERRORIST": NaVi'])).toEqual([
      { names: [{ team: 'CT', name: 'Astralis' }] },
      { names: [{ team: 'TERRORIST', name: 'NaVi' }] },
    ])
  })
})

describe('a match', () => {
  it('starts, warms up, goes on and ends as the world says', () => {
    expect(
      matchOf([
        'World triggered "Warmup_Start"',
        'World triggered "Warmup_End"',
        'World triggered "Match_Start" on "de_nuke"',
        'World triggered "Game_Commencing"',
        'World triggered "Restart_Round_(3_seconds)"',
        'World triggered "Game_Over" reason "Reached Win Limit"',
        'World triggered "constructor"',
        'MatchStatus: Score: 0:0 on map "de_nuke" RoundsPlayed: -1',
      ]),
    ).toEqual([
      { phase: 'warmup' },
      { phase: 'live' },
      { phase: 'start' },
      { phase: 'start' },
      { phase: 'start' },
      { phase: 'over' },
      { phase: 'warmup', ...both(0, 0) },
    ])
  })

  it('has the id of the plugin that runs it', () => {
    expect(
      matchOf([
        'get5_event: {"matchid": "cup 7","params": {"map_number": 0},"event": "series_start"}',
        'Get5Event: {"event":"going_live","matchid":"27"}',
        'Get5Event: {"event":"player_say","matchid":"27"}',
        '[MatchZy] {"event":"going_live","matchid":28,"map_number":0}',
        'Get5Event: {"event":"series_end","matchid":"27"}',
        'KTP_MATCH_START (matchid "1785-KTP1") (map "dod_anzio") (half "1st half")',
        'KTP_HALF_END (matchid "1785-KTP1") (map "dod_anzio") (half "1st")',
        'KTP_MATCH_END (matchid "1785-KTP1") (map "dod_anzio")',
        '[MatchZy] Match started',
      ]),
    ).toEqual([
      { externalId: 'cup 7' },
      { externalId: '27' },
      { externalId: '28' },
      { externalId: '' },
      { externalId: '1785-KTP1' },
      { externalId: '' },
    ])
  })

  it("shows its players' sums from the block of JSON before each round, over a restart of ingress", () => {
    const texts = [
      AL,
      'JSON_BEGIN{',
      '"name": "round_stats",',
      '"round_number" : "4",',
      '"score_t" : "1",',
      '"score_ct" : "2",',
      '"fields" : "   accountid,  team,  kills,    dmg,    mvp,     ef,     ud"',
      '"players" : {',
      '"player_0" : "         0,     2,      9, 900.00,      3,      1,      9"',
      '"player_1" : "       223,     3,      5, 412.50,      2,      7,     33"',
      '"player_2" : "     99999,     3,      5, 412.50,      2,      7,     33"',
      '}}JSON_END',
    ]
    const found = playLog(stamped(texts), openSettings({ family: 'cs2' }), 1).slice(2)
    expect(found.map(({ eventType }) => eventType)).toEqual(['MATCH_STATE', 'MATCH_STATE', 'MATCH_PLAYER'])
    expect(found.map(({ data }) => data)).toMatchObject([
      { scores: [{ team: 'TERRORIST', score: 1 }] },
      { scores: [{ team: 'CT', score: 2 }] },
      {
        player: { uniqueId: '1:111', name: 'Al' },
        mvps: 2,
        damage: 413,
        utilityDamage: 33,
        enemiesFlashed: 7,
      },
    ])
  })

  it('begins again with the first round of a block', () => {
    expect(matchOf(['JSON_BEGIN{', '"round_number" : "1",', '"score_t" : "0",'])).toEqual([
      { phase: 'start' },
      { scores: [{ team: 'TERRORIST', score: 0 }] },
    ])
  })
})
