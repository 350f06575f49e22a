import type { GameEventOf } from '@hlstats/events'
import type { WeaponBatch } from './weapon-batch.ts'

export function countKill(batch: WeaponBatch, event: GameEventOf<'PLAYER_KILL'>): void {
  const { killer, victim, weapon, headshot, feigned } = event.data
  if (feigned === true) return
  const amounts = { kills: 1, headshots: headshot ? 1 : 0 }
  batch.book.addWeapon(event.game, weapon, amounts)
  batch.book.addPlayer(batch.playerId(event, killer), weapon, amounts)
  batch.book.addPlayer(batch.playerId(event, victim), weapon, { deaths: 1 })
}

/** The weapon has killed, whoever it was; the victim of a friend has no death to show for it. */
export function countTeamkill(batch: WeaponBatch, event: GameEventOf<'PLAYER_TEAMKILL'>): void {
  const { killer, weapon, headshot, feigned } = event.data
  if (feigned === true) return
  batch.book.addWeapon(event.game, weapon, { kills: 1, headshots: headshot ? 1 : 0 })
  batch.book.addPlayer(batch.playerId(event, killer), weapon, { teamkills: 1 })
}

export function countStats(batch: WeaponBatch, event: GameEventOf<'WEAPON_STATS'>): void {
  const { player, weapon, shots, hits, headshots, damage, kills, deaths } = event.data
  const playerId = batch.playerId(event, player)
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
