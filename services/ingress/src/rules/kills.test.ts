import { describe, expect, it } from 'vitest'
import { type LogText, openSettings, playLog, stamped } from '../play-log-of-test.ts'
import type { ServerSettings } from './server-settings.ts'
import type { DraftOf } from './turn.ts'

const AL = 'Al<2><STEAM_1:0:111><CT>'
const BO = 'Bo<3><STEAM_1:0:222><TERRORIST>'
const play = (texts: readonly LogText[], changes: Partial<ServerSettings> = {}) =>
  playLog(stamped(texts), openSettings(changes))

/** The kill or team kill of the last line. */
function killOf(texts: readonly LogText[], changes: Partial<ServerSettings> = {}) {
  const kills = play(texts, changes).filter(
    (draft): draft is DraftOf<'PLAYER_KILL'> | DraftOf<'PLAYER_TEAMKILL'> =>
      draft.eventType === 'PLAYER_KILL' || draft.eventType === 'PLAYER_TEAMKILL',
  )
  return kills.at(-1)
}

describe('a kill', () => {
  it('carries both players as they were, the weapon and what the line says about it', () => {
    const line = `"${AL}" [10 20 -30] killed "${BO}" [40 50 -60] with "ak47" (headshot penetrated) (throughsmoke)`
    expect(killOf([line], { family: 'csgo' })).toMatchObject({
      eventType: 'PLAYER_KILL',
      counted: true,
      playerCount: 2,
      data: {
        killer: { uniqueId: '0:111', team: 'CT' },
        victim: { uniqueId: '0:222', team: 'TERRORIST' },
        weapon: 'ak47',
        headshot: true,
        penetrated: true,
        throughSmoke: true,
        killerPosition: { x: 10, y: 20, z: -30 },
        victimPosition: { x: 40, y: 50, z: -60 },
      },
    })
  })

  const COMRADE = 'Cy<4><STEAM_1:0:333><CT>'
  it.each([
    ['of a team mate is a team kill', [`"${AL}" killed "${COMRADE}" with "ak47"`], {}, 'PLAYER_TEAMKILL'],
    [
      'of anybody in a deathmatch is a kill',
      [`"${AL}" killed "${COMRADE}" with "ak47"`],
      { deathmatch: true },
      'PLAYER_KILL',
    ],
    [
      'between two without a team is a kill',
      ['"Al<2><STEAM_1:0:111><>" killed "Bo<3><STEAM_1:0:222><>" with "ak47"'],
      {},
      'PLAYER_KILL',
    ],
    [
      'between two unassigned is a kill',
      ['"Al<2><STEAM_1:0:111><Unassigned>" killed "Bo<3><STEAM_1:0:222><Unassigned>" with "ak47"'],
      {},
      'PLAYER_KILL',
    ],
  ])('%s', (_name, texts, changes, type) => {
    expect(killOf(texts, changes)?.eventType).toBe(type)
  })

  it('in TF2 just after the victim changed sides is no team kill', () => {
    const red = 'Bo<3><STEAM_1:0:222><Red>'
    const join = '"Bo<3><STEAM_1:0:222><Red>" joined team "Blue"'
    const kill = '"Al<2><STEAM_1:0:111><Blue>" killed "Bo<3><STEAM_1:0:222><Blue>" with "scattergun"'
    const settings = { family: 'tf' }
    expect(killOf([`"${red}" say "hi"`, [10, join], [11, kill]], settings)?.eventType).toBe('PLAYER_KILL')
    expect(killOf([`"${red}" say "hi"`, [10, join], [12, kill]], settings)?.eventType).toBe('PLAYER_TEAMKILL')
  })

  it("by DoD:S' bomb blames nobody for his friends", () => {
    expect(killOf([`"${AL}" killed "${COMRADE}" with "dod_bomb_target"`], { family: 'dods' })).toBeUndefined()
  })

  it.each([
    ['tf', 'player_penetration', 'machina', false],
    ['tfc', 'headshot', 'sniperrifle', true],
    ['ff', 'BOOM_HEADSHOT', 'weapon_sniperrifle', true],
    ['ff', 'grenade_napalmlet', 'grenade_napalm', false],
    ['fof', 'deringer2', 'deringer', false],
    ['fof', 'bow2', 'arrow', false],
    ['zps', 'broom', 'crowbar', false],
    ['cstrike', '', 'world', false],
    ['cstrike', 'bow2', 'bow2', false],
  ])('in %s with "%s" counts for %s', (family, weapon, code, headshot) => {
    const kill = killOf([`"${AL}" killed "${BO}" with "${weapon}"`], { family })
    expect(kill?.data).toMatchObject({ weapon: code, headshot })
  })

  it('without a weapon counts for the role of the killer', () => {
    const texts = [`"${AL}" changed role to "engineer"`, `"${AL}" killed "${BO}" with ""`]
    expect(killOf(texts, { family: 'tf' })?.data.weapon).toBe('engineer')
  })

  it('is a headshot that is paid already when a line of its own announced it, once', () => {
    const texts = [
      `"${AL}" triggered "headshot"`,
      `"${AL}" killed "${BO}" with "ak47"`,
      `"${AL}" killed "${BO}" with "ak47"`,
    ]
    const kills = play(texts).filter(({ eventType }) => eventType === 'PLAYER_KILL')
    expect(kills.map(({ data }) => data)).toMatchObject([
      { headshot: true, headshotPaid: true },
      { headshot: false },
    ])
  })

  it('is not the headshot that somebody else has announced', () => {
    const texts = [`"${BO}" triggered "headshot"`, `"${AL}" killed "${BO}" with "ak47"`]
    expect(killOf(texts)?.data.headshot).toBe(false)
  })

  it('has the place of the line before it, where its own line has none', () => {
    const texts = [
      'World triggered "killlocation" (attacker_position "1 2 3") (victim_position "4 5 6")',
      `"${AL}" killed "${BO}" with "ak47"`,
      `"${AL}" killed "${BO}" with "ak47"`,
    ]
    const kills = play(texts).filter(({ eventType }) => eventType === 'PLAYER_KILL')
    expect(kills[0]?.data).toMatchObject({
      killerPosition: { x: 1, y: 2, z: 3 },
      victimPosition: { x: 4, y: 5, z: 6 },
    })
    expect(kills[1]?.data).not.toHaveProperty('killerPosition')
  })

  it('is marked where it did not happen', () => {
    const line =
      '"Al<2><STEAM_1:0:1><Red>" killed "Bo<3><STEAM_1:0:2><Blue>" with "revolver" (customkill "feign_death")'
    expect(killOf([line], { family: 'tf' })?.data.feigned).toBe(true)
  })

  it('brings down a survivor in L4D, with the positions of those it was', () => {
    const line =
      '(INCAP)"Al<5><STEAM_1:0:7><Survivor><Manager><ALIVE><80+0><setpos_exact -1132.97 5217.97 -99.97; setang 0 0 0><Area 97>" was incapped by "Tank<21><BOT><Infected><TANK><ALIVE><4000+0><setpos_exact 1.20 2.70 3.00; setang 0 0 0><Area 98>" with "tank_claw"'
    expect(killOf([line], { family: 'l4d', minPlayers: 9 })).toMatchObject({
      counted: true,
      data: {
        killer: { uniqueId: 'BOT-Tank' },
        victim: { uniqueId: '0:7' },
        killerPosition: { x: 1, y: 3, z: 3 },
        victimPosition: { x: -1133, y: 5218, z: -100 },
      },
    })
  })
})

describe('gates of a kill', () => {
  const kill = `"${AL}" killed "${BO}" with "ak47"`
  const bot = `"${AL}" killed "Botty<4><BOT><TERRORIST>" with "ak47"`
  it.each([
    ['too few players', [kill], { minPlayers: 3 }, 'minPlayers'],
    ['players enough', [kill], { minPlayers: 2 }, true],
    ['a bot where bots are ignored', [bot], { ignoreBots: true }, 'bot'],
    ['a bot where they are not', [bot], {}, true],
    [
      'an id still to come',
      [`"${AL}" killed "Bo<3><STEAM_ID_PENDING><TERRORIST>" with "ak47"`],
      {},
      'unknownPlayer',
    ],
  ])('%s', (_name, texts, changes, counted) => {
    expect(killOf(texts, changes)?.counted).toBe(counted)
  })

  it('spectators and ignored bots do not make a game', () => {
    const texts = ['"Cy<4><STEAM_1:0:333><Spectator>" say "hi"', '"Botty<5><BOT><CT>" say "beep"', kill]
    expect(killOf(texts, { ignoreBots: true })?.playerCount).toBe(2)
  })
})

describe('a suicide', () => {
  const suicide = `"${AL}" committed suicide with "world"`
  const joined = '"Al<2><STEAM_1:0:111><TERRORIST>" joined team "CT"'
  it('within two seconds after changing teams is the price of the change', () => {
    const suicidesAt = (second: number) =>
      play([
        [10, joined],
        [second, suicide],
      ]).filter(({ eventType }) => eventType === 'PLAYER_SUICIDE')
    expect(suicidesAt(11)).toHaveLength(0)
    expect(suicidesAt(12)).toMatchObject([{ counted: true, data: { weapon: 'world' } }])
  })

  it("is forgiven as well when its token is the first to show what CS:GO's switch line said", () => {
    const texts: LogText[] = [
      '"Al<2><STEAM_1:0:111><TERRORIST>" say "hi"',
      '"Al<2><STEAM_1:0:111>" switched from team <TERRORIST> to <CT>',
      [60, `"${AL}" [1 2 3] committed suicide with "world"`],
      [61, '"Al<2><STEAM_1:0:111>" switched from team <CT> to <Spectator>'],
    ]
    expect(play(texts, { family: 'csgo' }).map(({ eventType }) => eventType)).not.toContain('PLAYER_SUICIDE')
  })
})
