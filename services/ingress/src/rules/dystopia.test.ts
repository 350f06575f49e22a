import { describe, expect, it } from 'vitest'
import { openSettings, playLog, stamped } from '../play-log-of-test.ts'

const CAPTURE = {
  rewardTeam: 0,
  team: '',
  forPlayer: true,
  forPlayerPlayer: false,
  forTeam: false,
  forWorld: false,
}
const LINES = [
  '"Al<2><STEAM_0:1:2><Punks>" say "hi"',
  "join_class { steam_id: 'STEAM_0:1:2', team: 1, class: 2 }",
  "change_class { steam_id: 'STEAM_0:1:2', team: 1, old_class: 2, new_class: 3 }",
  "change_class { steam_id: 'STEAM_0:1:2', team: 1, old_class: 3, new_class: 3 }",
  "objective { steam_id: 'STEAM_0:1:2', class: 3, team: 1, objective: 'Destroy The Core', time: 1 }",
  "objective { steam_id: 'STEAM_0:1:9', class: 3, team: 1, objective: 'Destroy The Core', time: 1 }",
]

function play(family: string) {
  const actions = new Map([['Destroy The Core', CAPTURE]])
  return playLog(stamped(LINES), openSettings({ family, actions })).filter(({ eventType }) =>
    ['PLAYER_CHANGE_ROLE', 'ACTION_PLAYER'].includes(eventType),
  )
}

describe("Dystopia's records", () => {
  it('change the class and count the objective of whoever has that id and is there', () => {
    expect(play('dystopia').map(({ data }) => data)).toMatchObject([
      { player: { uniqueId: '1:2', role: '2' }, previousRole: '' },
      { player: { role: '3' }, previousRole: '2' },
      { player: { uniqueId: '1:2', role: '3' }, action: 'Destroy The Core' },
    ])
  })

  it('mean nothing in another game', () => {
    expect(play('hl2mp')).toEqual([])
  })
})
