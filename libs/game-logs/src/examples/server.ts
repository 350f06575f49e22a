import { AL, al, type Examples } from './example.ts'

type ServerKind =
  | 'mapLoading'
  | 'mapStarted'
  | 'logFile'
  | 'serverCvar'
  | 'cvarList'
  | 'rcon'
  | 'serverMessage'
  | 'adminMessage'
  | 'pluginMessage'
  | 'engineMessage'
  | 'projectile'
  | 'jsonPart'
  | 'dystopiaRecord'
  | 'vote'
  | 'voteDetails'
  | 'authFailure'
  | 'glued'
  | 'unrecognised'

export const SERVER: Examples<ServerKind> = {
  mapLoading: [{ line: 'Loading map "de_dust2"', is: { map: 'de_dust2' } }],
  mapStarted: [
    { line: 'Started map "de_dust2" (CRC "-1352213912")', is: { map: 'de_dust2', crc: '-1352213912' } },
    { line: 'Started:  ""', is: { map: '' } },
  ],
  logFile: [
    {
      line: 'Log file started (file "logs/L0101000.log") (game "cstrike") (version "48/1.1.2.7/4554")',
      is: { phase: 'started', properties: { file: 'logs/L0101000.log', game: 'cstrike' } },
    },
    { line: 'Log file closed', is: { phase: 'closed' } },
  ],
  serverCvar: [
    { line: 'server_cvar: "mp_timelimit" "30"', is: { name: 'mp_timelimit', value: '30' } },
    { line: 'Server cvar "hostname" = "The "best" one"', is: { name: 'hostname', value: 'The "best" one' } },
    { line: '"sv_password" = "open sesame"', is: { name: 'sv_password', value: '[redacted]' } },
  ],
  cvarList: [
    { line: 'Server cvars start', is: { phase: 'start' } },
    { line: 'server cvars end', is: { phase: 'end' } },
  ],
  rcon: [
    {
      line: 'rcon from "192.0.2.7:45016": command "say "hi"; status"',
      is: { ok: true, address: '192.0.2.7', command: 'say "hi"; status' },
    },
    { line: 'rcon from "192.0.2.7:45016": Bad Password', is: { ok: false, command: '' } },
    {
      line: 'Rcon: "rcon 2122926088 "open sesame" status" from "192.0.2.7:48896"',
      is: { ok: true, address: '192.0.2.7', command: 'status' },
    },
    {
      line: 'Bad Rcon: "rcon 2122926088 "guess" sv_restart 1" from "192.0.2.7:48896"',
      is: { ok: false, address: '192.0.2.7', command: 'sv_restart 1' },
    },
  ],
  serverMessage: [
    { line: 'Server say "live"', is: { source: 'say', text: 'live' } },
    { line: 'server_message: "quit"', is: { source: 'message', text: 'quit' } },
    { line: 'Server shutdown', is: { source: 'shutdown' } },
    { line: 'Server name is "Office"', is: { source: 'name', text: 'Office' } },
  ],
  adminMessage: [
    { line: '[basechat.smx] "Al" triggered sm_say', is: { source: 'basechat.smx', playerName: '' } },
    { line: '[MANI_ADMIN_PLUGIN] Al slapped Bo', is: { source: 'MANI_ADMIN_PLUGIN', text: 'Al slapped Bo' } },
    {
      line: '[ADMIN:Al] ADMIN Command: Al used command kick',
      is: { source: 'ADMIN', playerName: 'Al', text: 'ADMIN Command: Al used command kick' },
    },
  ],
  pluginMessage: [
    { line: '[META] dll: Updating plugins...', is: { source: 'META', text: 'dll: Updating plugins...' } },
    {
      line: '[DPROTO]: Client 1 - Set AuthIdType 2',
      is: { source: 'DPROTO', text: 'Client 1 - Set AuthIdType 2' },
    },
  ],
  engineMessage: [
    {
      line: '168.63: (MOB) Mob zombie spawned, 29 remain.',
      is: { topic: 'mob', text: '168.63: (MOB) Mob zombie spawned, 29 remain.' },
    },
    { line: 'Zoe spawned as a TeenGirl', is: { topic: 'spawn' } },
    { line: 'Your server will be restarted on map change.', is: { topic: 'network' } },
  ],
  projectile: [
    {
      line: 'Molotov projectile spawned at 1.5 2.5 3.5, velocity 4.5 5.5 6.5',
      is: {
        projectile: 'Molotov',
        position: { x: 1.5, y: 2.5, z: 3.5 },
        velocity: { x: 4.5, y: 5.5, z: 6.5 },
      },
    },
  ],
  jsonPart: [
    { line: 'JSON_BEGIN{', is: { part: 'begin' } },
    { line: '"round_number" : "1",', is: { part: 'inner', text: '"round_number" : "1",' } },
    { line: '}}JSON_END', is: { part: 'end' } },
  ],
  dystopiaRecord: [
    {
      line: "weapon { steam_id: 'STEAM_0:1:2', weapon_id: 9, class: 1, shots: (1,2), hits: (3,4) }",
      is: {
        record: 'weapon',
        fields: { steam_id: 'STEAM_0:1:2', weapon_id: '9', shots: '1,2', hits: '3,4' },
      },
    },
  ],
  vote: [
    {
      line: 'Vote succeeded "Kick Flo "w" er"',
      is: { passed: true, issue: 'Kick', subject: 'Flo "w" er', code: -1 },
    },
    { line: 'Vote failed "Kick Flower" with code 3', is: { passed: false, subject: 'Flower', code: 3 } },
  ],
  voteDetails: [
    {
      line: 'Kick Vote details:  VoteInitiatorSteamID: [U:1:1]  VoteTargetSteamID: [U:1:2]  Valid: 1  BIndividual: 1  Name: A  Proxy: 7  Proxy: 0',
      is: { initiatorId: '[U:1:1]', targetId: '[U:1:2]', valid: true, name: 'A  Proxy: 7' },
    },
  ],
  authFailure: [
    { line: 'STEAMAUTH: Client Flower received failure code 6', is: { name: 'Flower', code: 6 } },
  ],
  glued: [
    {
      line: `${AL} triggered "Got_The_BL 01/02/2024 - 10:00:00: World triggered "Round_Start"`,
      is: {
        first: { kind: 'unrecognised', subject: 'player', player: al },
        second: { kind: 'worldAction', action: 'Round_Start', time: { hour: 10 } },
      },
    },
  ],
  unrecognised: [
    { line: 'World tri', is: { text: 'World tri', subject: 'none', reason: 'unknown' } },
    { line: `${AL} triggered "cut`, is: { subject: 'player', player: al, reason: 'unknown' } },
    { line: '', is: { reason: 'empty' } },
  ],
}
