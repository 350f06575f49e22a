import type { GameEventOf } from '@hlstats/events'
import type { PlayerWeaponCounts } from './rules/weapon-book.ts'
import type { WeaponBatch } from './weapon-batch.ts'

export function countKill(batch: WeaponBatch, event: GameEventOf<'PLAYER_KILL'>): void {
  const { killer, victim, weapon, headshot, feigned } = event.data
  if (feigned === true) return
  const amounts = { kills: 1, headshots: headshot ? 1 : 0 }
  batch.book.addWeapon(event.game, weapon, amounts, event.timestamp)
  batch.book.addPlayer(batch.playerId(event, killer), weapon, amounts)
  batch.book.addPlayer(batch.playerId(event, victim), weapon, { deaths: 1 })
}

/** The weapon has killed, whoever it was; the victim of a friend has no death to show for it. */
export function countTeamkill(batch: WeaponBatch, event: GameEventOf<'PLAYER_TEAMKILL'>): void {
  const { killer, weapon, headshot, feigned } = event.data
  if (feigned === true) return
  batch.book.addWeapon(event.game, weapon, { kills: 1, headshots: headshot ? 1 : 0 }, event.timestamp)
  batch.book.addPlayer(batch.playerId(event, killer), weapon, { teamkills: 1 })
}

export function countStats(batch: WeaponBatch, event: GameEventOf<'WEAPON_STATS'>): void {
  const { player, weapon, shots, hits, headshots, damage, kills, deaths } = event.data
  const playerId = batch.playerId(event, player)
  batch.shots.sawStats(event.serverId)
  batch.repository.addEvent('hlstats_Events_Statsme', event, {
    playerId,
    weapon,
    shots,
    hits,
    headshots,
    damage,
    kills,
    deaths,
  })
  // Kills, headshots and deaths are counted from their own lines already.
  batch.book.addPlayer(playerId, weapon, { shots, hits, damage })
}

export function countTargets(batch: WeaponBatch, event: GameEventOf<'WEAPON_TARGETS'>): void {
  const { player, weapon, head, chest, stomach, leftArm, rightArm, leftLeg, rightLeg } = event.data
  batch.repository.addEvent('hlstats_Events_Statsme2', event, {
    playerId: batch.playerId(event, player),
    weapon,
    head,
    chest,
    stomach,
    leftarm: leftArm,
    rightarm: rightArm,
    leftleg: leftLeg,
    rightleg: rightLeg,
  })
}

export function countFire(batch: WeaponBatch, event: GameEventOf<'WEAPON_FIRE'>): void {
  batch.shots.sawShot(event.serverId)
  count(batch, event, { shots: 1 })
}

export function countHit(batch: WeaponBatch, event: GameEventOf<'WEAPON_HIT'>): void {
  count(batch, event, { hits: 1, damage: event.data.damage })
}

/** TF2 logs damage by itself, without a shot. */
export function countDamage(batch: WeaponBatch, event: GameEventOf<'PLAYER_DAMAGE'>): void {
  count(batch, event, { damage: event.data.damage })
}

type HitEvent = GameEventOf<'WEAPON_FIRE'> | GameEventOf<'WEAPON_HIT'> | GameEventOf<'PLAYER_DAMAGE'>

function count(batch: WeaponBatch, event: HitEvent, amounts: Partial<PlayerWeaponCounts>): void {
  if (!batch.shots.countsLines(event.serverId)) return
  batch.book.addPlayer(batch.playerId(event, event.data.player), event.data.weapon, amounts)
}
