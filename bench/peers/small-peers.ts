import { isSame, kinds, type Mapping, utc, valueAt } from './mapping.ts'

/** JaniL/srcdslog */
export const SRCDSLOG: Mapping = {
  titles: ['test'],
  wrap: ({ line }) => (line.startsWith('PlayerA') ? `"${line}" entered the game` : line),
  fields: {
    type: (line, type) => SRCDSLOG_KINDS[String(type)]?.includes(line.kind) === true,
    trigger: 'action',
    event: (line, event) => event === (line.kind === 'shot' ? 'shot_fired' : line.kind),
    'metadata.weapon': 'weapon',
    'player.name': 'player.name',
    item: 'item',
    'metadata.healing': 'properties.healing',
    headshot: 'headshot',
    'metadata.attacker_position': 'properties.attacker_position',
    'metadata.victim_position': 'properties.victim_position',
    'metadata.damage': 'damage',
    'metadata.customkill': 'properties.customkill',
    'against.name': 'victim.name',
    attacker_position: 'playerPosition',
    name: 'name',
    m_filter: ({ kind }) => kind === 'spawn',
    $: ({ kind }, expected) => kind === 'unrecognised' && !expected,
    '$.name': 'player.name',
    '$.id': 'player.uid',
    '$.steamid': 'player.rawId',
    '$.team': 'player.team',
  },
  exceptions: [],
}
// Shots and damage are triggers to this peer, and kinds of their own to us.
const SRCDSLOG_KINDS: Readonly<Record<string, readonly string[]>> = {
  worldtrigger: ['worldAction'],
  trigger: ['shot', 'damage'],
  'picked up': ['pickUp'],
  kill: ['kill'],
  'changed name': ['changeName'],
  spawned: ['spawn'],
  suicide: ['suicide'],
}

/** JonnyPower/hlds_logs */
export const HLDS_LOGS: Mapping = {
  titles: [],
  fields: {
    datetime: (line, expected) => utc(line).replace('T', ' ') === expected,
    body: (line, expected) =>
      line.kind === 'playerAction' &&
      expected ===
        `"${line.player.name}<${line.player.uid}><${line.player.rawId}><${line.player.team}>" triggered "${line.action}" (type "${line.properties.type}")`,
  },
  exceptions: [],
}

/** tomav/steam_hlds_log_parser */
export const STEAM_HLDS_LOG_PARSER: Mapping = {
  titles: ['params.event_i18n'],
  fields: {
    result: ({ kind }, expected) => kind === 'unrecognised' && expected === null,
    type: kinds({
      end_map: 'teamScore',
      end_round: 'teamAction',
      kill: 'kill',
      suicide: 'suicide',
      event: 'playerAction',
      loading_map: 'mapLoading',
      chat: 'chat',
      team_chat: 'chat',
      connect: 'connect',
      disconnect: 'disconnect',
    }),
    'params.winner': 'team',
    'params.score': 'score',
    'params.score_ct': 'properties.CT',
    'params.score_t': 'properties.T',
    'params.killer': 'player.name',
    'params.killer_team': (line, team) => isTeam(valueAt(line, 'player.team'), team),
    'params.killed': (line, name) =>
      isSame(valueAt(line, line.kind === 'kill' ? 'victim.name' : 'player.name'), name),
    'params.killed_team': (line, team) => isTeam(valueAt(line, 'victim.team'), team),
    'params.weapon': 'weapon',
    'params.person': 'player.name',
    'params.person_team': (line, team) => isTeam(valueAt(line, 'player.team'), team),
    'params.event_item': 'action',
    'params.map': 'map',
    'params.player': 'player.name',
    'params.player_team': (line, team) => isTeam(valueAt(line, 'player.team'), team),
    'params.chat': 'message',
    'params.ip': 'address',
    'params.port': (line, port) => String(valueAt(line, 'source')).endsWith(`:${port}`),
  },
  exceptions: [],
}

function isTeam(ours: unknown, theirs: unknown): boolean {
  return ours === theirs || (ours === 'TERRORIST' && theirs === 'T')
}

/** streed/hlds-agent */
export const HLDS_AGENT: Mapping = {
  titles: [
    'test',
    'interaction.action.verb',
    'interaction.action.adverb',
    'stats.did',
    'stats.adverb',
    'stats.z',
  ],
  fields: {
    // The peer takes days before months, and says 1 for a date it can read.
    date: (line) => line.stamp === 'impossible',
    type: (line, type) => AGENT_KINDS[String(type)]?.includes(line.kind) === true,
    'log.file_name': 'properties.file',
    'log.game': 'properties.game',
    'log.version': 'properties.version',
    'map.map_name': 'map',
    'kick.player.name': 'player.name',
    'kick.player.uid': 'player.uid',
    'kick.player.steam_id': 'player.rawId',
    'kick.kicked_by': 'by',
    'interaction.who': 'player.name',
    'interaction.entity_type': 'player.uid',
    'interaction.steam_id': 'player.rawId',
    'interaction.team': 'player.team',
    'interaction.action.noun': (line, noun) =>
      ['team', 'action', 'weapon', 'source'].some((key) => isSame(valueAt(line, key), noun)),
    'stats.who': 'player.name',
    'stats.entity_type': 'player.uid',
    'stats.steam_id': 'player.rawId',
    'stats.team': (line, team) =>
      isSame(valueAt(line, line.kind === 'playerNote' ? 'player.team' : 'team'), team),
    'stats.frags': (line, frags) =>
      String(valueAt(line, 'detail')).includes(`frags="${Number(frags).toFixed(2)}"`),
    'stats.deaths': (line, deaths) => String(valueAt(line, 'detail')).includes(`deaths="${deaths}"`),
    'stats.health': (line, health) => String(valueAt(line, 'detail')).includes(`health="${health}"`),
    'stats.x': 'score',
    'stats.y': 'playerCount',
    action: 'action',
    'action.team_a': 'team',
    'action.team_a_score': 'properties.CT',
    'action.team_b': (line) => valueAt(line, 'properties.T') !== undefined,
    'action.team_b_score': 'properties.T',
    'action.did': 'action',
  },
  exceptions: [
    [
      '<generic_ent>',
      'Sven Co-op writes a word where every other game writes the user id: the killer is no player',
    ],
    [
      '<monster>',
      'Sven Co-op writes a word where every other game writes the user id: the victim is no player',
    ],
  ],
}

const AGENT_KINDS: Readonly<Record<string, readonly string[]>> = {
  cvar: ['serverCvar'],
  log: ['logFile'],
  map: ['mapStarted'],
  game_kick: ['disconnect'],
  game_player_stats: ['playerNote'],
  game_world: ['worldAction'],
  game_team: ['teamAction'],
  game_team_stats: ['teamScore'],
  game_interaction: ['joinTeam', 'playerAction', 'suicide', 'disconnect', 'entry', 'connect', 'validated'],
}
