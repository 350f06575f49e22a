import type { ParsedLine } from '@hlstats/game-logs'
import { isSame, type Mapping, valueAt } from './mapping.ts'

const VALUES: Readonly<Record<string, string>> = {
  'log start': 'logFile',
  'log end': 'logFile',
  'cvar start': 'cvarList',
  'cvar end': 'cvarList',
  'cvar set': 'serverCvar',
  'server name': 'serverMessage',
  connection: 'connect',
  validation: 'validated',
  enter: 'entry',
  'map load': 'mapLoading',
  'map start': 'mapStarted',
  disconnection: 'disconnect',
  kick: 'disconnect',
  kickban: 'ban',
  suicide: 'suicide',
  join: 'joinTeam',
  'role selection': 'changeRole',
  'name change': 'changeName',
  kill: 'kill',
  injure: 'attack',
  chat: 'chat',
  'team chat': 'chat',
  'private chat': 'privateChat',
  'server chat': 'serverMessage',
  alliance: 'teamAlliance',
  'team score': 'teamScore',
  'final score': 'teamScore',
  'current score': 'teamScore',
  'weapon selection': 'selectWeapon',
  'weapon pickup': 'pickUp',
  'authentication failure': 'authFailure',
  spawn: 'spawn',
}

/** `Name<uid><id><team>` of one of our players. */
function token(line: ParsedLine, path: string): string {
  const get = (key: string): unknown => valueAt(line, `${path}.${key}`)
  return `${get('name')}<${get('uid')}><${get('rawId')}><${get('team')}>`
}

const who = (path: string) => (line: ParsedLine, expected: unknown) => token(line, path) === expected

/** What the peer says of a property: numbers and places as such. */
function isProperty(key: string) {
  return (line: ParsedLine, expected: unknown): boolean => {
    const ours = valueAt(line, `properties.${key}`)
    if (Array.isArray(expected)) return ours === expected.join(' ')
    return expected === true ? ours === '1' : isSame(ours, expected)
  }
}

function isValue(line: ParsedLine, expected: unknown): boolean {
  const text = String(expected)
  if (text.includes('<')) return token(line, 'player') === text
  if (text.endsWith('rcon')) return line.kind === 'rcon' && line.ok === text.startsWith('successfully')
  return VALUES[text] === line.kind || valueAt(line, 'action') === expected
}

/** reu/fonte */
export const FONTE: Mapping = {
  titles: ['kind'],
  // Tokens and properties are tested by themselves there.
  wrap: ({ line, expect }) => {
    if (expect.kind === 'player') return `"${line}" spawned`
    return expect.kind === 'properties' ? `World triggered "x" ${line}` : line
  },
  fields: {
    value: isValue,
    // The values go by other names of ours; their keys are what the peer tests.
    properties: (line, keys) =>
      (keys as readonly string[]).every(
        (key) => valueAt(line, `properties.${key}`) !== undefined || isKept(line, key),
      ),
    'to_hash.key': (line, value) => line.kind === 'serverCvar' && line.name === 'key' && line.value === value,
    'name.value': (line, name) => ['text', 'map'].some((key) => isSame(valueAt(line, key), name)),
    'crc.value': 'crc',
    'player.value': who('player'),
    'attacker.value': who('player'),
    'victim.value': who('victim'),
    'target.value': who('receiver'),
    'weapon.value': (line, weapon) => ['weapon', 'item'].some((key) => isSame(valueAt(line, key), weapon)),
    'team.value': (line, team) => isTeam(valueAt(line, 'team') ?? valueAt(line, 'player.team'), team),
    'allied_team.value': 'ally',
    'role.value': 'role',
    'new_name.value': 'name',
    'message.value': (line, text) => ['message', 'text'].some((key) => isSame(valueAt(line, key), text)),
    'points.value': 'score',
    'players_count.value': 'playerCount',
    'client.value': 'name',
    'code.value': 'code',
    'nickname.value': 'player.name',
    'uid.value': 'player.uid',
    'steam_id.value': (line, id) =>
      id === null ? !isSteam(line) : isSame(valueAt(line, 'player.rawId'), id),
    'character.value': 'player.role',
    'status.value': 'player.survivor.condition',
    life: 'player.survivor.health',
    blood: 'player.survivor.bonusHealth',
    'position.value': 'player.position',
    // The peer has the numbers as they are written.
    'angle.value': (line, text) =>
      isSame(valueAt(line, 'player.survivor.angle'), String(text).slice(1, -1).split(', ').map(Number)),
    'area.value': 'player.survivor.area',
    'value.key': isProperty('key'),
    'value.key1': isProperty('key1'),
    'value.key2': isProperty('key2'),
    'value.headshot': isProperty('headshot'),
    'value.area': isProperty('area'),
    'value.attacker_position': isProperty('attacker_position'),
  },
  exceptions: [],
}

function isKept(line: ParsedLine, key: string): boolean {
  const names: Readonly<Record<string, string>> = {
    reason: 'reason',
    attacker_position: 'playerPosition',
    victim_position: 'victimPosition',
    headshot: 'headshot',
  }
  return line.kind === 'ban' || ![undefined, '', false].includes(valueAt(line, names[key] ?? '') as string)
}

function isSteam(line: ParsedLine): boolean {
  return String(valueAt(line, 'player.rawId')).startsWith('STEAM_')
}

/** No team, or none that plays, is nothing to this peer. */
function isTeam(ours: unknown, theirs: unknown): boolean {
  return theirs === null ? ['', 'Unassigned', 'Console'].includes(String(ours)) : ours === theirs
}
