import type { ParsedLine } from '@hlstats/game-logs'
import { isSame, type Mapping, utc, valueAt } from './mapping.ts'

const TYPES: Readonly<Record<string, readonly string[]>> = {
  suicide: ['suicide'],
  connection: ['connect', 'entry', 'disconnect'],
  killed: ['kill'],
  assist: ['assist'],
  attacked: ['attack'],
  player_update: ['changeName'],
  projectile_spawned: ['projectile'],
  entity_triggered: ['worldAction', 'playerAction', 'clanTag'],
  purchased: ['purchase'],
  rcon: ['rcon'],
  say: ['chat'],
  server_cvar: ['serverCvar'],
  server_log: ['logFile', 'mapLoading', 'mapStarted', 'serverMessage'],
  switched_team: ['joinTeam'],
  team_name: ['teamName'],
  team_triggered: ['teamAction'],
  threw: ['throw'],
  validated: ['validated', 'authFailure'],
  warmod: ['matchMarker'],
}

/** The peer's word for the line's part in its type. */
function subKind(line: ParsedLine): string {
  switch (line.kind) {
    case 'connect':
      return 'connected'
    case 'entry':
      return 'entered'
    case 'disconnect':
      return 'disconnected'
    case 'changeName':
      return 'change_name'
    case 'worldAction':
    case 'playerAction':
    case 'teamAction':
      return line.action.toLowerCase()
    case 'clanTag':
      return 'clantag'
    case 'logFile':
      return 'log_file'
    case 'mapLoading':
    case 'mapStarted':
      return 'map'
    case 'serverMessage':
      return 'message'
    case 'validated':
      return 'valid'
    case 'authFailure':
      return 'failed'
    default:
      return ''
  }
}

const TEAMS: Readonly<Record<string, string>> = {
  CT: 'COUNTER_TERRORISTS',
  TERRORIST: 'TERRORISTS',
  '': 'UNKNOWN',
}

function team(path: string) {
  return (line: ParsedLine, expected: unknown): boolean => TEAMS[String(valueAt(line, path))] === expected
}

function person(theirs: string, ours: string) {
  return {
    [`payload.${theirs}.kind`]: (line: ParsedLine, kind: unknown) =>
      kind === (valueAt(line, `${ours}.rawId`) === 'BOT' ? 'bot' : ours === 'none' ? 'world' : 'player'),
    [`payload.${theirs}.entityId`]: `${ours}.uid`,
    [`payload.${theirs}.steamId`]: `${ours}.rawId`,
    [`payload.${theirs}.name`]: `${ours}.name`,
    [`payload.${theirs}.team.id`]: team(`${ours}.team`),
    [`payload.${theirs}.team.name`]: team(`${ours}.team`),
    [`payload.${theirs}.position`]: `${ours}.position`,
  }
}

const absent = (path: string) => (line: ParsedLine) => [undefined, ''].includes(valueAt(line, path) as string)

/** negezor/srcds, published as @srcds/log-parser */
export const SRCDS_LOG_PARSER: Mapping = {
  titles: ['test'],
  fields: {
    'receivedAt.getTime()': (line, instant) => Date.parse(`${utc(line)}Z`) === instant,
    type: (line, type) => TYPES[String(type)]?.includes(line.kind) === true,
    'payload.kind': (line, kind) => subKind(line) === kind,
    ...person('player', 'player'),
    ...person('attacker', 'player'),
    ...person('assistant', 'player'),
    ...person('victim', 'victim'),
    ...person('entity', 'player'),
    'payload.player.name': (line, name) =>
      isSame(valueAt(line, line.kind === 'authFailure' ? 'name' : 'player.name'), name),
    // The peer gives the place of a grenade to its thrower.
    'payload.player.position': (line, at) =>
      isSame(valueAt(line, line.kind === 'throw' ? 'position' : 'player.position'), at),
    'payload.entity.kind': (line, kind) => kind === (line.kind === 'worldAction' ? 'world' : 'player'),
    'payload.how': 'weapon',
    'payload.address': 'source',
    'payload.address.$undefined': absent('source'),
    'payload.reason': 'reason',
    'payload.reason.$undefined': absent('reason'),
    'payload.weaponName': (line, weapon) => isSame(valueAt(line, 'weapon') ?? valueAt(line, 'item'), weapon),
    'payload.modifiers': (line, flags) =>
      line.kind === 'kill' && line.headshot && line.throughSmoke === String(flags).includes('throughsmoke'),
    'payload.damageAmount': 'damage',
    'payload.damageArmourAmount': 'damageArmor',
    'payload.remainingHealth': 'health',
    'payload.remainingArmour': 'armor',
    'payload.hitGroup': 'hitgroup',
    'payload.newName': 'name',
    'payload.item': (line, item) =>
      String(valueAt(line, 'grenade') ?? valueAt(line, 'projectile')).toLowerCase() === item,
    'payload.position': 'position',
    'payload.velocity': 'velocity',
    'payload.value': (line, value) =>
      ['map', 'tag', 'value'].some((key) => isSame(valueAt(line, key), value)),
    'payload.value.$undefined': absent('map'),
    'payload.command': 'command',
    'payload.to': (line, to) => isSame(valueAt(line, 'mode'), to === 'global' ? 1 : 2),
    'payload.message': (line, text) => isSame(valueAt(line, 'message') ?? valueAt(line, 'text'), text),
    'payload.name': 'name',
    'payload.state': (line, state) => valueAt(line, 'phase') === state || line.kind === STATES[String(state)],
    'payload.filePath': 'properties.file',
    'payload.filePath.$undefined': absent('properties.file'),
    'payload.gamePath': 'properties.game',
    'payload.gamePath.$undefined': absent('properties.game'),
    'payload.version': 'properties.version',
    'payload.version.$undefined': absent('properties.version'),
    'payload.map': 'map',
    'payload.crc': 'crc',
    'payload.crc.$undefined': absent('crc'),
    'payload.fromTeam.id': team('previousTeam'),
    'payload.fromTeam.name': team('previousTeam'),
    'payload.toTeam.id': team('team'),
    'payload.toTeam.name': team('team'),
    'payload.team.id': team('team'),
    'payload.team.name': team('team'),
    'payload.counterTerroristScore': 'properties.CT',
    'payload.terroristScore': 'properties.T',
    'payload.code': 'code',
    'payload.event': (line, event) => valueAt(line, 'text') === JSON.stringify({ event }),
  },
  exceptions: [
    ['Console<><Console><>', 'no engine writes a token without a user id: the test made it up'],
    ['chicken<93>', 'a chicken has no identity groups, and nobody’s suicide is counted for it'],
  ],
}

const STATES: Readonly<Record<string, string>> = { loading: 'mapLoading', started: 'mapStarted' }
