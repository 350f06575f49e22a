import type { GameEventOf, KillData } from '@hlstats/events'
import { payPlayerAction } from './action-payment.ts'
import { positionColumns, victimPositionColumns } from './event.repository.ts'
import type { Actor, PlayerBook } from './player-book.ts'
import { skillAfterCoopKill, skillAfterKill } from './rules/skill.ts'
import { endStreak } from './streak-payment.ts'

type KillEvent = GameEventOf<'PLAYER_KILL'> | GameEventOf<'PLAYER_TEAMKILL'>

interface Fight {
  readonly killer: Actor
  readonly victim: Actor
}

export function countKill(book: PlayerBook, event: GameEventOf<'PLAYER_KILL'>): void {
  const fight = fightersOf(book, event)
  if (event.data.feigned === true) return
  if (event.counted === true) score(book, event, fight)
  followMap(event, fight)
}

export function countTeamkill(book: PlayerBook, event: GameEventOf<'PLAYER_TEAMKILL'>): void {
  const { killer, victim } = fightersOf(book, event)
  if (event.data.feigned === true) return
  if (event.counted === true) {
    book.record('hlstats_Events_Teamkills', event, fragColumns(event.data, { killer, victim }))
    book.count(killer, { teamkills: 1 })
    book.pay(killer, -book.catalogue.server(event.serverId).teamkillPenalty)
  }
  followMap(event, { killer, victim })
}

export function countSuicide(book: PlayerBook, event: GameEventOf<'PLAYER_SUICIDE'>): void {
  const player = book.actor(event, event.data.player)
  const { session } = player
  const moves = !session.isLate(event)
  if (moves) session.change({ dead: true })
  if (event.counted !== true) return
  endStreak(book, event, player)
  book.record('hlstats_Events_Suicides', event, {
    playerId: player.account.playerId,
    weapon: event.data.weapon,
    ...positionColumns(event.data.position),
  })
  book.count(player, { suicides: 1 })
  book.pay(player, -book.catalogue.server(event.serverId).suicidePenalty)
  if (moves) session.change({ mapSuicides: session.state.mapSuicides + 1 })
}

export function countAssist(book: PlayerBook, event: GameEventOf<'PLAYER_ASSIST'>): void {
  const { player, victim, flash } = event.data
  const { account } = book.actor(event, player)
  const helped = book.actor(event, victim)
  if (event.counted !== true) return
  account.assists += 1
  if (flash) account.flashAssists += 1
  book.record('hlstats_Events_Assists', event, {
    playerId: account.playerId,
    victimId: helped.account.playerId,
    flash: Number(flash),
  })
}

function fightersOf(book: PlayerBook, event: KillEvent): Fight {
  return { killer: book.actor(event, event.data.killer), victim: book.actor(event, event.data.victim) }
}

function score(book: PlayerBook, event: GameEventOf<'PLAYER_KILL'>, fight: Fight): void {
  const { killer, victim } = fight
  const { headshot, headshotPaid } = event.data
  followStreaks(book, event, fight)
  book.count(killer, { kills: 1, headshots: headshot ? 1 : 0 })
  const before = { killer: killer.account.skill, victim: victim.account.skill }
  exchangePoints(book, event, fight)
  book.count(victim, { deaths: 1 })
  book.record('hlstats_Events_Frags', event, {
    ...fragColumns(event.data, fight),
    headshot: headshot ? 1 : 0,
    killerRole: killer.role,
    victimRole: victim.role,
    killerSkillChange: killer.account.skill - before.killer,
    victimSkillChange: victim.account.skill - before.victim,
    ...circumstances(event.data),
  })
  book.countRole(event.game, killer.role, { kills: 1 })
  book.countRole(event.game, victim.role, { deaths: 1 })
  if (headshot && headshotPaid !== true) payPlayerAction(book, event, killer, { action: 'headshot' })
}

function followStreaks(book: PlayerBook, event: KillEvent, { killer, victim }: Fight): void {
  if (!killer.session.isLate(event)) {
    killer.session.change({ killsInLife: killer.session.state.killsInLife + 1, deathsInRow: 0 })
  }
  if (victim.session.isLate(event)) return
  const deathsInRow = victim.session.state.deathsInRow + 1
  victim.session.change({ deathsInRow })
  victim.account.deathsInRow(deathsInRow, victim.at)
  endStreak(book, event, victim)
}

function exchangePoints(book: PlayerBook, event: KillEvent, { killer, victim }: Fight): void {
  const { catalogue } = book
  const formula = catalogue.isCoop(event.game) ? skillAfterCoopKill : skillAfterKill
  const after = formula(
    {
      killer: { skill: killer.account.skill, kills: killer.account.kills, team: killer.team },
      victim: { skill: victim.account.skill, kills: victim.account.kills },
      modifier: catalogue.modifierOf(event.game, event.data.weapon),
    },
    { ...catalogue.options.skill, skillMode: catalogue.server(event.serverId).skillMode },
  )
  if (!killer.fixedSkill) book.settleSkill(killer, killer.account.setSkill(after.killer, killer.at))
  if (!victim.fixedSkill) book.settleSkill(victim, victim.account.setSkill(after.victim, victim.at))
}

/** The live list follows kills of ignored bots as well, but not those that no round or too few players make. */
function followMap(event: KillEvent, { killer, victim }: Fight): void {
  if (event.counted !== true && event.counted !== 'bot') return
  const { state } = killer.session
  if (!killer.session.isLate(event)) {
    killer.session.change({
      mapKills: state.mapKills + 1,
      mapHeadshots: state.mapHeadshots + (event.data.headshot ? 1 : 0),
    })
  }
  if (!victim.session.isLate(event)) {
    victim.session.change({ mapDeaths: victim.session.state.mapDeaths + 1, dead: true })
  }
}

function fragColumns(data: KillData, { killer, victim }: Fight) {
  return {
    killerId: killer.account.playerId,
    victimId: victim.account.playerId,
    weapon: data.weapon,
    ...positionColumns(data.killerPosition),
    ...victimPositionColumns(data.victimPosition),
  }
}

/** NULL where the game does not log it. */
function circumstances(data: KillData) {
  const flag = (value: boolean | undefined) => (value === undefined ? null : Number(value))
  return {
    penetrated: flag(data.penetrated),
    throughSmoke: flag(data.throughSmoke),
    noScope: flag(data.noScope),
    attackerBlind: flag(data.attackerBlind),
  }
}
