import type { GameEvent, GameEventOf } from '@hlstats/events'
import type { Actor, PlayerBook } from './player-book.ts'

const LONGEST_MESSAGE = 128

export function countChat(book: PlayerBook, event: GameEventOf<'CHAT_MESSAGE'>): void {
  const { player, mode, message, command } = event.data
  const { account } = book.actor(event, player)
  const { logChat, logChatOfAdmins } = book.catalogue.options
  const spoken = !player.bot && !command && logChat
  const isAdmin = book.catalogue.server(event.serverId).admins.has(player.uniqueId)
  if (!spoken || (isAdmin && !logChatOfAdmins)) return
  book.record('hlstats_Events_Chat', event, {
    playerId: account.playerId,
    message_mode: mode,
    message: [...message].slice(0, LONGEST_MESSAGE).join(''),
  })
}

export function countLatency(book: PlayerBook, event: GameEventOf<'PLAYER_LATENCY'>): void {
  const { player, pingMs } = event.data
  const { account, session } = book.actor(event, player)
  if (player.bot) return
  if (!session.isLate(event)) session.change({ ping: pingMs })
  book.record('hlstats_Events_StatsmeLatency', event, { playerId: account.playerId, ping: pingMs })
}

export function countTime(book: PlayerBook, event: GameEventOf<'PLAYER_TIME'>): void {
  const { player, seconds } = event.data
  const { account } = book.actor(event, player)
  if (player.bot) return
  book.record('hlstats_Events_StatsmeTime', event, {
    playerId: account.playerId,
    time: clockTime(seconds),
  })
}

export function countWeaponStats(book: PlayerBook, event: GameEventOf<'WEAPON_STATS'>): void {
  const { player, shots, hits } = event.data
  const actor = book.actor(event, player)
  if (event.counted !== true) return
  book.shots.sawStats(event.serverId)
  countShots(book, event, actor, { shots, hits })
}

export function countFire(book: PlayerBook, event: GameEventOf<'WEAPON_FIRE'>): void {
  const actor = book.actor(event, event.data.player)
  if (event.counted !== true) return
  book.shots.sawShot(event.serverId)
  if (book.shots.logsShots(event.serverId)) countShots(book, event, actor, { shots: 1, hits: 0 })
}

/** Hits alone say nothing about accuracy: they count where the server logs every shot as well. */
export function countHit(book: PlayerBook, event: GameEventOf<'WEAPON_HIT'>): void {
  const actor = book.actor(event, event.data.player)
  if (event.counted !== true || !book.shots.logsShots(event.serverId)) return
  countShots(book, event, actor, { shots: 0, hits: 1 })
}

interface Shots {
  readonly shots: number
  readonly hits: number
}

function countShots(book: PlayerBook, event: GameEvent, actor: Actor, { shots, hits }: Shots): void {
  if (shots === 0 && hits === 0) return
  book.count(actor, { shots, hits })
  const { session } = actor
  if (session.isLate(event)) return
  const { mapShots, mapHits } = session.state
  session.change({ mapShots: Math.min(MOST, mapShots + shots), mapHits: Math.min(MOST, mapHits + hits) })
}

// The columns of the live list end here.
const MOST = 2_147_483_647

// A TIME column ends here.
const LONGEST_SECONDS = 838 * 3600 + 59 * 60 + 59

function clockTime(seconds: number): string {
  const whole = Math.min(seconds, LONGEST_SECONDS)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
}
