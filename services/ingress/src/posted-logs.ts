import { decodeLines } from '@hlstats/game-logs'
import type { EventBatcher } from './event-batcher.ts'
import type { KnownServer } from './known-server.ts'
import type { LineLimit } from './line-limit.ts'
import type { LogIntake } from './log-intake.ts'
import { newPartOf, type PostedBody, takeSlices } from './log-position.ts'
import type { IngressOccurrences } from './occurrences.ts'
import { partsOf } from './rules/game-server.ts'
import type { ServerRuntime, ServerRuntimes } from './server-runtimes.ts'

interface PostedLogsOptions {
  readonly runtimes: ServerRuntimes
  readonly batcher: Pick<EventBatcher, 'addPosition' | 'written' | 'isFull'>
  readonly limit: LineLimit
  readonly intake: Pick<LogIntake, 'readLines'>
  /** The journal has room for the events of so many bytes. */
  readonly hasRoom: (bytes: number) => boolean
  readonly occurrences: IngressOccurrences
}

type Refusal = 'stopping' | 'overload' | 'journalFull' | 'journalWrite' | 'rateLimit'

// A slice of a body is read without a pause for the UDP socket, and is one record of the journal: no larger than those of
// other events, because consumers hold messages by number, and a message is one record at least.
const SLICE_LINES = 100

/** Reads what game servers post: each byte of a log once, however often and in whatever pieces it is sent. */
export class PostedLogs {
  readonly #options: PostedLogsOptions
  /** The body under way of each server: the next one waits for it. */
  readonly #reading = new Map<number, Promise<unknown>>()
  #stopping = false

  constructor(options: PostedLogsOptions) {
    this.#options = options
  }

  /** Resolves when the lines of the body are in the journal: false where they are not, and must be sent again. */
  async take(known: KnownServer, body: PostedBody): Promise<boolean> {
    const { serverId } = known.settings
    const before = this.#reading.get(serverId)
    const reading = Promise.resolve(before).then(() => this.#read(known, body))
    this.#reading.set(serverId, reading)
    try {
      return await reading
    } finally {
      if (this.#reading.get(serverId) === reading) this.#reading.delete(serverId)
    }
  }

  /** Takes nothing more; resolves when the slices under way are in the journal. */
  async stop(): Promise<void> {
    this.#stopping = true
    await Promise.allSettled(this.#reading.values())
  }

  async #read(known: KnownServer, body: PostedBody): Promise<boolean> {
    const { runtimes, batcher, intake } = this.#options
    const server = runtimes.of(known, Date.now())
    const start = server.position
    const part = newPartOf(start, body)
    for (const { text, position } of takeSlices(start, body, part, SLICE_LINES)) {
      const { lines } = decodeLines(text)
      const refused = this.#refusal(known.settings.serverId, text.length, lines.length)
      if (refused !== undefined) {
        return this.#refuse(refused, server)
      }
      server.position = position
      server.safeState = partsOf(server.state)
      intake.readLines(known, lines)
      batcher.addPosition(server)
      await batcher.written()
      if (server.position !== position) return this.#refuse('journalWrite', server)
    }
    this.#count(part)
    return true
  }

  #refusal(serverId: number, bytes: number, lines: number): Refusal | undefined {
    const { batcher, hasRoom, limit } = this.#options
    if (this.#stopping) return 'stopping'
    if (batcher.isFull) return 'overload'
    if (!hasRoom(bytes)) return 'journalFull'
    return limit.admits(serverId, lines) ? undefined : 'rateLimit'
  }

  #refuse(reason: Refusal, { known }: ServerRuntime): false {
    const { occurrences } = this.#options
    occurrences.postRefused({ reason }, { server_id: known.settings.serverId })
    occurrences.bodyPosted('refused')
    return false
  }

  #count({ bytes, repeated, missing }: ReturnType<typeof newPartOf>): void {
    const { occurrences } = this.#options
    occurrences.bodyPosted(bytes.length === 0 && repeated > 0 ? 'repeated' : 'taken')
    occurrences.bytesPosted('new', bytes.length)
    occurrences.bytesPosted('repeated', repeated)
    occurrences.bytesPosted('missing', missing)
  }
}
