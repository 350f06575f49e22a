import {
  decodePacket,
  type LineOf,
  type LogTime,
  type Packet,
  parseLine,
  toInstant,
} from '@hlstats/game-logs'
import type { EventBatcher } from './event-batcher.ts'
import type { KnownServer } from './known-server.ts'
import type { LineLimit } from './line-limit.ts'
import type { DropReason, IngressOccurrences } from './occurrences.ts'
import { isProxyKey } from './proxy-key.ts'
import type { Registrar } from './registrar.ts'
import { advance, type SingleLine, singleLines } from './rules/advance.ts'
import { isPresent } from './rules/roster.ts'
import type { ServerDirectory } from './server-directory.ts'
import type { ServerRuntime, ServerRuntimes } from './server-runtimes.ts'
import type { UnknownSenders } from './unknown-senders.ts'

interface LogIntakeOptions {
  readonly directory: Pick<ServerDirectory, 'find' | 'findByKey' | 'proxyKey'>
  readonly runtimes: ServerRuntimes
  readonly batcher: Pick<EventBatcher, 'add' | 'isFull'>
  readonly limit: LineLimit
  readonly registrar: Pick<Registrar, 'offer'>
  readonly strangers: UnknownSenders
  readonly occurrences: IngressOccurrences
}

/** Where a datagram came from. */
export interface Sender {
  readonly address: string
  readonly port: number
}

// The tables have 32 bits for the seconds since 1970; a day of either end is left for time zones.
const EARLIEST_AT = 86_400_000
const LATEST_AT = (2 ** 31 - 1 - 86_400) * 1_000
// No engine writes a longer line, and one of 64 KB must not become 64 KB of chat.
const LONGEST_LINE = 8 * 1024
const SAMPLE_LENGTH = 200
const CLOCK_REMEDY = 'the clock of the game server is wrong by decades: set it'
const SECRET_REMEDY =
  'sv_logsecret of the game server is not the one that it is registered with: hlstats servers key'

/** The way of a datagram: who sent it, its lines, what they mean, and on to the batch. */
export class LogIntake {
  readonly #options: LogIntakeOptions

  constructor(options: LogIntakeOptions) {
    this.#options = options
  }

  /** Takes one datagram; what cannot be taken is counted with its reason, never thrown. */
  receive(datagram: Buffer, sender: Sender, now = Date.now()): void {
    const refused = this.#take(datagram, sender, now)
    if (refused !== undefined) this.#options.occurrences.dropped({ reason: refused })
  }

  #take(datagram: Buffer, sender: Sender, now: number): DropReason | undefined {
    const { batcher, directory, limit, registrar, occurrences } = this.#options
    if (batcher.isFull) return 'overload'
    const packet = decodePacket(datagram)
    if (packet.proxy !== undefined && !isProxyKey(packet.proxy.key, directory.proxyKey)) return 'proxyKey'
    const address = packet.proxy?.address ?? `${sender.address}:${sender.port}`
    const known = this.#senderOf(packet, address)
    if (known === undefined) {
      if (packet.proxy === undefined) registrar.offer(sender, packet)
      this.#rejectStranger(address, now)
      return undefined
    }
    if (known === 'logSecret') {
      occurrences.dropped({ reason: 'logSecret' }, { sender: address, remedy: SECRET_REMEDY })
      return undefined
    }
    if (packet.lines.length === 0) return 'malformed'
    if (!limit.admits(known.settings.serverId, packet.lines.length)) return 'rateLimit'
    this.readLines(known, packet.lines, now)
    return undefined
  }

  /** Reads lines of a server that is known. */
  readLines(known: KnownServer, lines: readonly string[], now = Date.now()): void {
    for (const text of lines) this.#readText(known, text, now)
  }

  // A relay that knows the proxy key has looked at the secret, or speaks for a server that could not have one.
  #senderOf({ proxy, secret }: Packet, address: string): KnownServer | 'logSecret' | undefined {
    const { directory } = this.#options
    if (proxy !== undefined) return directory.find(address)
    const bySecret = secret === undefined ? undefined : directory.findByKey('logSecret', secret)
    if (bySecret !== undefined) return bySecret
    const known = directory.find(address)
    return known?.keyed === true ? 'logSecret' : known
  }

  #readText(known: KnownServer, text: string, now: number): void {
    const { runtimes, occurrences } = this.#options
    if (text.length > LONGEST_LINE) {
      occurrences.dropped({ reason: 'oversize' })
      return
    }
    const server = runtimes.of(known, now)
    const parsed = parseLine(text, (player) => isPresent(server.state, player))
    for (const line of singleLines(parsed)) {
      if (line.time === undefined) occurrences.dropped({ reason: 'malformed' })
      else this.#readLine(server, line, { time: line.time, now })
    }
  }

  #readLine(server: ServerRuntime, line: SingleLine, { time, now }: { time: LogTime; now: number }): void {
    const { batcher, occurrences } = this.#options
    const { settings, timeZone } = server.known
    const at = toInstant(time, timeZone, server.latestAt)
    if (at < EARLIEST_AT || at > LATEST_AT) {
      occurrences.dropped({ reason: 'malformed' }, { server_id: settings.serverId, remedy: CLOCK_REMEDY })
      return
    }
    server.latestAt = at
    server.lastLineAt = now
    server.idle = false
    const drafts = advance(server.state, settings, line, at)
    const outcome = drafts.length > 0 ? 'published' : 'silent'
    occurrences.lineRead(line.kind, line.kind === 'unrecognised' ? 'unrecognised' : outcome)
    if (line.kind === 'unrecognised') this.#sample(settings.serverId, line)
    const moment = { timestamp: new Date(at).toISOString(), receivedAt: new Date(now).toISOString() }
    batcher.add(server, drafts, moment)
  }

  #sample(serverId: number, { reason, text }: LineOf<'unrecognised'>): void {
    // What the parser does not understand may hold a password that it would have masked.
    const line = /rcon|passw/i.test(text) ? '[redacted]' : text.slice(0, SAMPLE_LENGTH)
    this.#options.occurrences.unrecognised({ reason }, { server_id: serverId, line })
  }

  #rejectStranger(address: string, now: number): void {
    const { strangers, occurrences } = this.#options
    strangers.note(address, now)
    const remedy =
      'hlstats servers add <ip>:<port> where it is one of yours; hlstats servers unknown lists all'
    occurrences.dropped({ reason: 'unknownServer' }, { sender: address, remedy })
  }
}
