import {
  AL,
  al,
  BLU,
  BO,
  BOT,
  blu,
  bo,
  bot,
  type Examples,
  RED,
  red,
  TANK,
  tank,
  ZOE,
  zoe,
} from './example.ts'

type CombatKind =
  | 'kill'
  | 'killOther'
  | 'killPet'
  | 'suicide'
  | 'incap'
  | 'assist'
  | 'attack'
  | 'damage'
  | 'heal'
  | 'shot'
  | 'blind'
  | 'throw'
  | 'killLocation'

export const COMBAT: Examples<CombatKind> = {
  kill: [
    {
      line: `${AL} killed ${BO} with "ak47"`,
      is: { player: al, victim: bo, weapon: 'ak47', headshot: false, penetrated: false, properties: {} },
    },
    {
      line: `${AL} [10 20 -30] killed ${BOT} [40 50 -60] with "awp" (headshot penetrated)`,
      is: {
        victim: bot,
        headshot: true,
        penetrated: true,
        playerPosition: { x: 10, y: 20, z: -30 },
        victimPosition: { x: 40, y: 50, z: -60 },
      },
    },
    {
      line: `${AL} [1 2 3] killed ${BO} [4 5 6] with "ssg08" (throughsmoke noscope) (attackerblind)`,
      is: { throughSmoke: true, noScope: true, attackerBlind: true, headshot: false },
    },
    {
      line: `${RED} killed ${BLU} with "sniperrifle" (customkill "headshot") (attacker_position "1 2 3") (victim_position "4 5 6")`,
      is: {
        player: red,
        victim: blu,
        headshot: true,
        customKill: 'headshot',
        playerPosition: { x: 1, y: 2, z: 3 },
        victimPosition: { x: 4, y: 5, z: 6 },
      },
    },
    {
      line: `(DEATH)${ZOE} killed ${TANK} with "rifle" (headshot)`,
      is: {
        player: { ...zoe, position: { x: -10.5, y: 20.25, z: 30 } },
        victim: tank,
        headshot: true,
        playerPosition: { x: -10.5, y: 20.25, z: 30 },
      },
    },
  ],
  killOther: [
    {
      line: `${AL} [1 2 3] killed other "prop_physics_multiplayer<555>" [4 5 6] with "deagle" (penetrated)`,
      is: {
        object: 'prop_physics_multiplayer',
        entity: 555,
        position: { x: 4, y: 5, z: 6 },
        weapon: 'deagle',
      },
    },
  ],
  killPet: [
    {
      line: `${AL} killed "npc_parrot<12>" owned by ${BO} with "cutlass"`,
      is: { player: al, object: 'npc_parrot', victim: bo, weapon: 'cutlass' },
    },
  ],
  suicide: [
    { line: `${AL} committed suicide with "world"`, is: { player: al, weapon: 'world' } },
    {
      line: `${AL} [7 8 9] committed suicide with "hegrenade"`,
      is: { weapon: 'hegrenade', playerPosition: { x: 7, y: 8, z: 9 } },
    },
    {
      line: `${RED} committed suicide with "tf_projectile_rocket" (attacker_position "1 2 3")`,
      is: { playerPosition: { x: 1, y: 2, z: 3 } },
    },
  ],
  incap: [
    { line: `(INCAP)${ZOE} was incapped by ${TANK} with "tank_claw"`, is: { player: tank, victim: zoe } },
  ],
  assist: [
    { line: `${AL} assisted killing ${BO}`, is: { player: al, victim: bo, flash: false } },
    { line: `${AL} flash-assisted killing ${BO}`, is: { flash: true } },
  ],
  attack: [
    {
      line: `${AL} [1 2 3] attacked ${BO} [4 5 6] with "ak47" (damage "29") (damage_armor "4") (health "71") (armor "95") (hitgroup "left leg")`,
      is: {
        player: al,
        victim: bo,
        weapon: 'ak47',
        damage: 29,
        damageArmor: 4,
        health: 71,
        armor: 95,
        hitgroup: 'left leg',
        victimPosition: { x: 4, y: 5, z: 6 },
      },
    },
    {
      line: `${AL} attacked ${BO} with "bite1" (damage "75")`,
      is: { damage: 75, damageArmor: 0, health: -1, armor: -1, hitgroup: '' },
    },
  ],
  damage: [
    {
      line: `${RED} triggered "damage" against ${BLU} (damage "47") (realdamage "30") (weapon "scattergun") (crit "mini")`,
      is: {
        player: red,
        victim: blu,
        damage: 47,
        weapon: 'scattergun',
        properties: { crit: 'mini', realdamage: '30' },
      },
    },
    { line: `${RED} triggered "damage" (damage "34")`, is: { victim: undefined, damage: 34, weapon: '' } },
    { line: `${RED} triggered "damage" 11`, is: { victim: undefined, damage: 11 } },
    { line: `${RED} damaged ${BLU} for 64`, is: { victim: blu, damage: 64 } },
  ],
  heal: [
    { line: `${RED} triggered "healed" against ${BLU} (healing "120")`, is: { patient: blu, healing: 120 } },
    { line: `${RED} triggered "healed" 72 against ${BLU}`, is: { patient: blu, healing: 72 } },
  ],
  shot: [
    { line: `${RED} triggered "shot_fired" (weapon "scattergun")`, is: { weapon: 'scattergun', hit: false } },
    { line: `${RED} triggered "shot_hit" (weapon "scattergun")`, is: { hit: true } },
  ],
  blind: [
    {
      line: `${BO} blinded for 1.01 by ${AL} from flashbang entindex 568 `,
      is: { player: al, victim: bo, seconds: 1.01, entity: 568 },
    },
  ],
  throw: [
    { line: `${AL} threw hegrenade [1 2 -3]`, is: { grenade: 'hegrenade', position: { x: 1, y: 2, z: -3 } } },
    {
      line: `${AL} threw flashbang [1 2 3] flashbang entindex 236)`,
      is: { grenade: 'flashbang', entity: 236 },
    },
    {
      line: `${AL} sv_throw_molotov -60.916 2157.481 -59.621 0.000 0.000`,
      is: { grenade: 'molotov', position: { x: -60.916, y: 2157.481, z: -59.621 } },
    },
  ],
  killLocation: [
    {
      line: 'World triggered "killlocation" (attacker_position "1 2 3") (victim_position "4 5 6")',
      is: { playerPosition: { x: 1, y: 2, z: 3 }, victimPosition: { x: 4, y: 5, z: 6 } },
    },
  ],
}
