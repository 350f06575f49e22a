import {
  type Dialect,
  placeText,
  type Strike,
  stampOfMilliseconds,
  stampOfSeconds,
  steam2,
  steam3,
  type Win,
} from './dialect.ts'

const CRC = '(CRC "-1352213912")'

const COMMON = {
  teams: ['CT', 'TERRORIST'],
  aim: 'bomb',
  roles: [],
  ignoresBonusRound: false,
  firstUid: 1,
} as const

const OLD_MAPS = ['de_dust2', 'de_inferno', 'de_nuke', 'de_train'] as const
const NEW_MAPS = ['de_mirage', 'de_cache', 'de_overpass', 'de_ancient'] as const

const NEW_WEAPONS = [
  'ak47',
  'm4a1',
  'awp',
  'deagle',
  'hkp2000',
  'glock',
  'mp7',
  'galilar',
  'p250',
  'hegrenade',
  'knife',
] as const

const GOLD_SOURCE: Dialect = {
  ...COMMON,
  code: 'cstrike',
  weapons: ['ak47', 'm4a1', 'awp', 'deagle', 'usp', 'glock18', 'mp5navy', 'galil', 'famas', 'knife'],
  maps: OLD_MAPS,
  unassigned: '',
  switches: false,
  headshotLine: true,
  attacks: false,
  assists: '',
  steamId: steam2(0),
  stamp: stampOfSeconds,
  started: (map) => `Started map "${map}" ${CRC}`,
  kill: ({ killer, victim, weapon }) => `${killer} killed ${victim} with "${weapon}"`,
  winCode,
}

const SOURCE: Dialect = {
  ...COMMON,
  code: 'css',
  weapons: ['ak47', 'm4a1', 'awp', 'deagle', 'usp', 'glock', 'mp5navy', 'galil', 'famas', 'knife'],
  maps: OLD_MAPS,
  unassigned: 'Unassigned',
  switches: false,
  headshotLine: false,
  attacks: false,
  assists: '',
  steamId: steam3,
  stamp: stampOfSeconds,
  started: (map) => `Started map "${map}" ${CRC}`,
  kill: ({ killer, victim, weapon, headshot }) =>
    `${killer} killed ${victim} with "${weapon}"${headshot ? ' (headshot)' : ''}`,
  winCode,
}

const GLOBAL_OFFENSIVE: Dialect = {
  ...COMMON,
  code: 'csgo',
  weapons: NEW_WEAPONS,
  maps: NEW_MAPS,
  unassigned: 'Unassigned',
  switches: true,
  headshotLine: false,
  attacks: true,
  assists: 'assisted killing',
  steamId: steam2(1),
  stamp: stampOfSeconds,
  started: (map) => `Started map "${map}" ${CRC}`,
  kill: placedKill,
  winCode: (team, by) => `SFUI_Notice_${winCode(team, by)}`,
}

const COUNTER_STRIKE_2: Dialect = {
  ...GLOBAL_OFFENSIVE,
  code: 'cs2',
  firstUid: 0,
  steamId: steam3,
  stamp: stampOfMilliseconds,
  started: () => 'Started:  ""',
}

/** Counter-Strike from GoldSrc to Source 2. */
export const COUNTER_STRIKES = {
  cstrike: GOLD_SOURCE,
  css: SOURCE,
  csgo: GLOBAL_OFFENSIVE,
  cs2: COUNTER_STRIKE_2,
} as const

function placedKill({ killer, victim, weapon, headshot, from, to }: Strike): string {
  const suffix = headshot ? ' (headshot)' : ''
  return `${killer} [${placeText(from)}] killed ${victim} [${placeText(to)}] with "${weapon}"${suffix}`
}

function winCode(team: string, by: Win): string {
  if (by === 'bomb') return 'Target_Bombed'
  if (by === 'defusal') return 'Bomb_Defused'
  return team === 'CT' ? 'CTs_Win' : 'Terrorists_Win'
}
