import { AL, al, BLU, BO, blu, bo, type Examples, RED, red, TANK, tank, ZOE, zoe } from './example.ts'

type PlayerKind =
  | 'connect'
  | 'entry'
  | 'disconnect'
  | 'validated'
  | 'ban'
  | 'joinTeam'
  | 'changeRole'
  | 'changeName'
  | 'spawn'
  | 'chat'
  | 'privateChat'
  | 'clanTag'
  | 'latency'
  | 'time'
  | 'positionReport'
  | 'apiRequest'
  | 'playerAction'
  | 'playerPlayerAction'
  | 'weaponStats'
  | 'weaponTargets'
  | 'pickUp'
  | 'drop'
  | 'purchase'
  | 'selectWeapon'
  | 'leaveBuyZone'
  | 'money'
  | 'playerNote'

export const PLAYERS: Examples<PlayerKind> = {
  connect: [
    {
      line: '"Al<2><STEAM_1:0:111><>" connected, address "192.0.2.7:27005"',
      is: { player: { ...al, team: '' }, source: '192.0.2.7:27005', address: '192.0.2.7' },
    },
    { line: '"Vinny<4><BOT><>" connected, address "none"', is: { source: 'none', address: '' } },
    { line: '"Vinny<4><BOT><>" connected, address ""', is: { source: '', address: '' } },
  ],
  entry: [{ line: '"Al<2><STEAM_1:0:111><>" entered the game', is: { player: { ...al, team: '' } } }],
  disconnect: [
    {
      line: `${AL} disconnected (reason "Client "Al" (left) timed out")`,
      is: { reason: 'Client "Al" (left) timed out' },
    },
    { line: `${AL} disconnected`, is: { player: al, reason: '', kicked: false } },
    {
      line: `Kick: ${AL} was kicked by "Console" (message "idle")`,
      is: { kicked: true, by: 'Console', reason: 'idle' },
    },
    { line: `Kick: ${AL} was kicked (message "idle")`, is: { kicked: true, by: '', reason: 'idle' } },
  ],
  validated: [
    { line: '"Al<2><STEAM_1:0:111><>" STEAM USERID validated', is: { player: { ...al, team: '' } } },
    { line: '"Al<2><VALVE_0:4:1><>" VALVE USERID validated', is: {} },
  ],
  ban: [
    {
      line: `Banid: ${AL} was kicked and banned "for 30.00 minutes" by "Console"`,
      is: { player: al, kicked: true, minutes: 30, by: 'Console' },
    },
    { line: `Banid: ${AL} was banned "permanently" by "Console"`, is: { kicked: false, minutes: 0 } },
  ],
  joinTeam: [
    {
      line: '"Al<2><STEAM_1:0:111><Unassigned>" joined team "CT"',
      is: { team: 'CT', previousTeam: 'Unassigned', switched: false },
    },
    {
      line: '"Al<2><STEAM_1:0:111>" switched from team <Unassigned> to <CT>',
      is: { player: { ...al, team: '' }, team: 'CT', previousTeam: 'Unassigned', switched: true },
    },
    {
      line: '"Al<2><[U:1:222]><CT>" switched from team <CT> to <Spectator>',
      is: { player: { rawId: '[U:1:222]', team: 'CT' }, team: 'Spectator', switched: true },
    },
  ],
  changeRole: [
    { line: `${RED} changed role to "scout"`, is: { player: red, role: 'scout' } },
    { line: `${RED} triggered "player_changeclass" (newclass "medic")`, is: { role: 'medic' } },
  ],
  changeName: [{ line: `${AL} changed name to "Al "the" <b>"`, is: { player: al, name: 'Al "the" <b>' } }],
  spawn: [
    { line: `${RED} spawned as "Scout"`, is: { player: red, role: 'Scout' } },
    { line: `${ZOE} spawned`, is: { player: zoe, role: '' } },
  ],
  chat: [
    {
      line: `${AL} say "he said "gg" (wp)"`,
      is: { player: al, mode: 1, message: 'he said "gg" (wp)', dead: false },
    },
    { line: `${AL} say_team "rush" (dead)`, is: { mode: 2, message: 'rush', dead: true } },
    { line: `${AL} say_squad "hold"`, is: { mode: 3, message: 'hold' } },
    { line: `${AL} say "cut off in the mid`, is: { message: 'cut off in the mid', truncated: true } },
  ],
  privateChat: [
    { line: `${AL} tell ${BO} message "psst"`, is: { player: al, receiver: bo, message: 'psst' } },
  ],
  clanTag: [{ line: `${AL} triggered "clantag" (value "[HLX]")`, is: { player: al, tag: '[HLX]' } }],
  latency: [{ line: `${AL} triggered "latency" (ping "35")`, is: { player: al, pingMs: 35 } }],
  time: [{ line: `${AL} triggered "time" (time "75:10")`, is: { player: al, seconds: 4510 } }],
  positionReport: [
    {
      line: `${RED} position_report (position "-1862 1217 -244")`,
      is: { position: { x: -1862, y: 1217, z: -244 } },
    },
  ],
  apiRequest: [
    {
      line: `${AL} api_request "playerinfo" (value "17")`,
      is: { player: al, request: 'playerinfo', value: '17' },
    },
  ],
  playerAction: [
    {
      line: `${AL} triggered "Defused_The_Bomb"`,
      is: { player: al, action: 'Defused_The_Bomb', article: false },
    },
    {
      line: `${RED} triggered "killedobject" (object "OBJ_SENTRYGUN") (weapon "knife") (objectowner "Bla") (ise<6><[U:1:501]><Blue>") (attacker_position "1 2 3")`,
      is: {
        action: 'killedobject',
        objectOwner: { name: 'Bla") (ise', uid: 6, rawId: '[U:1:501]' },
        position: { x: 1, y: 2, z: 3 },
        properties: { object: 'OBJ_SENTRYGUN', weapon: 'knife' },
      },
    },
    {
      line: `${AL} triggered a "dod_control_point" - "POINT_HILL"`,
      is: { article: true, detail: 'POINT_HILL' },
    },
    {
      line: `${RED} triggered "gainitem" with "Red Flag" at -1359.52 1988.31 108.44`,
      is: { detail: 'Red Flag', position: { x: -1359.52, y: 1988.31, z: 108.44 } },
    },
    { line: `${AL} triggered "Bomb_Begin_Plant" at bombsite A`, is: { detail: 'bombsite A' } },
  ],
  playerPlayerAction: [
    {
      line: `${RED} triggered "domination" against ${BLU} (position "1 2 3") (victim_position "4 5 6")`,
      is: {
        player: red,
        victim: blu,
        action: 'domination',
        position: { x: 1, y: 2, z: 3 },
        victimPosition: { x: 4, y: 5, z: 6 },
      },
    },
    {
      line: `${RED} triggered "player_extinguished" against ${BLU} with "tf_weapon_medigun" (attacker_position "1 2 3")`,
      is: { victim: blu, weapon: 'tf_weapon_medigun', position: { x: 1, y: 2, z: 3 } },
    },
    {
      line: `${RED} triggered "airshot_rpg" against ${BLU} from a distance of 11 meters`,
      is: { weapon: '11' },
    },
    {
      line: `(TONGUE) Tongue grab starting.  Smoker:${TANK}. Victim:${ZOE}.`,
      is: { player: tank, victim: zoe, action: 'tongue_grab' },
    },
  ],
  weaponStats: [
    {
      line: `${AL} triggered "weaponstats" (weapon "ak47") (shots "10") (hits "5") (kills "1") (headshots "2") (tks "3") (damage "120") (deaths "4")`,
      is: {
        weapon: 'ak47',
        shots: 10,
        hits: 5,
        kills: 1,
        headshots: 2,
        teamkills: 3,
        damage: 120,
        deaths: 4,
      },
    },
    {
      line: `[STATSME] ${AL} triggered "weaponstats" (weapon "") (shots "10") (hits "5")`,
      is: { player: al, weapon: '', shots: 10, hits: 5, kills: 0 },
    },
  ],
  weaponTargets: [
    {
      line: `${AL} triggered "weaponstats2" (weapon "ak47") (head "1") (chest "2") (stomach "3") (leftarm "4") (rightarm "5") (leftleg "6") (rightleg "7")`,
      is: { head: 1, chest: 2, stomach: 3, leftArm: 4, rightArm: 5, leftLeg: 6, rightLeg: 7 },
    },
  ],
  pickUp: [
    { line: `${AL} picked up "ak47"`, is: { player: al, item: 'ak47' } },
    {
      line: `${RED} picked up item "medkit_small" (healing "35")`,
      is: { item: 'medkit_small', properties: { healing: '35' } },
    },
    { line: `${AL} acquired weapon "crossbow"`, is: { item: 'crossbow' } },
  ],
  drop: [{ line: `${AL} dropped "ak47"`, is: { player: al, item: 'ak47' } }],
  purchase: [{ line: `${AL} purchased "m4a1"`, is: { player: al, item: 'm4a1' } }],
  selectWeapon: [{ line: `${AL} selected weapon "crossbow"`, is: { weapon: 'crossbow' } }],
  leaveBuyZone: [
    {
      line: `${AL} left buyzone with [ weapon_knife weapon_glock kevlar(100) ]`,
      is: { items: ['weapon_knife', 'weapon_glock', 'kevlar(100)'] },
    },
    { line: `${AL} left buyzone with [ ]`, is: { items: [] } },
  ],
  money: [
    {
      line: `${AL} money change 1000-200 = $800 (tracked) (purchase: weapon_flashbang)`,
      is: { before: 1000, change: -200, after: 800, cause: 'purchase', item: 'weapon_flashbang' },
    },
    { line: `${AL} money change 4450+1400 = $5850 (tracked)`, is: { change: 1400, cause: '', item: '' } },
  ],
  playerNote: [
    { line: `${ZOE} used adrenaline`, is: { player: zoe, note: 'used adrenaline', other: undefined } },
    { line: `(INCAP) ${ZOE} starts reviving ${ZOE}`, is: { note: 'starts reviving', other: zoe } },
    { line: `${AL} [1 2 3] was killed by the bomb.`, is: { note: 'was killed by the bomb' } },
  ],
}
