import type { ParsedLine } from '@hlstats/game-logs'
import { isSame, type Mapping, utc, valueAt } from './mapping.ts'

/** Kind, and behind the colon the action where a kind has many. */
const TYPES: Readonly<Record<string, string>> = {
  LogStartEvt: 'logFile',
  LogStopEvt: 'logFile',
  CVAREvt: 'serverCvar',
  RCONEvt: 'rcon',
  EnteredEvt: 'entry',
  JoinedTeamEvt: 'joinTeam',
  ChangeClassEvt: 'changeRole',
  SuicideEvt: 'suicide',
  WRoundStartEvt: 'worldAction:Round_Start',
  MedicDeathEvt: 'playerPlayerAction:medic_death',
  KilledEvt: 'kill',
  CustomKilledEvt: 'kill',
  KillAssistEvt: 'playerPlayerAction:kill assist',
  ConnectedEvt: 'connect',
  DisconnectedEvt: 'disconnect',
  KilledObjectEvt: 'playerAction:killedobject',
  CarryObjectEvt: 'playerAction:player_carryobject',
  DropObjectEvt: 'playerAction:player_dropobject',
  BuiltObjectEvt: 'playerAction:player_builtobject',
  WRoundWinEvt: 'worldAction:Round_Win',
  WRoundLenEvt: 'worldAction:Round_Length',
  WTeamScoreEvt: 'teamScore',
  WTeamFinalScoreEvt: 'teamScore',
  SayEvt: 'chat',
  WIntermissionWinLimitEvt: 'teamAction:Intermission_Win_Limit',
  DominationEvt: 'playerPlayerAction:Domination',
  RevengeEvt: 'playerPlayerAction:Revenge',
  WRoundOvertimeEvt: 'worldAction:Round_Overtime',
  CaptureBlockedEvt: 'playerAction:captureblocked',
  WGameOverEvt: 'worldAction:Game_Over',
  WPausedEvt: 'worldAction:Game_Paused',
  WResumedEvt: 'worldAction:Game_Unpaused',
  FirstHealAfterSpawnEvt: 'playerAction:first_heal_after_spawn',
  ChargeReadyEvt: 'playerAction:chargeready',
  ChargeDeployedEvt: 'playerAction:chargedeployed',
  ChargeEndedEvt: 'playerAction:chargeended',
  MedicDeathExEvt: 'playerAction:medic_death_ex',
  LostUberAdvantageEvt: 'playerAction:lost_uber_advantage',
  EmptyUberEvt: 'playerAction:empty_uber',
  PickupEvt: 'pickUp',
  ShotFiredEvt: 'shot',
  ShotHitEvt: 'shot',
  DamageEvt: 'damage',
  JarateAttackEvt: 'playerPlayerAction:jarate_attack',
  MilkAttackEvt: 'playerPlayerAction:milk_attack',
  GasAttackEvt: 'playerPlayerAction:gas_attack',
  WMiniRoundWinEvt: 'worldAction:Mini_Round_Win',
  WMiniRoundLenEvt: 'worldAction:Mini_Round_Length',
  WRoundSetupBeginEvt: 'worldAction:Round_Setup_Begin',
  WMiniRoundSelectedEvt: 'worldAction:Mini_Round_Selected',
  WMiniRoundStartEvt: 'worldAction:Mini_Round_Start',
  VoteSuccessEvt: 'vote',
  VoteFailEvt: 'vote',
  VoteKickDetailsEvt: 'voteDetails',
}

const TEAMS: Readonly<Record<string, readonly string[]>> = {
  RED: ['Red', 'RED'],
  BLU: ['Blue'],
  SPEC: ['Unassigned', 'Spectator'],
  UNASSIGNED: [''],
  0: [''],
}

function isTeam(ours: unknown, theirs: unknown): boolean {
  return TEAMS[String(theirs)]?.includes(String(ours)) === true
}

/** The peer's own names of weapons, pills and classes, for those in its tests. */
const WORDS: Readonly<Record<string, string>> = {
  Scout: 'scout',
  World: 'world',
  BrassBeast: 'brass_beast',
  Scattergun: 'scattergun',
  Spycicle: 'spy_cicle',
  Sapper: 'obj_attachment_sapper',
  Wrench: 'wrench',
  SyringeGun: 'syringegun_medic',
  BlackBox: 'blackbox',
  Ubersaw: 'ubersaw',
  Knife: 'knife',
  JarBased: 'tf_weapon_jar',
  Uber: 'medigun',
  ItemAmmoSmall: 'ammopack_small',
  ItemHPMedium: 'medkit_medium',
  BotSid: 'BOT',
  Crit: 'crit',
  VoteCodeFailNoOutnumberYes: '3',
}

function anyOf(...paths: readonly string[]) {
  return (line: ParsedLine, expected: unknown): boolean =>
    paths.some((path) => isSame(valueAt(line, path), WORDS[String(expected)] ?? expected))
}

/** A place as three numbers, from a property or from where the line gives it. */
function place(prefix: string, ...paths: readonly string[]) {
  const axis = (key: 'x' | 'y' | 'z', index: number) => (line: ParsedLine, expected: unknown) =>
    paths.some((path) => {
      const found = valueAt(line, path)
      return isSame(typeof found === 'string' ? found.split(' ')[index] : valueAt(found, key), expected)
    })
  return { [`${prefix}.X`]: axis('x', 0), [`${prefix}.Y`]: axis('y', 1), [`${prefix}.Z`]: axis('z', 2) }
}

/** Players of a line: the second is the victim, or the owner of a building. */
const SECOND = ['victim', 'objectOwner']
const second = (key: string) => anyOf(...SECOND.map((path) => `${path}.${key}`))

/** leighmacdonald/gbans */
export const GBANS: Mapping = {
  titles: [
    'SourcePlayer._type',
    'TargetPlayer._type',
    'AttackerPosition._type',
    'VictimPosition._type',
    'AssisterPosition._type',
    'Position._type',
  ],
  fields: {
    // The peer's test only says that the line gives no error.
    '': ({ kind }) => kind !== 'unrecognised',
    _type: (line, type) => {
      const [kind, action] = (TYPES[String(type)] ?? '').split(':')
      return line.kind === kind && (action === undefined || valueAt(line, 'action') === action)
    },
    TimeStamp: (line, stamp) => utc(line) === stamp,
    CreatedOn: (line, stamp) => utc(line) === stamp,
    'SourcePlayer.Name': 'player.name',
    'SourcePlayer.PID': 'player.uid',
    'SourcePlayer.SID': anyOf('player.rawId'),
    'SourcePlayer.Team': (line, team) => isTeam(valueAt(line, 'player.team'), team),
    'TargetPlayer.Name2': second('name'),
    'TargetPlayer.PID2': second('uid'),
    'TargetPlayer.SID2': second('rawId'),
    'TargetPlayer.Team2': (line, team) => SECOND.some((path) => isTeam(valueAt(line, `${path}.team`), team)),
    File: 'properties.file',
    Game: 'properties.game',
    Version: 'properties.version',
    CVAR: 'name',
    Value: 'value',
    Cmd: 'command',
    NewTeam: (line, team) => isTeam(valueAt(line, 'team'), team),
    Team: (line, team) =>
      line.kind === 'chat' ? (line.mode === 2) === team : isTeam(valueAt(line, 'team'), team),
    Class: anyOf('role'),
    Weapon: anyOf('weapon', 'properties.weapon'),
    ...place('AttackerPosition', 'playerPosition', 'properties.attacker_position'),
    ...place('VictimPosition', 'victimPosition'),
    ...place('AssisterPosition', 'properties.assister_position'),
    ...place('Position', 'position'),
    Healing: (line, healing) => isSame(valueAt(line, 'properties.healing') ?? 0, healing),
    Ubercharge: (line, charged) => (valueAt(line, 'properties.ubercharge') === '1') === charged,
    Customkill: 'customKill',
    Address: 'address',
    Port: (line, port) => String(valueAt(line, 'source')).endsWith(`:${port}`),
    Object: 'properties.object',
    Winner: (line, team) => isTeam(valueAt(line, 'properties.winner'), team),
    Seconds: (line, seconds) => Number(valueAt(line, 'properties.seconds')) === seconds,
    Score: 'score',
    Players: 'playerCount',
    Msg: 'message',
    Reason: anyOf('reason', 'properties.reason'),
    CP: 'properties.cp',
    Cpname: 'properties.cpname',
    Time: 'properties.time',
    Medigun: anyOf('properties.medigun'),
    Duration: 'properties.duration',
    Uberpct: 'properties.uberpct',
    Item: anyOf('item'),
    Damage: 'damage',
    Realdamage: 'properties.realdamage',
    Crit: anyOf('properties.crit'),
    Name: anyOf('subject', 'name'),
    Code: anyOf('code'),
    SID: 'initiatorId',
    SID2: 'targetId',
    Valid: (line, valid) => valueAt(line, 'valid') === (valid === 1),
    // The server fills it in for its own use: nothing that the vote is about.
    Proxy: ({ kind }) => kind === 'voteDetails',
  },
  exceptions: [],
}
