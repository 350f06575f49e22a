import { describe, expect, it } from 'vitest'
import { type LogText, openSettings, playLog, stamped } from '../play-log-of-test.ts'
import type { ServerSettings } from './server-settings.ts'
import type { DraftEvent } from './turn.ts'

const AL = 'Al<2><STEAM_1:0:111><CT>'
const types = (events: readonly DraftEvent[]) => events.map(({ eventType }) => eventType)
const play = (texts: readonly LogText[], changes: Partial<ServerSettings> = {}) =>
  playLog(stamped(texts), openSettings(changes))

describe('who is on a server', () => {
  it('is seen once, by the first line that names him, whatever the line is', () => {
    const events = play([`"${AL}" say "hi"`, `"${AL}" triggered "Got_The_Bomb"`])
    expect(types(events)).toEqual(['PLAYER_SEEN', 'CHAT_MESSAGE', 'ACTION_PLAYER'])
    expect(events[0]?.data).toMatchObject({ player: { uniqueId: '0:111', uid: 2, name: 'Al', team: 'CT' } })
  })

  it('left unseen when his id is there again in another slot', () => {
    const events = play([`"${AL}" say "hi"`, '"Al<7><STEAM_1:0:111><>" entered the game'])
    expect(types(events).slice(2)).toEqual(['PLAYER_DISCONNECT', 'PLAYER_SEEN', 'PLAYER_ENTRY'])
    expect(events[2]?.data).toMatchObject({ inferred: true, reason: 'reconnected', player: { uid: 2 } })
  })

  it('changes his team by any token, but not by one without a team', () => {
    const events = play([
      '"Al<2><STEAM_1:0:111><>" entered the game',
      `"${AL}" say "hi"`,
      '"Al<2><STEAM_1:0:111><>" say "lazy line"',
      '"Al<2><STEAM_1:0:111><CT>" joined team "TERRORIST"',
    ])
    const changes = events.filter(({ eventType }) => eventType === 'PLAYER_CHANGE_TEAM')
    expect(changes.map(({ data }) => data)).toMatchObject([
      { previousTeam: '', player: { team: 'CT' } },
      { previousTeam: 'CT', player: { team: 'TERRORIST' } },
    ])
  })

  it("changes his team at CS:GO's own line for it, and does not come back by it after leaving", () => {
    const events = play(
      [
        `"${AL}" say "hi"`,
        '"Al<2><STEAM_1:0:111>" switched from team <CT> to <TERRORIST>',
        '"Al<2><STEAM_1:0:111><TERRORIST>" disconnected (reason "Disconnect")',
        '"Al<2><STEAM_1:0:111>" switched from team <TERRORIST> to <Unassigned>',
      ],
      { family: 'csgo' },
    )
    expect(types(events).slice(2)).toEqual(['PLAYER_CHANGE_TEAM', 'PLAYER_DISCONNECT'])
  })

  it('connects late when his id was still to come', () => {
    const events = play([
      '"Al<2><STEAM_ID_PENDING><>" connected, address "10.1.2.3:27005"',
      '"Al<2><STEAM_1:0:111><>" entered the game',
    ])
    expect(types(events)).toEqual(['PLAYER_SEEN', 'PLAYER_CONNECT', 'PLAYER_ENTRY'])
    expect(events[1]?.data).toMatchObject({ address: '10.1.2.3' })
  })

  it('is gone after minutes in which no line named him; a bot is not', () => {
    const events = play([
      `"${AL}" say "hi"`,
      '"Botty<3><BOT><CT>" say "beep"',
      [400, 'World triggered "Round_Start"'],
    ])
    const gone = events.filter(({ eventType }) => eventType === 'PLAYER_DISCONNECT')
    expect(gone.map(({ data }) => data)).toMatchObject([{ reason: 'idle', player: { uniqueId: '0:111' } }])
  })

  it('is not the console, not an HLTV proxy, and nobody in slot 0', () => {
    const events = play([
      '"Console<0><Console><Console>" say "config loaded"',
      '"HLTV Proxy<5><HLTV><>" entered the game',
      '"Ghost<0><STEAM_1:0:9><>" joined team "CT"',
    ])
    expect(events).toEqual([])
  })

  it('may have slot 0 in CS2, and counts as a player there', () => {
    const first = '"First<0><[U:1:222]><CT>" say "hi"'
    const [seen, chat] = play([first], { family: 'cs2', ignoreBots: true })
    expect(seen?.data).toMatchObject({ player: { uniqueId: '0:111', uid: 0 } })
    expect(chat?.playerCount).toBe(1)
  })

  it('leaves a bot that is renamed, and the bots at the next map', () => {
    const events = play([
      '"Hank<3><BOT><CT>" changed name to "Frank"',
      '"Frank<3><BOT><CT>" say "beep"',
      'Loading map "de_nuke"',
    ])
    expect(types(events)).toEqual([
      'PLAYER_SEEN',
      'PLAYER_CHANGE_NAME',
      'PLAYER_DISCONNECT',
      'PLAYER_SEEN',
      'CHAT_MESSAGE',
      'PLAYER_DISCONNECT',
      'MAP_CHANGE',
    ])
    expect(events[5]).toMatchObject({ map: '', data: { reason: 'map change', player: { name: 'Frank' } } })
    expect(events[6]).toMatchObject({ map: 'de_nuke', data: { phase: 'loading', previousMap: '' } })
  })

  it('has no team after a map has started until a line says so, and no line without a name takes the map away', () => {
    const events = play(
      ['Loading map "de_nuke"', `"${AL}" say "hi"`, 'Started:  ""', `"${AL}" say "again"`],
      { family: 'cs2' },
    )
    expect(types(events)).toEqual([
      'MAP_CHANGE',
      'PLAYER_SEEN',
      'CHAT_MESSAGE',
      'MAP_CHANGE',
      'PLAYER_CHANGE_TEAM',
      'CHAT_MESSAGE',
    ])
    expect(events[3]).toMatchObject({ map: 'de_nuke', playerCount: 0 })
  })

  it('is his address in LAN mode, from his connect line on', () => {
    const events = play(
      ['"Al<2><STEAM_ID_LAN><>" connected, address "10.0.0.7:27005"', '"Al<2><STEAM_ID_LAN><CT>" say "hi"'],
      { mode: 'LAN' },
    )
    expect(events.at(-1)).toMatchObject({
      eventType: 'CHAT_MESSAGE',
      counted: true,
      data: { player: { uniqueId: '10.0.0.7' } },
    })
  })

  it('is his name in NameTrack mode: a renamed player is another one', () => {
    const events = play([`"${AL}" changed name to "Bo"`, '"Bo<2><STEAM_1:0:111><CT>" say "hi"'], {
      mode: 'NameTrack',
    })
    expect(types(events).slice(1, 4)).toEqual(['PLAYER_CHANGE_NAME', 'PLAYER_DISCONNECT', 'PLAYER_SEEN'])
    expect(events.at(-1)?.data).toMatchObject({ player: { uniqueId: 'Bo' } })
  })

  it('is not brought back by what is logged after he has left', () => {
    const events = play([
      `"${AL}" triggered "Dropped_The_Bomb"`,
      `"${AL}" triggered "latency" (ping "35")`,
      `"${AL}" disconnected (reason "late")`,
    ])
    expect(types(events)).toEqual(['ACTION_PLAYER', 'PLAYER_LATENCY'])
    expect(events.map(({ counted }) => counted)).toEqual(['unknownPlayer', 'unknownPlayer'])
  })

  it('is there for statistics that come after he has left, and gone again', () => {
    const stats = `"${AL}" triggered "weaponstats" (weapon "bow") (shots "10") (hits "5") (kills "1")`
    const events = play([stats])
    expect(types(events)).toEqual(['PLAYER_SEEN', 'WEAPON_STATS', 'PLAYER_DISCONNECT'])
    expect(events[1]?.data).toMatchObject({ weapon: 'arrow', shots: 10, hits: 5, kills: 1, teamkills: 0 })
    expect(events[2]?.data).toMatchObject({ inferred: true, reason: 'absent' })
  })
})

describe('a forged log', () => {
  it('does not fill the memory: who has been silent longest goes', () => {
    const texts = Array.from(
      { length: 1_000 },
      (_, index): LogText => [
        Math.floor(index / 20),
        `"P${index}<${index + 1}><STEAM_1:0:${index}><CT>" say "hi"`,
      ],
    )
    const events = play(texts)
    expect(events.at(-1)?.playerCount).toBe(256)
    expect(events.filter(({ eventType }) => eventType === 'PLAYER_DISCONNECT')).toHaveLength(1_000 - 256)
  })
})

describe('ids', () => {
  const idOf = (token: string, changes: Partial<ServerSettings> = {}) => {
    const [seen] = play([`"${token}" say "hi"`], changes)
    return seen?.eventType === 'PLAYER_SEEN' ? seen.data.player : undefined
  }

  it.each([
    ['Al<2><STEAM_0:1:8><CT>', 'cstrike', '1:8', 2],
    ['Al<2><[U:1:223]><CT>', 'csgo', '1:111', 2],
    ['Al<2><VALVE_0:4:77><CT>', 'cstrike', 'VALVE_0:4:77', 2],
    ['Hank<4><BOT><CT>', 'csgo', 'BOT:Hank', 4],
    ['Romanov<0><BOT><>', 'cs2', 'BOT:Romanov', -2],
    ['SourceTV<0><BOT><>', 'cs2', 'BOT:SourceTV', -1],
    [
      'infected<285><><Infected><infected><DEAD><-7><setpos_exact 1.00 2.00 3.00; setang 0.00 1.00 0.00><Area 7>',
      'l4d',
      'BOT-Horde',
      -9,
    ],
    [
      'Ellis<42><BOT><Survivor><Mechanic><ALIVE><90+0><setpos_exact 1.00 2.00 3.00; setang 0.00 1.00 0.00><Area 7>',
      'l4d',
      'BOT-Ellis',
      -13,
    ],
    [
      'Tank<21><BOT><Infected><TANK><ALIVE><4000+0><setpos_exact 1.00 2.00 3.00; setang 0.00 1.00 0.00><Area 7>',
      'l4d',
      'BOT-Tank',
      -8,
    ],
  ])('%s on %s is %s', (token, family, uniqueId, uid) => {
    expect(idOf(token, { family })).toMatchObject({ uniqueId, uid })
  })

  it('cuts names at the size of their column, without halving a character', () => {
    const name = idOf(`${'a'.repeat(63)}${'😀'.repeat(10)}<2><STEAM_0:1:8><CT>`)?.name ?? ''
    expect([...name]).toHaveLength(64)
    expect(name.isWellFormed()).toBe(true)
  })
})
