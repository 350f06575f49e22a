import type { GameEvent, GameEventOf } from '@hlstats/events'
import type { Actor, PlayerBook } from './player-book.ts'
import { endStreak } from './streak-payment.ts'

export function countSeen(book: PlayerBook, event: GameEventOf<'PLAYER_SEEN'>): void {
  const { player } = event.data
  const stay = book.stayOf(event, player.uniqueId)
  const actor = book.actor(event, player)
  // An ingress that starts again sees everybody for the first time, though nobody came.
  if (stay === undefined || stay.state.name !== player.name) takeName(book, event, actor, player.name)
}

export function countConnect(book: PlayerBook, event: GameEventOf<'PLAYER_CONNECT'>): void {
  const actor = book.actor(event, event.data.player)
  if (!actor.session.isLate(event)) {
    actor.session.change({ connectedAt: actor.at.seconds, address: event.data.address })
  }
  if (actor.ignored) return
  if (event.data.address !== '') actor.account.lastAddress = event.data.address
  book.record('hlstats_Events_Connects', event, {
    playerId: actor.account.playerId,
    ipAddress: event.data.address,
  })
}

export function countEntry(book: PlayerBook, event: GameEventOf<'PLAYER_ENTRY'>): void {
  const { account } = book.actor(event, event.data.player)
  if (event.data.player.bot) return
  book.record('hlstats_Events_Entries', event, { playerId: account.playerId })
}

/** What ingress infers is a leaving like any other only if the player came back at once with another slot. */
const LOGGED_WHEN_INFERRED = 'reconnected'

export function countDisconnect(book: PlayerBook, event: GameEventOf<'PLAYER_DISCONNECT'>): void {
  const actor = book.actor(event, event.data.player)
  const { reason, inferred } = event.data
  if (!actor.ignored && (!inferred || reason === LOGGED_WHEN_INFERRED)) {
    book.record('hlstats_Events_Disconnects', event, { playerId: actor.account.playerId })
    endStreak(book, event, actor)
  }
  if (!actor.session.isLate(event)) actor.session.end()
}

export function countTeamChange(book: PlayerBook, event: GameEventOf<'PLAYER_CHANGE_TEAM'>): void {
  const { team } = event.data.player
  const actor = book.actor(event, event.data.player)
  if (!actor.session.isLate(event)) actor.session.change({ team })
  if (actor.ignored) return
  book.record('hlstats_Events_ChangeTeam', event, { playerId: actor.account.playerId, team })
}

export function countRoleChange(book: PlayerBook, event: GameEventOf<'PLAYER_CHANGE_ROLE'>): void {
  const { role } = event.data.player
  const actor = book.actor(event, event.data.player)
  if (!actor.session.isLate(event)) actor.session.change({ role })
  if (actor.ignored) return
  book.record('hlstats_Events_ChangeRole', event, { playerId: actor.account.playerId, role })
  book.countRole(event.game, role, { picked: 1 })
}

export function countNameChange(book: PlayerBook, event: GameEventOf<'PLAYER_CHANGE_NAME'>): void {
  const { player, previousName } = event.data
  const actor = book.actor(event, player)
  if (actor.ignored) return
  book.record('hlstats_Events_ChangeName', event, {
    playerId: actor.account.playerId,
    oldName: previousName,
    newName: player.name,
  })
  takeName(book, event, actor, player.name)
}

export function countClanTag(book: PlayerBook, event: GameEventOf<'PLAYER_CLAN_TAG'>): void {
  const { account, ignored } = book.actor(event, event.data.player)
  if (!ignored && event.data.tag !== '') account.clan = book.clanId(event.game, event.data.tag)
}

function takeName(book: PlayerBook, event: GameEvent, actor: Actor, name: string): void {
  actor.account.useName(name, actor.at)
  if (!actor.session.isLate(event)) actor.session.change({ name })
  if (actor.ignored) return
  const clan = book.catalogue.clanTagOf(name)
  actor.account.clan = clan === undefined ? 0 : book.clanId(event.game, clan.tag)
}
