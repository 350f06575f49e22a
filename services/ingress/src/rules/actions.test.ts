import { describe, expect, it } from 'vitest'
import { type LogText, openSettings, playLog, stamped } from '../play-log-of-test.ts'
import type { ActionRule, ServerSettings } from './server-settings.ts'
import type { DraftEvent, DraftOf } from './turn.ts'

const AL = 'Al<2><STEAM_1:0:111><Red>'
const BO = 'Bo<3><STEAM_1:0:222><Blue>'
const CY = 'Cy<4><STEAM_1:0:333><Red>'

const rule = (changes: Partial<ActionRule>): ActionRule => ({
  rewardTeam: 0,
  team: '',
  forPlayer: false,
  forPlayerPlayer: false,
  forTeam: false,
  forWorld: false,
  ...changes,
})
const catalogue = (rules: Record<string, Partial<ActionRule>>) =>
  new Map(Object.entries(rules).map(([code, changes]) => [code, rule(changes)]))
const play = (texts: readonly LogText[], changes: Partial<ServerSettings> = {}) =>
  playLog(stamped(texts), openSettings({ family: 'tf', ...changes }))

type ActionType = 'ACTION_PLAYER' | 'ACTION_PLAYER_PLAYER' | 'ACTION_TEAM' | 'ACTION_WORLD'
const isAction = (draft: DraftEvent): draft is DraftOf<ActionType> & DraftEvent =>
  draft.eventType.startsWith('ACTION_')
const actions = (events: readonly DraftEvent[]) =>
  events.filter(isAction).map(({ eventType, data }) => `${eventType} ${data.action}`)
const members = (events: readonly DraftEvent[]) =>
  events.filter(isAction).map(({ data }) => data.members?.map(({ uniqueId }) => uniqueId))

describe('codes of actions', () => {
  const code = (text: string, changes: Partial<ServerSettings> = {}) => actions(play([text], changes)).at(-1)
  it.each([
    ['tf', `"${AL}" triggered "builtobject" (object "OBJ_SENTRYGUN")`, 'builtobject_obj_sentrygun'],
    ['tf', `"${AL}" triggered "flagevent" (event "picked up")`, 'flagevent_picked_up'],
    ['tf', `"${AL}" triggered "captureblocked" (cp "0")`, 'captureblocked'],
    ['ns', `"${AL}" triggered "structure_built" (type "team_armory")`, 'structure_built_team_armory'],
    ['tfc', `"${AL}" triggered "Dispenser_Destroyed"`, undefined],
    ['cstrike', `"${AL}" triggered "Planted_The_Bomb"`, 'Planted_The_Bomb'],
  ])('%s: %s', (family, text, expected) => {
    expect(code(text, { family })).toBe(expected && `ACTION_PLAYER ${expected}`)
  })

  it.each([
    ['STEAM_1:0:111', 'own'],
    ['[U:1:222]', 'own'],
    ['STEAM_1:0:999', 'foreign'],
  ])('a building of %s is the %s one', (id, whose) => {
    const texts = [
      `"${AL}" triggered "builtobject" (object "OBJ_DISPENSER")`,
      `"${AL}" triggered "killedobject" (object "OBJ_DISPENSER") (objectowner "Al<2><${id}><Red>")`,
    ]
    const owner = whose === 'own' ? 'owner_' : ''
    expect(actions(play(texts)).at(-1)).toBe(`ACTION_PLAYER ${owner}killedobject_obj_dispenser`)
  })

  it('a building torn down two minutes after it was built has been moved', () => {
    const built = `"${AL}" triggered "builtobject" (object "OBJ_SENTRYGUN")`
    const torn = `"${AL}" triggered "killedobject" (object "OBJ_SENTRYGUN") (objectowner "${AL}")`
    expect(
      actions(
        play([
          [10, built],
          [130, torn],
        ]),
      ),
    ).toHaveLength(2)
    expect(
      actions(
        play([
          [10, built],
          [131, torn],
        ]),
      ),
    ).toHaveLength(1)
  })

  it('a flag dropped right after the other side defended it was dropped by dying, once', () => {
    const defended = `"${BO}" triggered "flagevent" (event "defended")`
    const dropped = `"${AL}" triggered "flagevent" (event "dropped")`
    const codes = actions(
      play([
        [10, defended],
        [11, dropped],
        [11, dropped],
        [13, dropped],
      ]),
    )
    expect(codes.slice(1)).toEqual([
      'ACTION_PLAYER flagevent_dropped_death',
      'ACTION_PLAYER flagevent_dropped',
      'ACTION_PLAYER flagevent_dropped',
    ])
  })
})

describe('actions against somebody', () => {
  const assist = `"${AL}" triggered "kill assist" against "${BO}"`
  it('are an action of the player too, where the catalogue lists it, under the code of a medic', () => {
    const listed = { actions: catalogue({ kill_assist_medic: { forPlayer: true } }) }
    const texts = [`"${AL}" changed role to "medic"`, assist]
    expect(actions(play(texts, listed))).toEqual([
      'ACTION_PLAYER_PLAYER kill assist',
      'ACTION_PLAYER kill_assist_medic',
    ])
    expect(actions(play(texts))).toEqual(['ACTION_PLAYER_PLAYER kill assist'])
  })

  it('are an assist when they assist a kill', () => {
    const assists = play([assist]).filter(({ eventType }) => eventType === 'PLAYER_ASSIST')
    expect(assists).toMatchObject([{ counted: true, data: { flash: false, victim: { uniqueId: '0:222' } } }])
  })

  it('tell of the charged medic whom a medic death was', () => {
    const listed = { actions: catalogue({ killed_charged_medic: { forPlayer: true } }) }
    const death = (charge: number) =>
      `"${AL}" triggered "medic_death" against "${BO}" (healing "100") (ubercharge "${charge}")`
    expect(actions(play([death(1)], listed))).toContain('ACTION_PLAYER killed_charged_medic')
    expect(actions(play([death(0)], listed))).not.toContain('ACTION_PLAYER killed_charged_medic')
  })
})

describe('members of a rewarded team', () => {
  const there = [`"${AL}" say "hi"`, `"${BO}" say "hi"`, `"${CY}" say "hi"`]
  const captured = `"${AL}" triggered "flagevent" (event "captured")`
  const rewarded = catalogue({ flagevent_captured: { forPlayer: true, rewardTeam: 1 } })

  it("are those of the actor's team, or of the team that the catalogue names", () => {
    expect(members(play([...there, captured], { actions: rewarded }))).toEqual([['0:111', '0:333']])
    const named = catalogue({ flagevent_captured: { forPlayer: true, rewardTeam: 1, team: 'Blue' } })
    expect(members(play([...there, captured], { actions: named }))).toEqual([['0:222']])
  })

  it('are left out where nothing is paid to a team, and are there for bonus points', () => {
    const unpaid = catalogue({ flagevent_captured: { forPlayer: true } })
    expect(members(play([...there, captured], { actions: unpaid }))).toEqual([undefined])
    const events = play([...there, `${captured} (hlx_team_bonuspoints "3")`], { actions: unpaid })
    expect(members(events)).toEqual([['0:111', '0:333']])
    expect(events.at(-1)?.data).toMatchObject({ teamBonus: 3 })
  })

  it('were there before the line, and are no bots where bots are ignored', () => {
    const texts = [`"${CY}" say "hi"`, '"Botty<5><BOT><Red>" say "beep"', captured]
    expect(members(play(texts, { actions: rewarded, ignoreBots: true }))).toEqual([['0:333']])
  })

  it("of the map's own action are paid too", () => {
    const ofMap = catalogue({ ctf_2fort_flagevent_captured: { forPlayer: true, rewardTeam: 1 } })
    const texts = ['Loading map "ctf_2fort"', ...there, captured]
    expect(members(play(texts, { actions: ofMap }))).toEqual([['0:111', '0:333']])
  })

  it('of a capture get it from the team line; each capturer gets his own action', () => {
    const pointcaptured = catalogue({ pointcaptured: { forPlayer: true, forTeam: true, rewardTeam: 2 } })
    const line = `Team "Red" triggered "pointcaptured" (cp "0") (cpname "x") (numcappers "2") (player1 "${AL}") (position1 "1 2 3") (player2 "Di<6><STEAM_1:0:444><Red>") (position2 "4 5 6")`
    const events = play([...there, line], { actions: pointcaptured })
    expect(actions(events)).toEqual([
      'ACTION_PLAYER pointcaptured',
      'ACTION_PLAYER pointcaptured',
      'ACTION_TEAM pointcaptured',
    ])
    expect(members(events)).toEqual([undefined, undefined, ['0:111', '0:333']])
  })
})

describe('rounds', () => {
  const kill = `"${AL}" killed "${BO}" with "scattergun"`
  const counted = (events: readonly DraftEvent[]) =>
    events.filter(({ eventType }) => eventType === 'PLAYER_KILL').map((event) => event.counted)

  it('do not score between their end and the next start, where that is ignored', () => {
    const texts: LogText[] = [
      kill,
      'World triggered "Round_Win" (winner "Red")',
      kill,
      'World triggered "Round_Start"',
      kill,
    ]
    expect(counted(play(texts, { bonusRoundIgnore: true }))).toEqual([true, 'bonusRound', true])
    expect(counted(play(texts))).toEqual([true, true, true])
  })

  it('score again when the bonus time is over', () => {
    const texts: LogText[] = [
      [10, 'World triggered "Round_Win" (winner "Red")'],
      [30, kill],
      [31, kill],
    ]
    const settings = { bonusRoundIgnore: true, bonusRoundSeconds: 20 }
    expect(counted(play(texts, settings))).toEqual(['bonusRound', true])
  })

  it('end with a winner, who gets the action of his team', () => {
    const listed = { actions: catalogue({ Round_Win: { forTeam: true, rewardTeam: 10 } }) }
    const events = play([`"${AL}" say "hi"`, 'World triggered "Round_Win" (winner "Red")'], listed)
    expect(events.slice(2)).toMatchObject([
      { eventType: 'ACTION_WORLD' },
      { eventType: 'ROUND_END', data: { action: 'Round_Win', winner: 'Red' } },
      { eventType: 'ACTION_TEAM', data: { team: 'Red', members: [{ uniqueId: '0:111' }] } },
    ])
  })

  it('pay the first winner only', () => {
    const listed = { actions: catalogue({ SFUI_Notice_Bomb_Defused: { forTeam: true, rewardTeam: 5 } }) }
    const texts: LogText[] = [
      '"Al<2><STEAM_1:0:111><CT>" say "hi"',
      'Team "CT" triggered "SFUI_Notice_Bomb_Defused" (CT "1") (T "0")',
      'Team "CT" triggered "SFUI_Notice_Bomb_Defused" (CT "1") (T "0")',
      'World triggered "Round_Start"',
      'Team "CT" triggered "SFUI_Notice_Bomb_Defused" (CT "2") (T "0")',
    ]
    const events = play(texts, { family: 'csgo', ...listed })
    expect(members(events.filter(({ eventType }) => eventType === 'ACTION_TEAM'))).toEqual([
      ['0:111'],
      undefined,
      ['0:111'],
    ])
    expect(events.filter(({ eventType }) => eventType === 'ROUND_END')).toHaveLength(2)
  })
})

describe('chat', () => {
  it.each([
    ['rank', true],
    ['/RANK', true],
    ['top10', true],
    ['top100', false],
    ['hlx_set realname Al', true],
    ['take it', true],
    ['bring me an awp', false],
    ['bring an awp', true],
    ['rank 5', false],
    ['good game', false],
  ])('"%s" is a command: %s', (message, command) => {
    expect(play([`"${AL}" say "${message}"`]).at(-1)?.data).toMatchObject({ message, command })
  })

  it('of a bot does not count, whether bots are ignored or not', () => {
    expect(play(['"Botty<5><BOT><Red>" say "beep"']).at(-1)?.counted).toBe('bot')
  })
})
