import { type Dialect, placeText, stampOfSeconds, steam3 } from './dialect.ts'

/** Team Fortress 2 with its flags and classes. */
export const TEAM_FORTRESS: Dialect = {
  code: 'tf',
  teams: ['Red', 'Blue'],
  weapons: [
    'scattergun',
    'tf_projectile_rocket',
    'sniperrifle',
    'knife',
    'minigun',
    'flamethrower',
    'obj_sentrygun',
  ],
  maps: ['ctf_2fort', 'ctf_turbine', 'ctf_doublecross'],
  aim: 'flag',
  unassigned: 'Unassigned',
  firstUid: 2,
  switches: false,
  headshotLine: false,
  attacks: false,
  assists: 'kill assist',
  roles: ['scout', 'soldier', 'medic', 'sniper', 'spy', 'heavyweapons'],
  ignoresBonusRound: true,
  steamId: steam3,
  stamp: stampOfSeconds,
  started: (map) => `Started map "${map}" (CRC "afa9a1b1fd3b13a4b33a9f4a3e5d0b9c")`,
  kill: ({ killer, victim, weapon, headshot, from, to }) => {
    const custom = headshot ? ' (customkill "headshot")' : ''
    const places = `(attacker_position "${placeText(from)}") (victim_position "${placeText(to)}")`
    return `${killer} killed ${victim} with "${weapon}"${custom} ${places}`
  },
  winCode: () => 'Round_Win',
}
