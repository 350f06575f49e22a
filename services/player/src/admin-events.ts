import type { GameEventOf } from '@hlstats/events'
import type { PlayerBook } from './player-book.ts'
import { adminMessage, isOwnAddress, rconCommands } from './rules/admin-log.ts'

const LONGEST_ADDRESS = 32

/** Commands to a server. The column for passwords stays empty, also for refused ones: most are the right one mistyped. */
export function countRcon(book: PlayerBook, event: GameEventOf<'RCON_COMMAND'>): void {
  const { ok, address, command } = event.data
  const { recordRcon, ignoreOwnRcon } = book.catalogue.options
  if (!recordRcon) return
  if (ignoreOwnRcon && isOwnAddress(address, book.catalogue.server(event.serverId).address)) return
  for (const single of rconCommands(command)) {
    book.record('hlstats_Events_Rcon', event, {
      type: ok ? 'OK' : 'BAD',
      remoteIp: address.slice(0, LONGEST_ADDRESS),
      command: single,
    })
  }
}

export function countAdminMessage(book: PlayerBook, event: GameEventOf<'ADMIN_MESSAGE'>): void {
  const { source, message, playerName } = event.data
  const name = [...playerName].slice(0, 64).join('')
  book.record('hlstats_Events_Admin', event, { ...adminMessage(source, message), playerName: name })
}

/** Out of the ranking for good. What one server decides for itself counts only where bans are shared. */
export function countBan(book: PlayerBook, event: GameEventOf<'PLAYER_BAN'>): void {
  const { player, minutes, source } = event.data
  if (minutes > 0 || (source === 'banid' && !book.catalogue.options.globalBanning)) return
  book.account(event.game, player.uniqueId)?.ban()
}
