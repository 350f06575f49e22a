import type { NotCounted } from '@hlstats/events'
import type { LineOf } from '@hlstats/game-logs'
import { minPlayersGate, presenceGate, scoringGate } from './gates.ts'
import { foFWeapon } from './kills.ts'
import { cut, LIMITS } from './limits.ts'
import { current, find, INFERRED, leave, type Sighting, see } from './roster.ts'
import { emit, type Turn } from './turn.ts'

const MOST = 2_147_483_647

/** A logged number as a counter takes it. */
export function count(value: number): number {
  return Number.isFinite(value) ? Math.min(MOST, Math.max(0, Math.round(value))) : 0
}

export function handleWeaponStats(turn: Turn, line: LineOf<'weaponStats'>): void {
  const { shots, hits, kills, headshots, teamkills, damage, deaths } = line
  const weapon = line.weapon === 'bow' ? 'arrow' : line.weapon
  withStatistics(turn, line, (player, counted) => {
    const data = {
      player: player.ref,
      weapon: cut(weapon, LIMITS.weapon),
      ...counts({ shots, hits, kills, headshots, teamkills, damage, deaths }),
    }
    emit(turn, 'WEAPON_STATS', data, counted)
  })
}

export function handleWeaponTargets(turn: Turn, line: LineOf<'weaponTargets'>): void {
  const { head, chest, stomach, leftArm, rightArm, leftLeg, rightLeg } = line
  const weapon = turn.settings.family === 'fof' ? foFWeapon(line.weapon) : line.weapon
  withStatistics(turn, line, (player, counted) => {
    const data = {
      player: player.ref,
      weapon: cut(weapon, LIMITS.weapon),
      ...counts({ head, chest, stomach, leftArm, rightArm, leftLeg, rightLeg }),
    }
    emit(turn, 'WEAPON_TARGETS', data, counted)
  })
}

export function handleShot(turn: Turn, line: LineOf<'shot'>): void {
  const player = see(turn, line.player)
  if (player === undefined) return
  const counted = scoringGate(turn, [player])
  const data = { player: player.ref, weapon: cut(line.weapon, LIMITS.weapon) }
  if (line.hit) emit(turn, 'WEAPON_HIT', { ...data, damage: 0, damageArmor: 0, hitgroup: '' }, counted)
  else emit(turn, 'WEAPON_FIRE', data, counted)
}

/**
 * Lines that HLstatsX:CE does not read tell nothing about who is there: CS2 puts an arbitrary id on whom a fire burns,
 * now and then, and what counts must not depend on such a line.
 */
export function handleAttack(turn: Turn, line: LineOf<'attack'>): void {
  const player = find(turn, line.player)
  if (player === undefined) return
  const victim = find(turn, line.victim)
  const known = victim?.entry === undefined ? undefined : victim
  const data = {
    player: player.ref,
    ...(known === undefined ? {} : { victim: known.ref }),
    weapon: cut(line.weapon, LIMITS.weapon),
    ...counts({ damage: line.damage, damageArmor: line.damageArmor }),
    hitgroup: cut(line.hitgroup, 32),
  }
  emit(turn, 'WEAPON_HIT', data, scoringGate(turn, known === undefined ? [player] : [player, known]))
}

export function handleDamage(turn: Turn, line: LineOf<'damage'>): void {
  const player = see(turn, line.player)
  const victim = line.victim && see(turn, line.victim)
  if (player === undefined) return
  const data = {
    player: player.ref,
    ...(victim === undefined ? {} : { victim: victim.ref }),
    weapon: cut(line.weapon, LIMITS.weapon),
    damage: count(line.damage),
  }
  emit(turn, 'PLAYER_DAMAGE', data, scoringGate(turn, victim === undefined ? [player] : [player, victim]))
}

/** TF2's healing is no event of ours, but it names both. */
export function handleHeal(turn: Turn, line: LineOf<'heal'>): void {
  see(turn, line.player)
  if (line.patient !== undefined) see(turn, line.patient)
}

export function handleAssist(turn: Turn, line: LineOf<'assist'>): void {
  const player = find(turn, line.player)
  const victim = find(turn, line.victim)
  if (player === undefined || victim === undefined) return
  const data = { player: player.ref, victim: victim.ref, flash: line.flash }
  emit(turn, 'PLAYER_ASSIST', data, scoringGate(turn, [player, victim]))
}

/** Statistics also come after their player has left: he is there for this line and gone again. */
function withStatistics(
  turn: Turn,
  line: LineOf<'weaponStats' | 'weaponTargets'>,
  send: (player: Sighting, counted: true | NotCounted) => void,
): void {
  const before = turn.newcomers.size
  const player = see(turn, line.player)
  if (player === undefined) return
  const few = minPlayersGate(turn)
  send(player, few === true ? presenceGate(turn, [player]) : few)
  const entry = current(turn, player)
  if (entry !== undefined && turn.newcomers.size > before) leave(turn, entry, INFERRED.absent, true)
}

function counts<K extends string>(values: Readonly<Record<K, number>>): Record<K, number> {
  const counted = {} as Record<K, number>
  for (const [key, value] of Object.entries(values) as [K, number][]) counted[key] = count(value)
  return counted
}
